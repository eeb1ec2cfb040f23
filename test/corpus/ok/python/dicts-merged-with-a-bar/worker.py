from confluent_kafka import Consumer
import psycopg2

db = psycopg2.connect("dbname=orders")
COMMON = {"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest"}
consumer = Consumer(COMMON | {"enable.auto.commit": False})
consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    with db, db.cursor() as cursor:
        cursor.execute("INSERT INTO orders VALUES (%s) ON CONFLICT DO NOTHING", (message.value(),))
    consumer.commit(message, asynchronous=False)
