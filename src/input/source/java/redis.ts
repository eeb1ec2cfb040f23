import { isScript } from '../lua/script.ts'
import { argument } from '../program/redis/calls.ts'
import type { RedisCall, RedisDialect, TimeToLive } from '../program/redis/dialect.ts'
import type { Call, Expression } from '../program/syntax.ts'

/**
 * Jedis, Lettuce, Redisson and Spring Data Redis. Jedis and Lettuce name methods after the commands (`setnx`, `expire`, `incr`; `SET` with
 * `SetParams` or `SetArgs`, in Jedis 2 with `"NX", "PX", ttl`); Spring has `opsForValue().setIfAbsent(key, value[, ttl])`, `expire`, `increment`,
 * and the raw `RedisConnection.setNX`; Redisson asks for an object by its key first: `getBucket(key).trySet(value[, ttl, unit])`.
 * Locks of Redisson and Spring Integration renew or carry a lease of their own and are none of these.
 */
export const JAVA_REDIS: RedisDialect = {
  library: 'java-redis',
  self: new Set(['this']),
  touches: (text) =>
    /\.(?:setnx|setNX|hsetnx|setIfAbsent|trySet|incr|increment)\s*\(|"NX"|\.nx\s*\(/.test(text) || isScript(text),
  command,
  isLibrary: (module) =>
    /^(?:redis\.clients\.|io\.lettuce\.|com\.lambdaworks\.redis|org\.redisson\.|org\.springframework\.data\.redis\.)/.test(
      module,
    ),
  isClient: (name) =>
    /^(?:Jedis(?:Cluster|Pool(?:ed)?|Commands)?|UnifiedJedis|Pipeline|Transaction|Redis(?:Client|Commands|AsyncCommands|ReactiveCommands|AdvancedClusterCommands|Connection|Template|Operations)|(?:String)?(?:Reactive)?RedisTemplate|StringRedisTemplate|(?:Bound)?ValueOperations|HashOperations|RedissonClient|Redisson|RBucket|RAtomicLong)$/.test(
      name,
    ),
  pipeline(method) {
    if (method === 'multi') return { transaction: true }
    return method === 'pipelined' || method === 'createBatch' ? { transaction: false } : undefined
  },
  typed: true,
}

const SAME_NAME: Readonly<Record<string, RedisCall['kind']>> = {
  setnx: 'mark',
  setNX: 'mark',
  hsetnx: 'mark',
  msetnx: 'mark',
  setIfAbsent: 'mark',
  trySet: 'mark',
  expire: 'expire',
  pexpire: 'expire',
  pExpire: 'expire',
  expireAt: 'expire',
  pexpireAt: 'expire',
  setex: 'overwrite',
  psetex: 'overwrite',
  setEx: 'overwrite',
  pSetEx: 'overwrite',
  getSet: 'deadline',
  getset: 'deadline',
  getAndSet: 'deadline',
  incr: 'counter',
  incrBy: 'counter',
  increment: 'counter',
  incrementAndGet: 'counter',
  del: 'delete',
  unlink: 'delete',
  delete: 'delete',
  get: 'read',
  hset: 'write',
  sadd: 'write',
}

/** Names that nothing else has. */
const PLAIN = new Set(['setnx', 'setNX', 'hsetnx', 'msetnx', 'setIfAbsent', 'pexpire', 'setex', 'psetex'])
/** What asks for one key's object, on which commands are then called without the key. */
const BOUND = new Set(['boundValueOps', 'getBucket', 'getAtomicLong', 'boundHashOps', 'getMapCache'])

function command(call: Call): RedisCall | undefined {
  if (call.callee.kind !== 'attribute') return undefined
  const { name: method, object } = call.callee
  const bound = boundKey(object)
  const key = bound ?? argument(call, 0)
  if (!key) return undefined
  const rest = bound ? call.positional : call.positional.slice(1)
  if (method === 'set') return setCommand(key, rest)
  const kind = Object.hasOwn(SAME_NAME, method) ? SAME_NAME[method] : undefined
  if (!kind) return undefined
  const [value, amount, unit] = rest
  // the fields of a hash are no keys
  if (rootMethod(object) === 'opsForHash' && kind !== 'mark') return undefined
  return {
    kind,
    spelled: method,
    key,
    ...(value ? { value } : {}),
    ...(kind === 'mark' && amount && method !== 'hsetnx' ? { ttl: timeToLive(amount, unit) } : {}),
    ...(kind === 'overwrite' && value ? { ttl: timeToLive(value, undefined) } : {}),
    ambiguous: !PLAIN.has(method),
    ...(method === 'trySet' || method === 'increment' || method === 'incrementAndGet' || kind === 'delete' || kind === 'read'
      ? { needsClient: true as const }
      : {}),
  }
}

/** `set(key, value, SetParams.setParams().nx().ex(9))`, `SetArgs.Builder.nx().px(9)`, `set(key, value, "NX", "PX", 9)`. */
function setCommand(key: Expression, rest: readonly Expression[]): RedisCall {
  const [value, ...options] = rest
  const base = { key, ...(value ? { value } : {}) }
  const words = options.filter((one) => one.kind === 'string').map((one) => one.value.toUpperCase())
  const chained = options.flatMap((one) => chainOf(one))
  const constants = options.flatMap((one) => (one.kind === 'attribute' ? [one.name] : []))
  const ttl = chained.find(({ method }) => /^(?:p?ex|p?exAt)$/i.test(method))
  const exclusive = words.includes('NX') || constants.includes('SET_IF_ABSENT') || chained.some(({ method }) => method === 'nx')
  const spelledTtl = words.some((word) => word === 'EX' || word === 'PX') ? options.at(-1) : undefined
  // `Expiration.seconds(9)` of Spring's connection, a timeout with its unit of Spring's template
  const other = options.find((one) => one.kind === 'call' && !chained.some(({ method }) => method === 'nx'))
  const hidden = options.length > 0 && !exclusive
  const amount = ttl?.argument ?? spelledTtl ?? (constants.includes('SET_IF_ABSENT') ? other : undefined)
  const milliseconds = /^px/i.test(ttl?.method ?? '') || words.includes('PX') ? 1 : ttl || spelledTtl ? 1000 : undefined
  if (exclusive)
    return { ...base, kind: 'mark', spelled: 'set(NX)', ambiguous: false, ...(amount ? { ttl: { amount, milliseconds } } : {}) }
  return { ...base, kind: hidden ? 'overwrite' : 'write', spelled: 'set', ambiguous: true }
}

/** The methods of a builder's chain, each with its first argument. */
function chainOf(node: Expression): readonly { readonly method: string; readonly argument?: Expression }[] {
  if (node.kind !== 'call' || node.callee.kind !== 'attribute') return []
  const first = node.positional[0]
  return [...chainOf(node.callee.object), { method: node.callee.name, ...(first ? { argument: first } : {}) }]
}

function boundKey(object: Expression): Expression | undefined {
  return object.kind === 'call' && object.callee.kind === 'attribute' && BOUND.has(object.callee.name)
    ? object.positional[0]
    : undefined
}

function rootMethod(object: Expression): string | undefined {
  return object.kind === 'call' && object.callee.kind === 'attribute' ? object.callee.name : undefined
}

const DURATIONS: Readonly<Record<string, number>> = {
  ofMillis: 1,
  ofSeconds: 1000,
  ofMinutes: 60_000,
  ofHours: 3_600_000,
  ofDays: 86_400_000,
}
const UNITS: Readonly<Record<string, number>> = {
  MILLISECONDS: 1,
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
}

/** `9, TimeUnit.SECONDS`, or `Duration.ofSeconds(9)`. */
function timeToLive(amount: Expression, unit: Expression | undefined): TimeToLive {
  const [inner] = amount.kind === 'call' ? amount.positional : []
  const made = amount.kind === 'call' && amount.callee.kind === 'attribute' ? amount.callee.name : ''
  if (inner && Object.hasOwn(DURATIONS, made)) return { amount: inner, milliseconds: DURATIONS[made] }
  const name = unit?.kind === 'attribute' || unit?.kind === 'name' ? unit.name : ''
  return { amount, milliseconds: Object.hasOwn(UNITS, name) ? UNITS[name] : undefined }
}
