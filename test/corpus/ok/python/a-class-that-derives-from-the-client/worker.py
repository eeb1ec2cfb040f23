from confluent_kafka import Consumer
import psycopg2

db = psycopg2.connect("dbname=orders")


class Orders(Consumer):
    def __init__(self, **more):
        super().__init__({"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest", "enable.auto.commit": False, **more})


consumer = Orders()
consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    with db, db.cursor() as cursor:
        cursor.execute("INSERT INTO orders VALUES (%s) ON CONFLICT DO NOTHING", (message.value(),))
    consumer.commit(message, asynchronous=False)
