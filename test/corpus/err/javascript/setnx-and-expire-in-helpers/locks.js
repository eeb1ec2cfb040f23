import Redis from 'ioredis'
const redis = new Redis()

async function take(key) {
  return (await redis.setnx(key, Date.now())) === 1 // expect: redis-setnx-expire
}

async function limit(key) {
  await redis.pexpire(key, 30000)
}

export async function acquire(order) {
  const key = `lock:${order}`
  if (!(await take(key))) return false
  await limit(key)
  return true
}
