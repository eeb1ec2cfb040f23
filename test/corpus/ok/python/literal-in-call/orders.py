from kafka import KafkaProducer

orders = KafkaProducer(bootstrap_servers=["kafka-1.example:9092"], acks="all", retries=20)


def publish(order):
    orders.send("orders", order).get(timeout=30)
