import logging

from confluent_kafka import Producer

log = logging.getLogger(__name__)
producer = Producer({"bootstrap.servers": "kafka.example:9092", "acks": "all"})


def delivered(error, message):
    if error is not None:
        log.error("a line was lost: %s", error)
    else:
        log.debug("%s/%s", message.partition(), message.offset())


def publish(lines):
    for line in lines:
        producer.produce("lines", line, on_delivery=delivered)
    producer.flush()
