from confluent_kafka import Producer

settings = dict(**{"bootstrap.servers": "kafka.example:9092"})
settings["acks"] = "1"  # expect: weak-acks
settings.setdefault("acks", "all")

telemetry = Producer(settings)


def publish(point, report):
    telemetry.produce("telemetry", point, on_delivery=report)
    telemetry.flush()
