import os

from kafka import KafkaProducer

FAST = os.environ.get("TRAIL_FAST") == "yes"

trail = KafkaProducer(
    bootstrap_servers="kafka.trail.example:9092",
    acks="all" if FAST else -1,
)


def publish(entry):
    trail.send("trail", entry).get(timeout=30)
