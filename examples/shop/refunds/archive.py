"""Archives refunds in batches, under the offset of each."""
import os

from confluent_kafka import Consumer
from redis import Redis
from settings import consumer_settings

redis = Redis(host=os.environ["REDIS_HOST"])
consumer = Consumer(consumer_settings("refund-archive"))
consumer.subscribe(["refunds"])

while True:
    for message in consumer.consume(100, 1.0):
        redis.set(f"refund:{message.offset()}", message.value())
        consumer.commit()
