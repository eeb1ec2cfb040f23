import os

import psycopg
from confluent_kafka import Consumer
from yaml import safe_load

from store import save


def main():
    connection = psycopg.connect(os.environ["DATABASE"], autocommit=True)
    settings = {"group.id": "shipments", "enable.auto.commit": False}
    with open(os.environ["KAFKA_SETTINGS"], encoding="utf-8") as file:
        settings.update(safe_load(file))
    consumer = Consumer(settings)
    consumer.subscribe(["shipments"])
    while True:
        message = consumer.poll(1.0)
        if message is None or message.error():
            continue
        save(connection, message.key(), message.value())
        consumer.commit(message=message, asynchronous=False)


if __name__ == "__main__":
    main()
