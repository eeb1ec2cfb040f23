import redis


class Keys:
    def __init__(self, url):
        self.client = redis.Redis.from_url(url)

    def put_if_absent(self, key, value, seconds):
        return self.client.set(key, value, nx=True, ex=seconds)

    def limit(self, key, seconds):
        self.client.expire(key, seconds)
