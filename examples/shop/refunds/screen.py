"""Screens refunds for fraud in a pool, and goes on at once."""
from concurrent.futures import ThreadPoolExecutor

from confluent_kafka import Consumer, TopicPartition
from fraud import screen
from settings import consumer_settings

pool = ThreadPoolExecutor(8)
consumer = Consumer(consumer_settings("refund-screening"))
consumer.subscribe(["refunds"])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    pool.submit(screen, message.value())
    place = TopicPartition(message.topic(), message.partition(), message.offset())
    consumer.commit(offsets=[place], asynchronous=False)
