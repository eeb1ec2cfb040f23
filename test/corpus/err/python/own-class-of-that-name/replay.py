from kafka import KafkaConsumer


def names(topic):
    consumer = KafkaConsumer(topic, group_id="names", auto_offset_reset="latest", enable_auto_commit=False)  # expect: offset-reset, never-commits
    for record in consumer:
        yield record.key
