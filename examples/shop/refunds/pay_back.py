"""Pays refunds back. Commits first, so that a crash loses the payment."""
import requests
from confluent_kafka import Consumer
from settings import consumer_settings

consumer = Consumer(consumer_settings("refunds"))
consumer.subscribe(["refunds"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    consumer.commit(message, asynchronous=False)
    requests.post("https://bank.example.com/transfers", data=message.value(), timeout=10)
