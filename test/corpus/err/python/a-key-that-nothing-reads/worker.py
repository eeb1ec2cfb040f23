from confluent_kafka import Consumer
import psycopg2

db = psycopg2.connect("dbname=orders")
consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest"})  # expect: auto-commit
consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    with db, db.cursor() as cursor:
        cursor.execute("INSERT INTO orders VALUES (%s) ON CONFLICT DO NOTHING", (message.value(),))
