from kafka import KafkaProducer

producer = KafkaProducer(  # expect: retries-off
    bootstrap_servers="kafka.example:9092",
    acks="all",
    transactional_id="refunds-0",  # expect: transactional-id-unsupported
)
producer.init_transactions()


def refund(lines):
    producer.begin_transaction()
    try:
        for line in lines:
            producer.send("refunds", line)  # expect: unchecked-send
        producer.commit_transaction()
    except Exception:
        producer.abort_transaction()
        raise
