from kafka import KafkaProducer

def totals(rows):
    for row in rows
        print "%s" % row
    return {
