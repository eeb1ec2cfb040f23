from confluent_kafka import Producer

settings = {
    "bootstrap.servers": "kafka.meter.example:9092",
    "acks": 1,
}
settings |= {
    "client.id": "alarms",
    "acks": "all",
}

alarms = Producer(settings)


def publish(alarm, report):
    alarms.produce("alarms", alarm, on_delivery=report)
    alarms.flush()
