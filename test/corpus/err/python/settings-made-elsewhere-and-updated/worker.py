from confluent_kafka import Consumer
import psycopg2

db = psycopg2.connect("dbname=orders")
from settings import settings

consumer = Consumer(settings(**{"enable.auto.commit": True}))  # expect: auto-commit
consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    with db, db.cursor() as cursor:
        cursor.execute("INSERT INTO orders VALUES (%s) ON CONFLICT DO NOTHING", (message.value(),))
