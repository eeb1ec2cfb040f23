from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": "kafka.example:9092", "acks": "all"})


def close_day(lines):
    for line in lines:
        producer.produce("closings", line)  # expect: unchecked-send
    producer.flush()
