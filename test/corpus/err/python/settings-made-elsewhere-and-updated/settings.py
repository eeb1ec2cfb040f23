def settings(**more):
    conf = {"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest", "enable.auto.commit": False}
    conf.update(more)
    return conf
