from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": "kafka.example:9092", "acks": "all", "transactional.id": "closing-0"})
producer.init_transactions()


def close_day(lines):
    producer.begin_transaction()
    try:
        for line in lines:
            producer.produce("closings", line)
        producer.commit_transaction()
    except Exception:
        producer.abort_transaction()
        raise
