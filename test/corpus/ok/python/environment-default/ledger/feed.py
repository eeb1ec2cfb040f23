from confluent_kafka import Producer

from ledger.settings import settings

feed = Producer({"bootstrap.servers": settings.servers, "acks": settings.acks})


def publish(entry, report):
    feed.produce("ledger", entry, on_delivery=report)
    feed.flush()
