import redis

r = redis.Redis()


SCRIPT = """
if redis.call('SETNX', KEYS[1], 1) == 1 then
  redis.call('EXPIRE', KEYS[1], 3600)
  return 1
end
return 0
"""


def first_time(order_id):
    return r.eval(SCRIPT, 1, f"orders:{order_id}") == 1


def first_time_too(order_id):
    with r.pipeline(transaction=True) as pipe:
        pipe.setnx(f"orders:{order_id}", 1)
        pipe.expire(f"orders:{order_id}", 3600)
        return pipe.execute()[0]
