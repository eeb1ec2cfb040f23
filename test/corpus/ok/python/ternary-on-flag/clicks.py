from kafka import KafkaProducer

import flags

clicks = KafkaProducer(
    bootstrap_servers="kafka.clicks.example:9092",
    acks="all" if flags.CONFIRM_EVERY_REPLICA else 1,
    enable_idempotence=flags.CONFIRM_EVERY_REPLICA,
)


def publish(click):
    clicks.send("clicks", click).get(timeout=30)
