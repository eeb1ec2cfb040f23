import { REDIS_PY } from '../../../../knowledge/stores/redis-py.ts'
import { unknown, type Value } from '../../../../model/value.ts'
import type { Call, Expression } from '../../program/syntax.ts'
import { argument, dotted, rootOf, type Unit } from './calls.ts'

/** How a command reaches Redis: by itself, or in a pipeline that is one transaction or not. */
export type Channel =
  | { readonly kind: 'direct' }
  | { readonly kind: 'pipeline'; readonly name: string; readonly transaction: boolean }

/** One Redis command that bears on expiry, in source order. */
export interface Command {
  readonly kind: 'mark' | 'counter' | 'expire' | 'overwrite' | 'deadline' | 'delete' | 'read'
  readonly call: Call
  readonly spelled: string
  readonly key: Expression
  readonly channel: Channel
  /** For marks: the time to live given with the command; absent when none is. */
  readonly ttl?: Value
  /** Nobody looks at the answer: not a test whether the key was free. */
  readonly unanswered: boolean
  /** The name alone does not say Redis (`incr`, `lock`). */
  readonly ambiguous: boolean
}

/** The expiry command of a call, if it is one. `isRedis` says whether an expression is provably a Redis client of this module. */
export function commandOf(call: Call, unit: Unit, isRedis: (receiver: Expression) => boolean): Command | undefined {
  if (call.callee.kind !== 'attribute') return undefined
  const method = call.callee.name
  const key = argument(call, 0, 'name') ?? argument(call, 0, 'key')
  if (!key) return undefined
  const receiver = call.callee.object
  const base = { call, key, channel: channelOf(receiver, unit, call.start), unanswered: unit.discarded.has(call) }
  if (includes(REDIS_PY.setIfAbsent, method)) return { ...base, kind: 'mark', spelled: method, ambiguous: false }
  if (includes(REDIS_PY.expire, method)) return { ...base, kind: 'expire', spelled: method, ambiguous: false }
  if (includes(REDIS_PY.overwriteWithExpiry, method)) return { ...base, kind: 'overwrite', spelled: method, ambiguous: false }
  if (method === 'delete' || method === 'unlink') return { ...base, kind: 'delete', spelled: method, ambiguous: true }
  if (method === 'get') return { ...base, kind: 'read', spelled: method, ambiguous: true }
  if (method === 'getset') return { ...base, kind: 'deadline', spelled: method, ambiguous: false }
  if (includes(REDIS_PY.counters, method)) return { ...base, kind: 'counter', spelled: method, ambiguous: true }
  if (method === 'set') return setCommand(call, base, unit)
  if (method === REDIS_PY.lock.method && isRedis(receiver)) {
    const ttl = given(argument(call, REDIS_PY.lock.position, REDIS_PY.lock.timeout), unit, call)
    return { ...base, kind: 'mark', spelled: 'lock', ambiguous: true, unanswered: false, ...(ttl ? { ttl } : {}) }
  }
  return undefined
}

function setCommand(call: Call, base: Omit<Command, 'kind' | 'spelled' | 'ambiguous'>, unit: Unit): Command | undefined {
  const expiries = Object.entries(REDIS_PY.set.expiry).map(([keyword, position]) =>
    given(argument(call, position, keyword), unit, call),
  )
  const ttl = expiries.find((value) => value !== undefined)
  const nx = argument(call, REDIS_PY.set.nx, 'nx')
  if (nx?.kind === 'boolean' && nx.value) {
    const spread = call.keywords.some((k) => k.name === undefined)
    const known = ttl ?? (spread ? unknown('further options are spread into the call') : undefined)
    return { ...base, kind: 'mark', spelled: 'set(nx=True)', ambiguous: false, ...(known ? { ttl: known } : {}) }
  }
  if (ttl !== undefined && nx === undefined) return { ...base, kind: 'overwrite', spelled: 'set', ambiguous: true }
  return undefined
}

/** A time to live as far as it can be said: None is none; a parameter that defaults to None may be none. */
function given(expression: Expression | undefined, unit: Unit, call: Call): Value | undefined {
  if (!expression || expression.kind === 'none') return undefined
  if (expression.kind === 'number') return { kind: 'known', value: expression.value }
  if (expression.kind === 'name') {
    const parameter = unit.parameters.find((p) => p.name === expression.name)
    const rebound = unit.bindings.some((b) => b.name === expression.name && b.start < call.start)
    if (parameter?.default?.kind === 'none' && !rebound)
      return unknown(`\`${expression.name}\` is None unless the caller gives it`)
    return { kind: 'object', text: expression.name }
  }
  return { kind: 'object', text: 'an expression' }
}

/** A receiver that was made by `.pipeline(…)`, wherever in the chain or by an assignment before the call. */
function channelOf(receiver: Expression, unit: Unit, before: number): Channel {
  const root = rootOf(receiver)
  const made = root.kind === 'call' ? root : lastBinding(dotted(root), unit, before)
  if (made?.kind === 'call' && made.callee.kind === 'attribute' && made.callee.name === REDIS_PY.pipeline) {
    const transaction = argument(made, 0, 'transaction')
    return {
      kind: 'pipeline',
      name: `${dotted(root) ?? ''}@${made.start}`,
      transaction: !(transaction?.kind === 'boolean' && !transaction.value),
    }
  }
  const name = dotted(root)
  // a pipeline handed in as a parameter: named so in practice, and then a transaction unless its maker said otherwise
  if (name !== undefined && /(^|[._])pipe(line)?$/.test(name)) return { kind: 'pipeline', name, transaction: true }
  return { kind: 'direct' }
}

function lastBinding(name: string | undefined, unit: Unit, before: number): Expression | undefined {
  if (name === undefined) return undefined
  return unit.bindings.findLast((b) => b.name === name && b.start < before)?.value
}

function includes(list: readonly string[], method: string): boolean {
  return list.includes(method)
}
