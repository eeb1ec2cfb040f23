/**
 * redis-py, synchronous and asynchronous (`redis.asyncio`, formerly aioredis), and clients with its method names. Signatures as in redis-py 5
 * `redis/commands/core.py`: `set(name, value, ex, px, nx, xx, keepttl, get, exat, pxat)`, `setnx(name, value)`, `hsetnx(name, key, value)`,
 * `incr(name, amount)`; `pipeline(transaction=True)` wraps its commands in MULTI/EXEC; `lock(name, timeout=None)` never expires by default.
 */
export const REDIS_PY = {
  id: 'redis-py',
  packages: [{ ecosystem: 'pypi', name: 'redis' }],
  modules: ['redis', 'aioredis', 'rediscluster', 'fakeredis', 'redis_lock', 'django_redis', 'flask_redis'],
  constructors: [
    'Redis',
    'StrictRedis',
    'RedisCluster',
    'FakeRedis',
    'FakeStrictRedis',
    'from_url',
    'create_redis',
    'create_redis_pool',
    'get_redis_connection',
    'FlaskRedis',
  ],
  /** Set a key only where it is absent, without a time to live of their own. */
  setIfAbsent: ['setnx', 'hsetnx', 'msetnx'],
  counters: ['incr', 'incrby'],
  expire: ['expire', 'pexpire', 'expireat', 'pexpireat'],
  /** Write the key anew together with a time to live. */
  overwriteWithExpiry: ['setex', 'psetex'],
  /** Keyword and position (0 is the key) of `set`'s time to live and NX flag. */
  set: { expiry: { ex: 2, px: 3, exat: 8, pxat: 9 }, nx: 4 },
  pipeline: 'pipeline',
  lock: { method: 'lock', timeout: 'timeout', position: 1 },
} as const
