import os

import psycopg

UPSERT = "INSERT INTO shipments (id, body) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body"


async def save(body):
    async with await psycopg.AsyncConnection.connect(os.environ["DATABASE"]) as connection:
        await connection.execute(UPSERT, (body["id"], body))
