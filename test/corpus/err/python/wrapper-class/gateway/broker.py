from kafka import KafkaProducer


class Broker:
    """The one place that talks to Kafka."""

    def __init__(self, servers, **options):
        self._options = {"bootstrap_servers": servers, "linger_ms": 10, **options}
        self._producer = None

    def producer(self):
        if self._producer is None:
            self._producer = KafkaProducer(**self._options)
        return self._producer
