import os

import psycopg
from kafka import KafkaConsumer

from acks import Acknowledger
from store import save

connection = psycopg.connect(os.environ["DATABASE"], autocommit=True)
consumer = KafkaConsumer(
    "shipments",
    bootstrap_servers="kafka.example:9092",
    group_id="shipments",
    auto_offset_reset="earliest",
    enable_auto_commit=False,
)
acknowledger = Acknowledger(consumer)
for record in consumer:
    save(connection, record.key, record.value)
    acknowledger.add()
