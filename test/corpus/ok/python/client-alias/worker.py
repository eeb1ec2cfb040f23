import os

import psycopg
from confluent_kafka import Consumer as KafkaConsumer

from store import save


def main():
    connection = psycopg.connect(os.environ["DATABASE"], autocommit=True)
    consumer = KafkaConsumer({
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
        save(connection, message.key(), message.value())
        consumer.commit(message=message, asynchronous=False)


if __name__ == "__main__":
    main()
