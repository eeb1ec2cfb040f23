from confluent_kafka import Consumer


class Intake:
    def __init__(self, servers, group):
        self._consumer = Consumer({
            "bootstrap.servers": servers,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        })
        self._consumer.subscribe(["shipments"])

    def next(self):
        message = self._consumer.poll(1.0)
        if message is None or message.error():
            return None
        return message

    def done(self, message):
        self._consumer.commit(message=message, asynchronous=False)
