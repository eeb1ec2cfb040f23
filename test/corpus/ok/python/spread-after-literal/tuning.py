"""What the load test settled on, for every producer of the shop."""

LOAD_TEST = {
    "linger.ms": 25,
    "compression.type": "lz4",
    "acks": 1,
}
