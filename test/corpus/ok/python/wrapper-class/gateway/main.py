from gateway.broker import Broker

broker = Broker("kafka.example:9092", acks="all")
broker.producer().send("pings", b"ping").get(timeout=30)
