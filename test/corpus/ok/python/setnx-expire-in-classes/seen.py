from keys import Keys


class Seen:
    def __init__(self, url):
        self.keys = Keys(url)

    def first_time(self, message_id):
        return self.keys.put_if_absent(f"seen:{message_id}", "1", 3600)
