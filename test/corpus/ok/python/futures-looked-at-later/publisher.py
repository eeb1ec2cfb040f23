from kafka import KafkaProducer

producer = KafkaProducer(bootstrap_servers="kafka.example:9092", acks="all")


def publish(lines):
    futures = []
    for line in lines:
        futures.append(producer.send("lines", line))
    for future in futures:
        future.get(timeout=30)
    producer.flush()
