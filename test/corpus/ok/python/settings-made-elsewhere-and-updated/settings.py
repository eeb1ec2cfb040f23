def settings(**more):
    conf = {"bootstrap.servers": "kafka:9092", "group.id": "orders", "auto.offset.reset": "earliest", "enable.auto.commit": True}
    conf.update(more)
    return conf
