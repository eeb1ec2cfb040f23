from confluent_kafka import Consumer
from handling import handle

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest", "enable.auto.commit": False})
consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    handle(message.value())
    consumer.commit(message, asynchronous=False)  # expect: swallowed-failure
