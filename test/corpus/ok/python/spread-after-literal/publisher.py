from confluent_kafka import Producer

from tuning import LOAD_TEST


def new_publisher(servers):
    return Producer({
        "bootstrap.servers": servers,
        **LOAD_TEST,
        "acks": "all",
    })


def publish(publisher, order, report):
    publisher.produce("orders", order, on_delivery=report)
    publisher.flush()
