import redis

store = redis.Redis()


def claim(message_id):
    return store.setnx(f"seen:{message_id}", 1)  # expect: redis-setnx-expire


def keep_for_a_day(message_id):
    store.expire(f"seen:{message_id}", 86400)


def first_time(message_id):
    if not claim(message_id):
        return False
    keep_for_a_day(message_id)
    return True
