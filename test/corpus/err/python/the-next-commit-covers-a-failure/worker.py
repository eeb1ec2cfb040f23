import requests
from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest", "enable.auto.commit": False})
consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    try:
        requests.put("https://stock.example.com/orders", data=message.value(), timeout=5)
    except Exception as error:  # expect: swallowed-failure
        print("failed, will come again", error)
        continue
    consumer.commit(message, asynchronous=False)
