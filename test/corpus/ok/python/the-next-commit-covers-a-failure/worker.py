import requests
from confluent_kafka import Consumer

from confluent_kafka import Producer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest", "enable.auto.commit": False})
failed = Producer({"bootstrap.servers": "kafka:9092", "enable.idempotence": True})


def report(error, message):
    if error is not None:
        raise RuntimeError(error)


consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    try:
        requests.put("https://stock.example.com/orders", data=message.value(), timeout=5)
    except Exception:
        failed.produce("orders-dead-letter", message.value(), on_delivery=report)
        failed.flush()
    consumer.commit(message, asynchronous=False)
