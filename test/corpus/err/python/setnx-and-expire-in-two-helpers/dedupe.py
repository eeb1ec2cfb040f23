import redis

r = redis.Redis()


def claim(key):
    return r.setnx(key, 1)  # expect: redis-setnx-expire


def limit(key):
    r.expire(key, 3600)


def first_time(order_id):
    key = f"orders:{order_id}"
    if claim(key):
        limit(key)
        return True
    return False
