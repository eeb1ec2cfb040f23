"""Reserves stock once for each order. The mark comes first and lives for a few seconds: a crash in between loses the order."""
import os

import requests
from confluent_kafka import Consumer
from redis import Redis
from settings import consumer_settings

redis = Redis(host=os.environ["REDIS_HOST"])
consumer = Consumer(consumer_settings("stock-reservations"))
consumer.subscribe(["orders"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    if not redis.set(f"reserved:{message.key()}", 1, nx=True, ex=20):
        continue
    requests.post("https://stock.example.com/reservations", data=message.value(), timeout=10)
    consumer.commit(message, asynchronous=False)
