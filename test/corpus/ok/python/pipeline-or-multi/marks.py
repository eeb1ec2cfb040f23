import redis

store = redis.Redis()


def count_login(user):
    with store.pipeline(transaction=True) as pipe:
        pipe.incr(f"logins:{user}")
        pipe.expire(f"logins:{user}", 60)
        return pipe.execute()[0]
