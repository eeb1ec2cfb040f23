import redis

store = redis.Redis()


def count_login(user):
    pipe = store.pipeline(transaction=False)
    pipe.incr(f"logins:{user}")  # expect: redis-setnx-expire
    pipe.expire(f"logins:{user}", 60)
    return pipe.execute()[0]
