import { unknown, type Value } from '../../../../model/value.ts'
import type { Call, Expression } from '../syntax.ts'
import { dotted, rootOf, type Unit } from './calls.ts'
import type { RedisCall, RedisDialect } from './dialect.ts'

/** How a command reaches Redis: by itself, or in a pipeline that is one transaction or not. */
export type Channel =
  | { readonly kind: 'direct' }
  | { readonly kind: 'pipeline'; readonly name: string; readonly transaction: boolean }

/** One Redis command that bears on expiry, in source order. */
export interface Command extends Omit<RedisCall, 'ttl'> {
  readonly call: Call
  readonly channel: Channel
  /** For marks: the time to live given with the command; absent when none is. */
  readonly ttl?: Value
  /** Nobody looks at the answer: not a test whether the key was free. */
  readonly unanswered: boolean
}

/** The expiry command of a call, if it is one. `isRedis` says whether an expression provably is a Redis client of this module, or provably is none. */
export function commandOf(
  call: Call,
  unit: Unit,
  dialect: RedisDialect,
  isRedis: (receiver: Expression) => boolean | undefined,
): Command | undefined {
  if (call.callee.kind !== 'attribute') return undefined
  const recognised = dialect.command(call)
  if (!recognised) return undefined
  const { ttl: written, ...rest } = recognised
  const client = isRedis(call.callee.object)
  if (client === false || (recognised.needsClient && !client)) return undefined
  const ttl =
    written === 'hidden' ? unknown('further options are spread into the call') : written && given(written.amount, unit, call)
  return {
    ...rest,
    call,
    channel: channelOf(call.callee.object, unit, call.start, dialect),
    unanswered: !recognised.needsClient && unit.discarded.has(call) && !hasCallback(call),
    ...(ttl ? { ttl } : {}),
  }
}

/** A function that is written as an argument learns the answer. */
function hasCallback(call: Call): boolean {
  return call.positional.some((one) => one.kind === 'name' && one.name.includes("'"))
}

/** A time to live as far as it can be said: None is none; a parameter that defaults to None may be none. */
function given(expression: Expression, unit: Unit, call: Call): Value | undefined {
  if (expression.kind === 'none') return undefined
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
function channelOf(receiver: Expression, unit: Unit, before: number, dialect: RedisDialect): Channel {
  const root = rootOf(receiver, dialect)
  const made = root.kind === 'call' ? root : lastBinding(dotted(root), unit, before)
  const pipeline =
    made?.kind === 'call' && made.callee.kind === 'attribute' ? dialect.pipeline(made.callee.name, made) : undefined
  if (made && pipeline)
    return { kind: 'pipeline', name: `${dotted(root) ?? ''}@${made.start}`, transaction: pipeline.transaction }
  const name = dotted(root)
  // a pipeline handed in as a parameter: named so in practice, and then a transaction unless its maker said otherwise
  if (name !== undefined && /(^|[._])(?:pipe(line)?|multi|tx)$/.test(name)) return { kind: 'pipeline', name, transaction: true }
  return { kind: 'direct' }
}

function lastBinding(name: string | undefined, unit: Unit, before: number): Expression | undefined {
  if (name === undefined) return undefined
  return unit.bindings.findLast((b) => b.name === name && b.start < before)?.value
}
