import redis


class Keys:
    def __init__(self, url):
        self.client = redis.Redis.from_url(url)

    def put_if_absent(self, key, value):
        return self.client.setnx(key, value)  # expect: redis-setnx-expire

    def limit(self, key, seconds):
        self.client.expire(key, seconds)
