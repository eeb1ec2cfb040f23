import redis

store = redis.Redis()

SLOT = store.register_script("""
local taken = redis.call('INCR', KEYS[1])
if taken == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return taken
""")


def slot(name):
    return SLOT(keys=["slot:" + name], args=[30])
