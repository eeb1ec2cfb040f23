import requests
from kafka import KafkaConsumer

consumer = KafkaConsumer("orders", group_id="orders", auto_offset_reset="earliest", enable_auto_commit=False)
while True:
    for messages in consumer.poll(timeout_ms=1000).values():
        for message in messages:
            requests.put("https://stock.example.com/orders", data=message.value, timeout=5)
            consumer.commit()  # expect: commit-whole-batch
