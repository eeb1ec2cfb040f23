"""Takes orders, writes them to the database, confirms them once."""
import json
import os

from kafka import KafkaConsumer
from redis import Redis

from database import save_order

redis = Redis(host="redis", password="not-for-the-report")


def first_time(order_id):
    """True for the first delivery of an order."""
    key = f"orders:seen:{order_id}"
    if redis.setnx(key, 1):
        redis.expire(key, 3600)
        return True
    return False


def count_attempt(order_id):
    attempts = redis.incr(f"orders:attempts:{order_id}")
    if attempts == 1:
        redis.expire(f"orders:attempts:{order_id}", 600)
    return attempts


def claim(order_id):
    return redis.set(f"orders:claim:{order_id}", os.getpid(), nx=True)


def main():
    consumer = KafkaConsumer(
        "orders",
        bootstrap_servers=os.environ["KAFKA_BROKERS"],
        group_id="orders",
        value_deserializer=json.loads,
    )
    for message in consumer:
        order = message.value
        if first_time(order["id"]):
            save_order(order)


if __name__ == "__main__":
    main()
