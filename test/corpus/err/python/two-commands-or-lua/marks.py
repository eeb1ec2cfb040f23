import redis

store = redis.Redis()


def slot(name):
    taken = store.incr("slot:" + name)  # expect: redis-setnx-expire
    if taken == 1:
        store.expire("slot:" + name, 30)
    return taken
