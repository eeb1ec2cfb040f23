import os

import psycopg
from kafka import KafkaConsumer

from store import save

connection = psycopg.connect(os.environ["DATABASE"], autocommit=True)
consumer = KafkaConsumer(
    "shipments",
    bootstrap_servers="kafka.example:9092",
    group_id="shipments",
    auto_offset_reset="earliest",
    enable_auto_commit=False,
)
while True:
    batch = consumer.poll(timeout_ms=500, max_records=200)
    for records in batch.values():
        for record in records:
            save(connection, record.key, record.value)
    if batch:
        consumer.commit()
