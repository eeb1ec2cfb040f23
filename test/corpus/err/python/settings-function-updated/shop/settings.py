import os


def producer_settings(client_id):
    settings = {
        "bootstrap.servers": os.environ["KAFKA_SERVERS"],
        "client.id": client_id,
    }
    settings["acks"] = "all"
    return settings
