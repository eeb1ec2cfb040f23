"""Mails a receipt for each payment."""
import asyncio
import os
import uuid

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from mail import send_receipt


async def main():
    consumer = AIOKafkaConsumer(
        "receipts",
        bootstrap_servers=os.environ["KAFKA_BROKERS"],
        group_id=f"notifications-{uuid.uuid4()}",
        enable_auto_commit=True,
    )
    producer = AIOKafkaProducer(
        bootstrap_servers=os.environ["KAFKA_BROKERS"],
        transactional_id=f"notifications-{uuid.uuid4()}",
    )
    await consumer.start()
    await producer.start()
    async for message in consumer:
        await send_receipt(message.value)
        async with producer.transaction():
            await producer.send("mails", message.value)


asyncio.run(main())
