import os

KAFKA = {
    "bootstrap.servers": os.environ["KAFKA_BROKERS"],
    "sasl.username": "payments",
    "sasl.password": "not-for-the-report-either",
}


def consumer_settings(**overrides):
    settings = {**KAFKA, "group.id": os.getenv("PAYMENTS_GROUP", "payments-dev")}
    settings.update(overrides)
    return settings
