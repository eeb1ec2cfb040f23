import psycopg2
from queues import KafkaConsumer

db = psycopg2.connect("dbname=orders")
source = KafkaConsumer("orders", auto_offset_reset="latest")
for message in source:
    with db, db.cursor() as cursor:
        cursor.execute("INSERT INTO orders VALUES (%s) ON CONFLICT DO NOTHING", (message,))
