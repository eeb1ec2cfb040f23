import psycopg2
from kafka import KafkaConsumer as Source

db = psycopg2.connect("dbname=orders")
source = Source("orders", group_id="orders", auto_offset_reset="latest")  # expect: offset-reset
for message in source:
    with db, db.cursor() as cursor:
        cursor.execute("INSERT INTO orders VALUES (%s) ON CONFLICT DO NOTHING", (message.value,))
