import logging

import psycopg

log = logging.getLogger(__name__)
UPSERT = "INSERT INTO shipments (id, body) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body"


class ShipmentHandler:
    def __init__(self, connection):
        self.connection = connection

    def handle(self, record):
        try:
            self.connection.execute(UPSERT, (record.key, record.value))
        except Exception as error:
            log.warning("shipment %s: %s", record.key, error)
