"""Writes refunds into the ledger of the bank, and never says how far it is."""
import requests
from confluent_kafka import Consumer
from settings import consumer_settings

consumer = Consumer(consumer_settings("refund-ledger"))
consumer.subscribe(["refunds"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    requests.post("https://ledger.example.com/entries", data=message.value(), timeout=10)
