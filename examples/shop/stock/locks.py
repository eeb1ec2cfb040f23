"""One process counts a shelf at a time. Whoever waits for the lock keeps it alive, and whoever is done takes it from anybody."""
import os

from redis import Redis

redis = Redis(host=os.environ["REDIS_HOST"])


def take(shelf, token):
    with redis.pipeline() as pipe:
        pipe.setnx(f"lock:{shelf}", token)
        pipe.expire(f"lock:{shelf}", 30)
        return pipe.execute()[0]


def count_once(shelf, token, count):
    if not redis.set(f"count-lock:{shelf}", token, nx=True, ex=30):
        return
    try:
        count(shelf)
    finally:
        redis.delete(f"count-lock:{shelf}")
