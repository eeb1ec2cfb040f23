from aiokafka import AIOKafkaConsumer


async def shipments(servers):
    """Hands out one shipment after the other."""
    consumer = AIOKafkaConsumer(
        "shipments",
        bootstrap_servers=servers,
        group_id="shipments",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        async for record in consumer:
            await consumer.commit()  # expect: commit-before-processing
            yield record
    finally:
        await consumer.stop()
