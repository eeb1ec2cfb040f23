"""The settings of this service's consumers: offsets are committed by hand, from the start of the topic."""
import os


def consumer_settings(group):
    return {
        "bootstrap.servers": os.environ["KAFKA_BROKERS"],
        "group.id": group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    }
