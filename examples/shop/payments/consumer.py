"""Charges each accepted order."""
from confluent_kafka import Consumer

from charging import charge
from settings import consumer_settings

consumer = Consumer(consumer_settings(**{"auto.offset.reset": "latest"}))
consumer.subscribe(["accepted-orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    charge(message.value())
