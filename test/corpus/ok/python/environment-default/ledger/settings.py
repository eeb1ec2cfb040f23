import os


class Settings:
    servers = os.environ["KAFKA_SERVERS"]
    acks = os.getenv("LEDGER_ACKS", "all")


settings = Settings()
