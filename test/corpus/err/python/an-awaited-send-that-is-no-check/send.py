import asyncio

from aiokafka import AIOKafkaProducer


async def main(orders):
    producer = AIOKafkaProducer(bootstrap_servers="kafka:9092", enable_idempotence=True)
    await producer.start()
    try:
        for order in orders:
            await producer.send("orders", order)  # expect: unchecked-send
    finally:
        await producer.stop()
