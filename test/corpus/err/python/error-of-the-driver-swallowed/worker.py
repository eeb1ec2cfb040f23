import logging
import os

import psycopg
from confluent_kafka import Consumer

from store import save

log = logging.getLogger(__name__)


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
            log.exception("shipment %s was not saved", message.key())
        consumer.commit(message=message, asynchronous=False)  # expect: swallowed-failure


if __name__ == "__main__":
    main()
