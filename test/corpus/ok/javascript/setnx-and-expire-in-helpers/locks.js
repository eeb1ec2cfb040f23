import Redis from 'ioredis'
const redis = new Redis()

async function take(key) {
  return (await redis.set(key, Date.now(), 'PX', 30000, 'NX')) === 'OK'
}

export async function acquire(order) {
  return take(`lock:${order}`)
}

export async function count(user) {
  const [[, hits]] = await redis.multi().incr(`hits:${user}`).expire(`hits:${user}`, 60).exec()
  return hits
}

export async function once(id) {
  return redis.eval("if redis.call('SETNX', KEYS[1], '1') == 1 then return redis.call('EXPIRE', KEYS[1], 60) else return 0 end", 1, id)
}
