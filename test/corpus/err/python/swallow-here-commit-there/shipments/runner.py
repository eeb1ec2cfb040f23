import os

import psycopg
from kafka import KafkaConsumer

from shipments.handler import ShipmentHandler


class Runner:
    def __init__(self):
        self.handler = ShipmentHandler(psycopg.connect(os.environ["DATABASE"], autocommit=True))
        self.consumer = KafkaConsumer(
            "shipments",
            bootstrap_servers="kafka.example:9092",
            group_id="shipments",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
        )

    def run(self):
        for record in self.consumer:
            self.handler.handle(record)
            self.consumer.commit()  # expect: swallowed-failure


Runner().run()
