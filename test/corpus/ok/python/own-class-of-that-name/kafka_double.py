class KafkaConsumer:
    """Plays a recorded topic from a file, with the signature of the real one."""

    def __init__(self, *topics, group_id=None, auto_offset_reset="latest", enable_auto_commit=True):
        self.topics = topics
        self.group_id = group_id

    def __iter__(self):
        for topic in self.topics:
            with open(f"{topic}.jsonl", encoding="utf-8") as lines:
                yield from lines
