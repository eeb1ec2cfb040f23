import asyncio
import os

import asyncpg

from stream import shipments

UPSERT = "INSERT INTO shipments (id, body) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body"
PARK = "INSERT INTO parked (id, body) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"


async def main():
    pool = await asyncpg.create_pool(os.environ["DATABASE"])
    async for record in shipments("kafka.example:9092"):
        try:
            await pool.execute(UPSERT, record.key, record.value)
        except asyncpg.PostgresError:
            await pool.execute(PARK, record.key, record.value)


asyncio.run(main())
