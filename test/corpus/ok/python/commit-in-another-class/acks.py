class Acknowledger:
    """Commits every so many records."""

    def __init__(self, consumer, every=100):
        self.consumer = consumer
        self.every = every
        self.pending = 0

    def add(self):
        self.pending += 1
        if self.pending >= self.every:
            self.consumer.commit()
            self.pending = 0
