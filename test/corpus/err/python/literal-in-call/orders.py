from kafka import KafkaProducer

orders = KafkaProducer(bootstrap_servers=["kafka-1.example:9092"], acks=1, retries=20)  # expect: weak-acks


def publish(order):
    orders.send("orders", order).get(timeout=30)
