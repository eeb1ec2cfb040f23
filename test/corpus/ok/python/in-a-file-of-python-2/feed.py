from kafka import KafkaProducer

print "starting"

feed = KafkaProducer(bootstrap_servers="kafka.example:9092", acks="all")
feed.send("feed", b"up").get(timeout=30)
