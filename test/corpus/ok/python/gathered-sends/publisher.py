import asyncio

from aiokafka import AIOKafkaProducer


async def publish(lines):
    producer = AIOKafkaProducer(bootstrap_servers="kafka.example:9092", acks="all")
    await producer.start()
    try:
        handed_over = [await producer.send("lines", line) for line in lines]
        await asyncio.gather(*handed_over)
    finally:
        await producer.stop()
