from confluent_kafka import Producer

settings = {
    "bootstrap.servers": "kafka.meter.example:9092",
    "acks": "all",
}
settings |= {
    "client.id": "alarms",
    "acks": 1,  # expect: weak-acks
}

alarms = Producer(settings)


def publish(alarm, report):
    alarms.produce("alarms", alarm, on_delivery=report)
    alarms.flush()
