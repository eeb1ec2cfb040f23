import os

import psycopg
from confluent_kafka import Consumer, KafkaException, Producer

from store import save

parking = Producer({"bootstrap.servers": "kafka.example:9092", "acks": "all"})


def park(message):
    """Puts the message aside, and is sure of it before anybody commits."""
    failures = []
    parking.produce(
        "shipments.dead-letter",
        message.value(),
        message.key(),
        on_delivery=lambda error, _: failures.append(error) if error else None,
    )
    if parking.flush(30) > 0 or failures:
        raise KafkaException(failures)


def main():
    connection = psycopg.connect(os.environ["DATABASE"], autocommit=True)
    consumer = Consumer({
        "bootstrap.servers": "kafka.example:9092",
        "group.id": "shipments",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    })
    consumer.subscribe(["shipments"])
    while True:
        message = consumer.poll(1.0)
        if message is None or message.error():
            continue
        try:
            save(connection, message.key(), message.value())
        except psycopg.Error:
            park(message)
        consumer.commit(message=message, asynchronous=False)


if __name__ == "__main__":
    main()
