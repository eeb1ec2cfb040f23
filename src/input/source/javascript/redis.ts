import { isScript } from '../lua/script.ts'
import { argument } from '../program/redis/calls.ts'
import type { RedisCall, RedisDialect, TimeToLive } from '../program/redis/dialect.ts'
import { kindOfCommand } from '../program/redis/kinds.ts'
import type { Call, Expression } from '../program/syntax.ts'

/**
 * ioredis and node-redis. ioredis and node-redis 3 name methods after the commands in small letters and take words (`set(key, value, 'EX', 9,
 * 'NX')`); node-redis 4 has `setNX`, `expire` and options (`{ NX: true, EX: 9 }`), 5 also `{ condition: 'NX', expiration: { type: 'EX', value: 9 } }`.
 * `multi()` is a transaction in all of them, ioredis's `pipeline()` none.
 */
export const JAVASCRIPT_REDIS: RedisDialect = {
  library: 'javascript-redis',
  self: new Set(['this']),
  touches: (text) =>
    /\.(?:setnx|setNX|hsetnx|hSetNX|msetnx|incr|incrby|incrBy)\s*\(|['"]NX['"]|\bNX\s*:/i.test(text) || isScript(text),
  command,
  isLibrary: (module) =>
    /^(?:ioredis|redis|@redis\/client|handy-redis|async-redis|fakeredis|redis-mock|ioredis-mock)$/.test(module),
  isClient: (name) => /^(?:Redis|Cluster|IORedis|createClient|createCluster|default)$/i.test(name),
  pipeline(method) {
    if (method === 'multi' || method === 'MULTI') return { transaction: true }
    return method === 'pipeline' || method === 'batch' ? { transaction: false } : undefined
  },
  typed: false,
}

/** Names that other objects have too. */
const SHARED = new Set(['expire', 'incr', 'incrby', 'del', 'unlink', 'get', 'hset', 'sadd'])

function command(call: Call): RedisCall | undefined {
  if (call.callee.kind !== 'attribute') return undefined
  const method = call.callee.name
  const key = argument(call, 0)
  if (!key) return undefined
  const value = argument(call, 1)
  const base = { key, spelled: method, ...(value ? { value } : {}) }
  if (method === 'set' || method === 'SET') return setCommand(call, base)
  const name = method.toLowerCase()
  const kind = kindOfCommand(name)
  // `setNX`, `hSetNX`, `incrBy`: small at the beginning, so that a constant or a class is none
  if (!kind || !/^[a-z]/.test(method)) return undefined
  return {
    ...base,
    kind,
    ambiguous: SHARED.has(name),
    ...(kind === 'overwrite' && value ? { ttl: { amount: value, milliseconds: name === 'setex' ? 1000 : 1 } } : {}),
  }
}

const UNITS: Readonly<Record<string, number | undefined>> = { EX: 1000, PX: 1, EXAT: undefined, PXAT: undefined }

function setCommand(call: Call, base: Omit<RedisCall, 'kind' | 'ambiguous'>): RedisCall {
  const options = call.positional.slice(2)
  const words = options.flatMap((one, i) =>
    one.kind === 'string' ? [{ word: one.value.toUpperCase(), next: options[i + 1] }] : [],
  )
  const entries = options.flatMap((one) => (one.kind === 'dict' ? one.entries : []))
  const named = (name: string): Expression | undefined =>
    entries.find(({ key }) => key?.kind === 'string' && key.value === name)?.value
  const condition = named('condition')
  const nx = named('NX')
  const exclusive =
    words.some(({ word }) => word === 'NX') ||
    (nx !== undefined && !(nx.kind === 'boolean' && !nx.value)) ||
    (condition?.kind === 'string' && condition.value === 'NX')
  const worded = words.find(({ word, next }) => Object.hasOwn(UNITS, word) && next)
  const keyed = Object.keys(UNITS).find((unit) => named(unit) !== undefined)
  const expiration = named('expiration')
  const ttl: TimeToLive | undefined = worded?.next
    ? { amount: worded.next, milliseconds: UNITS[worded.word] }
    : keyed
      ? { amount: named(keyed) as Expression, milliseconds: UNITS[keyed] }
      : expiration && { amount: expiration, milliseconds: undefined }
  // options that are spread in, or that stand in a variable, may hold a time to live
  const hidden = entries.some(({ key }) => key === undefined) || call.positional.some(({ kind }) => kind === 'starred')
  const known = ttl ?? (hidden ? ('hidden' as const) : undefined)
  if (exclusive) return { ...base, kind: 'mark', spelled: 'set(NX)', ambiguous: false, ...(known ? { ttl: known } : {}) }
  return { ...base, kind: ttl ? 'overwrite' : 'write', ambiguous: true, ...(ttl ? { ttl } : {}) }
}
