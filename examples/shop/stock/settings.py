import os


def consumer_settings(group):
    return {
        "bootstrap.servers": os.environ["KAFKA_BROKERS"],
        "group.id": group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    }
