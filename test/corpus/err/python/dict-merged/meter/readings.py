from confluent_kafka import Producer

SHARED = {"bootstrap.servers": "kafka.meter.example:9092", "acks": "0"}  # expect: weak-acks
DURABLE = {"acks": "all"}

readings = Producer(DURABLE | SHARED | {"client.id": "readings"})


def publish(reading, report):
    readings.produce("readings", reading, on_delivery=report)
    readings.flush()
