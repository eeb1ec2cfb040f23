import asyncio

from aiokafka import AIOKafkaProducer


async def publish(lines):
    producer = AIOKafkaProducer(bootstrap_servers="kafka.example:9092", acks="all")
    await producer.start()
    try:
        for line in lines:
            await producer.send("lines", line)  # expect: unchecked-send
    finally:
        await producer.stop()
