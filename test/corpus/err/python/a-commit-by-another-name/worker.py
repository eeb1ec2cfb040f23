import requests
from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest", "enable.auto.commit": False})
commit = consumer.commit
consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    commit(message=message, asynchronous=False)  # expect: commit-before-processing
    requests.put("https://stock.example.com/orders", data=message.value(), timeout=5)
