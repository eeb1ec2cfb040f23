import { REDIS_PY } from '../../../knowledge/stores/redis-py.ts'
import { isScript } from '../lua/script.ts'
import { argument } from '../program/redis/calls.ts'
import type { RedisCall, RedisDialect, TimeToLive } from '../program/redis/dialect.ts'
import type { Call } from '../program/syntax.ts'

/** redis-py and clients with its method names. */
export const PYTHON_REDIS: RedisDialect = {
  library: REDIS_PY.id,
  self: new Set(['self', 'cls']),
  touches: (text) =>
    /\.(?:setnx|hsetnx|msetnx|incr|incrby)\s*\(|\bnx\s*=\s*True\b/.test(text) ||
    (/\.lock\s*\(/.test(text) && /redis/i.test(text)) ||
    isScript(text),
  command,
  isLibrary: (module) => (REDIS_PY.modules as readonly string[]).includes(module.split('.')[0] as string),
  isClient: (name) => (REDIS_PY.constructors as readonly string[]).includes(name),
  pipeline(method, call) {
    if (method !== REDIS_PY.pipeline) return undefined
    const transaction = argument(call, 0, 'transaction')
    return { transaction: !(transaction?.kind === 'boolean' && !transaction.value) }
  },
  typed: false,
}

function command(call: Call): RedisCall | undefined {
  if (call.callee.kind !== 'attribute') return undefined
  const method = call.callee.name
  const key = argument(call, 0, 'name') ?? argument(call, 0, 'key')
  if (!key) return undefined
  const value = argument(call, 1, 'value')
  const base = { key, spelled: method, ambiguous: false, ...(value ? { value } : {}) }
  if (includes(REDIS_PY.setIfAbsent, method)) return { ...base, kind: 'mark' }
  if (includes(REDIS_PY.expire, method)) return { ...base, kind: 'expire' }
  if (includes(REDIS_PY.overwriteWithExpiry, method)) {
    const [amount, held] = [argument(call, 1, 'time'), argument(call, 2, 'value')]
    return {
      ...base,
      kind: 'overwrite',
      ...(held ? { value: held } : {}),
      ...(amount ? { ttl: { amount, milliseconds: method === 'setex' ? 1000 : 1 } } : {}),
    }
  }
  if (method === 'delete' || method === 'unlink') return { ...base, kind: 'delete', ambiguous: true }
  if (method === 'get') return { ...base, kind: 'read', ambiguous: true }
  if (method === 'getset') return { ...base, kind: 'deadline' }
  if (includes(REDIS_PY.counters, method)) return { ...base, kind: 'counter', ambiguous: true }
  if (method === 'hset' || method === 'sadd') return { ...base, kind: 'write', ambiguous: true }
  if (method === 'set') return setCommand(call, base)
  if (method !== REDIS_PY.lock.method) return undefined
  const amount = argument(call, REDIS_PY.lock.position, REDIS_PY.lock.timeout)
  return {
    ...base,
    kind: 'mark',
    ambiguous: true,
    needsClient: true,
    ...(amount ? { ttl: { amount, milliseconds: 1000 } } : {}),
  }
}

const UNITS: Readonly<Record<string, number>> = { ex: 1000, px: 1 }

function setCommand(call: Call, base: Omit<RedisCall, 'kind'>): RedisCall {
  const [ttl] = Object.entries(REDIS_PY.set.expiry).flatMap(([keyword, position]): readonly TimeToLive[] => {
    const amount = argument(call, position, keyword)
    return amount && amount.kind !== 'none' ? [{ amount, milliseconds: UNITS[keyword] }] : []
  })
  const nx = argument(call, REDIS_PY.set.nx, 'nx')
  if (nx?.kind === 'boolean' && nx.value) {
    const spread = call.keywords.some((k) => k.name === undefined)
    const known = ttl ?? (spread ? 'hidden' : undefined)
    return { ...base, kind: 'mark', spelled: 'set(nx=True)', ...(known ? { ttl: known } : {}) }
  }
  return ttl !== undefined && nx === undefined
    ? { ...base, kind: 'overwrite', ambiguous: true, ttl }
    : { ...base, kind: 'write', ambiguous: true }
}

function includes(list: readonly string[], method: string): boolean {
  return list.includes(method)
}
