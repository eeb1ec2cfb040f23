from gateway.broker import Broker

broker = Broker("kafka.example:9092", acks=0)  # expect: weak-acks
broker.producer().send("pings", b"ping").get(timeout=30)
