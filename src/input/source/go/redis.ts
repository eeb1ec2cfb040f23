import { isScript } from '../lua/script.ts'
import type { RedisCall, RedisDialect, TimeToLive } from '../program/redis/dialect.ts'
import { kindOfCommand } from '../program/redis/kinds.ts'
import type { Call, Expression } from '../program/syntax.ts'
import { isContext } from './contexts.ts'

/**
 * go-redis names methods after the commands and takes the context first (from v8; v7 and before do not): `SetNX(ctx, key, value, ttl)`, where a
 * time to live of 0 is none. redigo sends commands by name: `Do("SET", key, value, "NX", "EX", 10)`.
 * https://pkg.go.dev/github.com/redis/go-redis/v9, https://pkg.go.dev/github.com/gomodule/redigo/redis
 */
export const GO_REDIS: RedisDialect = {
  library: 'go-redis',
  self: new Set(['this']),
  touches: (text) =>
    /\.(?:SetNX|HSetNX|MSetNX|Incr|IncrBy|SetArgs)\(|"(?:SETNX|setnx|NX|nx|INCR|incr)"/.test(text) || isScript(text),
  command,
  isLibrary: (module) =>
    /^github\.com\/(?:redis\/go-redis|go-redis\/redis|gomodule\/redigo|garyburd\/redigo)(?:\/|$)/.test(module),
  isClient: (name) =>
    /^(?:New(?:Client|ClusterClient|FailoverClient|UniversalClient|Ring)|Client|ClusterClient|UniversalClient|Cmdable|Conn|Pool|Ring|Pipeliner|Dial\w*)$/.test(
      name,
    ),
  pipeline(method) {
    if (method === 'TxPipeline' || method === 'TxPipelined') return { transaction: true }
    return method === 'Pipeline' || method === 'Pipelined' ? { transaction: false } : undefined
  },
  typed: true,
}

const NANOSECOND = 1e-6

function command(call: Call): RedisCall | undefined {
  if (call.callee.kind !== 'attribute') return undefined
  const { name: method } = call.callee
  const [first] = call.positional
  if ((method === 'Do' || method === 'Send') && first) return byName(call)
  const rest = first && isContext(first) ? call.positional.slice(1) : call.positional
  const [key, value, amount] = rest
  if (!key) return undefined
  if (method === 'Set') {
    const ttl = duration(amount)
    return {
      kind: ttl === undefined ? 'write' : 'overwrite',
      spelled: method,
      key,
      ...withValue(value),
      ...withTtl(ttl),
      ambiguous: true,
      needsClient: true,
    }
  }
  const kind = /^[A-Z]/.test(method) ? kindOfCommand(method.toLowerCase()) : undefined
  if (!kind) return undefined
  const ttl = kind === 'expire' ? duration(value) : method === 'SetNX' || kind === 'overwrite' ? duration(amount) : undefined
  return {
    kind,
    spelled: method,
    key,
    ...(kind === 'expire' ? {} : withValue(value)),
    ...withTtl(ttl),
    ambiguous: kind !== 'mark',
    ...(method === 'SetNX' || method === 'HSetNX' ? {} : { needsClient: true as const }),
  }
}

/** redigo: the command is the first argument, after a context where there is one. */
function byName(call: Call): RedisCall | undefined {
  const given = call.positional[0] && isContext(call.positional[0]) ? call.positional.slice(1) : call.positional
  const [name, key, value, ...options] = given
  if (name?.kind !== 'string' || !key) return undefined
  const word = name.value.toLowerCase()
  const spelled = name.value.toUpperCase()
  const texts = options.map((one) => (one.kind === 'string' ? one.value.toUpperCase() : ''))
  if (word === 'set') {
    const unit = texts.findIndex((text) => text === 'EX' || text === 'PX')
    const amount = unit < 0 ? undefined : options[unit + 1]
    const ttl: TimeToLive | undefined = amount && { amount, milliseconds: texts[unit] === 'EX' ? 1000 : 1 }
    const kind = texts.includes('NX') ? 'mark' : ttl ? 'overwrite' : 'write'
    return { kind, spelled: kind === 'mark' ? 'SET NX' : spelled, key, ...withValue(value), ...withTtl(ttl), ambiguous: false }
  }
  const kind = kindOfCommand(word)
  if (!kind) return undefined
  const amount = kind === 'expire' || kind === 'overwrite' ? value : undefined
  const ttl = amount && { amount, milliseconds: word.startsWith('p') ? 1 : 1000 }
  return { kind, spelled, key, ...(amount ? {} : withValue(value)), ...withTtl(ttl), ambiguous: false }
}

/** A Go duration; 0, and `redis.KeepTTL`, give none. */
function duration(node: Expression | undefined): TimeToLive | undefined {
  if (!node || (node.kind === 'number' && node.value === 0)) return undefined
  if (node.kind === 'attribute' && node.name === 'KeepTTL') return undefined
  const unit = unitOf(node)
  if (unit !== undefined) return { amount: ONE(node), milliseconds: unit }
  if (node.kind === 'binary' && node.operator === '*') {
    const left = unitOf(node.left)
    const right = unitOf(node.right)
    if (right !== undefined) return { amount: node.left, milliseconds: right }
    if (left !== undefined) return { amount: node.right, milliseconds: left }
  }
  return { amount: node, milliseconds: node.kind === 'number' ? NANOSECOND : undefined }
}

const ONE = ({ start, end }: Expression): Expression => ({ kind: 'number', value: 1, float: false, start, end })

const UNITS: Readonly<Record<string, number>> = {
  Nanosecond: NANOSECOND,
  Microsecond: 1e-3,
  Millisecond: 1,
  Second: 1000,
  Minute: 60_000,
  Hour: 3_600_000,
}

function unitOf(node: Expression): number | undefined {
  return node.kind === 'attribute' && node.object.kind === 'name' && node.object.name === 'time' ? UNITS[node.name] : undefined
}

function withValue(value: Expression | undefined): { readonly value?: Expression } {
  return value ? { value } : {}
}

function withTtl(ttl: TimeToLive | undefined): { readonly ttl?: TimeToLive } {
  return ttl ? { ttl } : {}
}
