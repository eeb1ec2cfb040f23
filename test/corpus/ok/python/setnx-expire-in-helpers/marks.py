import redis

store = redis.Redis()


def claim(message_id):
    return store.set(f"seen:{message_id}", 1, nx=True, ex=86400)


def keep_for_a_week(message_id):
    store.expire(f"seen:{message_id}", 7 * 86400)


def first_time(message_id):
    if not claim(message_id):
        return False
    keep_for_a_week(message_id)
    return True
