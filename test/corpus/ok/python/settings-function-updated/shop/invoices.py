from confluent_kafka import Producer

from shop.settings import producer_settings


class InvoiceFeed:
    def __init__(self):
        settings = producer_settings("invoices")
        settings.update({
            "linger.ms": 5,
            "acks": "all",
        })
        self.producer = Producer(settings)

    def publish(self, invoice, report):
        self.producer.produce("invoices", invoice, on_delivery=report)
        self.producer.flush()
