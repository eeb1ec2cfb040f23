from faststream import FastStream
from faststream.kafka import KafkaBroker

from store import save

broker = KafkaBroker("kafka.example:9092")
app = FastStream(broker)


@broker.subscriber("shipments", group_id="shipments", auto_commit=True, auto_offset_reset="latest")  # expect: auto-commit, offset-reset
async def on_shipment(body: dict):
    await save(body)
