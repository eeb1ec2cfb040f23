import asyncio

from aiokafka import AIOKafkaProducer


async def main(orders):
    producer = AIOKafkaProducer(bootstrap_servers="kafka:9092", enable_idempotence=True)
    await producer.start()
    try:
        futures = [await producer.send("orders", order) for order in orders]
        await asyncio.gather(*futures)
    finally:
        await producer.stop()
