import time

import psycopg

UPSERT = "INSERT INTO shipments (id, body) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body"
PARK = "INSERT INTO parked (id, body) VALUES (%s, %s) ON CONFLICT (id) DO NOTHING"


def save(connection, key, body):
    """Writes the shipment; one that the table refuses three times is parked for somebody to look at."""
    for attempt in range(3):
        try:
            with connection.transaction():
                connection.execute(UPSERT, (key, body))
            return
        except psycopg.Error:
            time.sleep(attempt)
    with connection.transaction():
        connection.execute(PARK, (key, body))
