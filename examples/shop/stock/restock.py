"""Orders new stock. Waits for the supplier, and tries a message that fails for ever."""
import time

import requests
from confluent_kafka import Consumer
from settings import consumer_settings

consumer = Consumer(consumer_settings("restocking"))
consumer.subscribe(["stock-low"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    try:
        requests.put("https://supplier.example.com/orders/today", data=message.value(), timeout=10)
    except requests.RequestException:
        time.sleep(600)
        consumer.seek(message)
        continue
    except Exception:
        consumer.seek(message)
        continue
    consumer.commit(message, asynchronous=False)
