from kafka_double import KafkaConsumer


def names(topic):
    consumer = KafkaConsumer(topic, group_id="names", auto_offset_reset="latest", enable_auto_commit=False)
    for record in consumer:
        yield record
