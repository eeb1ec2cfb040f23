from kafka import KafkaProducer

producer = KafkaProducer(bootstrap_servers="kafka.example:9092", acks="all")


def publish(lines):
    for line in lines:
        producer.send("lines", line)  # expect: unchecked-send
    producer.flush()
