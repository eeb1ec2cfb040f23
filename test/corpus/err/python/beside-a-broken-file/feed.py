from kafka import KafkaProducer

feed = KafkaProducer(bootstrap_servers="kafka.example:9092", acks=1)  # expect: weak-acks
feed.send("feed", b"up").get(timeout=30)
