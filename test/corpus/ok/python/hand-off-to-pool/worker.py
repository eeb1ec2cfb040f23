import os
from concurrent.futures import ThreadPoolExecutor

import psycopg
from confluent_kafka import Consumer

from store import save


def main():
    connection = psycopg.connect(os.environ["DATABASE"], autocommit=True)
    consumer = Consumer({
        "bootstrap.servers": "kafka.example:9092",
        "group.id": "shipments",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    })
    consumer.subscribe(["shipments"])
    pool = ThreadPoolExecutor(4)
    while True:
        message = consumer.poll(1.0)
        if message is None or message.error():
            continue
        saved = pool.submit(save, connection, message.key(), message.value())
        saved.result()
        consumer.commit(message=message, asynchronous=False)


if __name__ == "__main__":
    main()
