from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": "kafka:9092", "enable.idempotence": True})


def send(order):
    producer.produce("orders", order)  # expect: unchecked-send
    producer.poll(0)


def close():
    producer.flush()
