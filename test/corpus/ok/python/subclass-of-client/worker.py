import os

import psycopg

from store import save
from tenant import TenantConsumer

connection = psycopg.connect(os.environ["DATABASE"], autocommit=True)
consumer = TenantConsumer("north", "shipments", bootstrap_servers="kafka.example:9092")
while True:
    batch = consumer.poll(timeout_ms=500)
    for records in batch.values():
        for record in records:
            save(connection, record.key, record.value)
    if batch:
        consumer.commit()
