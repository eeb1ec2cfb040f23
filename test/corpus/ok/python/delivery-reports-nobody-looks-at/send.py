from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": "kafka:9092", "enable.idempotence": True})


def report(error, message):
    if error is not None:
        raise RuntimeError(f"{message.topic()} does not take it: {error}")


def send(order):
    producer.produce("orders", order, on_delivery=report)
    producer.poll(0)


def close():
    producer.flush()
