class Acknowledger:
    """Commits every so many records."""

    def __init__(self, consumer, every=100):
        self.consumer = consumer
        self.every = every
        self.pending = 0

    def add(self):
        self.pending += 1
        if self.pending >= self.every:
            print("records so far", self.pending)
            self.pending = 0
