UPSERT = "INSERT INTO shipments (id, body) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body"


def save(connection, key, body):
    with connection.transaction():
        connection.execute(UPSERT, (key, body))
