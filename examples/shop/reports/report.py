"""Sums up the ledger. Reads what aborted transactions wrote, too."""
import os

from kafka import KafkaConsumer, KafkaProducer

consumer = KafkaConsumer(
    "ledger",
    bootstrap_servers=os.environ["KAFKA_BROKERS"],
    group_id="orders",
    auto_offset_reset="beginning",
    enable_auto_commit=False,
)
producer = KafkaProducer(
    bootstrap_servers=os.environ["KAFKA_BROKERS"],
    acks="all",
    enable_idempotence=False,
    delivery_timeout=30000,
)

for entry in consumer:
    producer.send("sums", entry.value)
    consumer.commit()
