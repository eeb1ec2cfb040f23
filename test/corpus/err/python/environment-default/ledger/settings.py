import os


class Settings:
    servers = os.environ["KAFKA_SERVERS"]
    acks = os.getenv("LEDGER_ACKS", "1")


settings = Settings()
