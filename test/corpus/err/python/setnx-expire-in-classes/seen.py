from keys import Keys


class Seen:
    def __init__(self, url):
        self.keys = Keys(url)

    def first_time(self, message_id):
        key = f"seen:{message_id}"
        fresh = self.keys.put_if_absent(key, "1")
        if fresh:
            self.keys.limit(key, 3600)
        return fresh
