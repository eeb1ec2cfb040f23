import type { Node } from '../../../../model/handler.ts'
import type { Call, Expression } from '../syntax.ts'
import type { Follow, Usage } from './calls.ts'
import { at, type Context, type Origin } from './context.ts'
import { expressionNodes } from './expressions.ts'
import { originsOf } from './origins.ts'
import { functionOf } from './scope.ts'

const CHAINED = new Set(['then', 'catch', 'finally'])

/** `promise.then(…)`, `.catch(…)`, `.finally(…)`: the promise, then what is done with its outcome. Undefined for any other call. */
export function chainNodes(ctx: Context, call: Call, follow: Follow, usage: Usage): readonly Node[] | undefined {
  const { callee } = call
  if (callee.kind !== 'attribute' || !CHAINED.has(callee.name)) return undefined
  const caught = usage.caught === true || callee.name === 'catch' || (callee.name === 'then' && call.positional.length > 1)
  const alone = !usage.awaited && usage.result === 'dropped'
  // as a whole it is waited for or not: what stands inside is then done in order
  const inner: Usage = { ...usage, caught, ...(alone ? { awaited: true } : {}) }
  const before = expressionNodes(ctx, callee.object, follow, inner)
  const [first, second] = call.positional.map((arg) => calledBack(ctx, arg, follow, new Set<Origin>(), call))
  const onFailure = callee.name === 'catch' ? (first ?? []) : second
  const onSuccess = callee.name === 'catch' ? [] : (first ?? [])
  const body: readonly Node[] =
    onFailure === undefined
      ? [...before, ...onSuccess]
      : [
          {
            kind: 'attempt',
            ...at(ctx, call),
            body: before,
            catches: [{ ...at(ctx, call), takes: 'all', recovers: false, body: onFailure }],
            otherwise: onSuccess,
            finally: [],
          },
        ]
  if (!alone || body.length === 0) return body
  return [{ kind: 'hand-off', ...at(ctx, call), to: 'task', body }]
}

const ALL = new Set(['Promise.all', 'Promise.allSettled', 'Promise.race', 'Promise.any'])

/** `Promise.all(messages.map(…))`: all at once, and waited for together. Undefined for any other call. */
export function togetherNodes(
  ctx: Context,
  call: Call,
  dotted: string | undefined,
  follow: Follow,
  usage: Usage,
): readonly Node[] | undefined {
  if (dotted === undefined || !ALL.has(dotted)) return undefined
  const alone = !usage.awaited && usage.result === 'dropped'
  const nodes = call.positional.flatMap((arg) => expressionNodes(ctx, arg, follow, { awaited: true, result: 'used' }))
  if (nodes.length === 0) return []
  const body: readonly Node[] =
    dotted === 'Promise.allSettled'
      ? [
          {
            kind: 'attempt',
            ...at(ctx, call),
            body: nodes,
            catches: [{ ...at(ctx, call), takes: 'all', recovers: false, body: [] }],
            otherwise: [],
            finally: [],
          },
        ]
      : nodes
  return alone ? [{ kind: 'hand-off', ...at(ctx, call), to: 'task', body }] : body
}

const OVER_ITEMS = new Set(['map', 'forEach', 'flatMap', 'filter', 'reduce', 'some', 'every'])

/** What functions that a call is given do, where it calls them: for each item of a list, or once. Undefined where it is given none that acts. */
export function callbackNodes(
  ctx: Context,
  call: Call,
  method: string | undefined,
  usage: Usage,
  follow: Follow,
): readonly Node[] | undefined {
  const { callee } = call
  const items =
    method !== undefined && OVER_ITEMS.has(method) && callee.kind === 'attribute' ? originsOf(ctx, callee.object) : undefined
  const overBatch = items?.has('batch') === true
  const inside: Context = overBatch ? { ...ctx, inBatch: true } : ctx
  const given: ReadonlySet<Origin> = overBatch ? new Set<Origin>(['message']) : (items ?? new Set<Origin>())
  const found = call.positional.flatMap((arg) => {
    const info = functionOf(ctx.modules, ctx.scope, arg)
    if (!info) return []
    const body = calledBack(inside, arg, follow, given, call) ?? []
    // a list's method calls an asynchronous function and does not wait for it
    const left = items !== undefined && info.node.async && (method === 'forEach' || usage.result === 'dropped')
    return body.length === 0 ? [] : left ? [{ kind: 'hand-off' as const, ...at(ctx, call), to: 'task' as const, body }] : body
  })
  if (found.length === 0) return undefined
  if (/^\$?transaction$|^withTransaction$/.test(method ?? '')) return [{ kind: 'together', ...at(ctx, call), body: found }]
  if (items === undefined) return found
  return [{ kind: 'loop', ...at(ctx, call), over: overBatch ? 'messages' : 'other', body: found }]
}

/** The body of a function that is called back, with what its first parameter is of the message. */
function calledBack(
  ctx: Context,
  arg: Expression,
  follow: Follow,
  given: ReadonlySet<Origin>,
  call: Call,
): readonly Node[] | undefined {
  const info = functionOf(ctx.modules, ctx.scope, arg)
  if (!info || ctx.stack.includes(info) || ctx.stack.length >= 8) return info ? [] : undefined
  const name = "given'"
  const origins = new Map(ctx.origins)
  origins.set(name, given)
  const span = { start: call.start, end: call.end }
  const made: Call = { kind: 'call', callee: arg, positional: [{ kind: 'name', name, ...span }], keywords: [], ...span }
  return follow({ ...ctx, origins }, made, info)
}

/** What a framework hands over beside the message: functions that say what is done. Undefined for any other call. */
export function payloadStep(ctx: Context, call: Call, usage: Usage): readonly Node[] | undefined {
  const { callee } = call
  const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : undefined
  const holder = callee.kind === 'attribute' ? callee.object : callee
  if (name === undefined || !ctx.modules.language.words.promises) return undefined
  const origins = originsOf(ctx, holder)
  if (!origins.has('batch') && !origins.has('message') && !origins.has('value')) return undefined
  if (name === 'resolveOffset') return [{ kind: 'store', ...at(ctx, call), what: 'message' }]
  if (name === 'commitOffsetsIfNecessary')
    return [
      {
        kind: 'commit',
        ...at(ctx, call),
        mode: usage.awaited ? 'sync' : 'async',
        what: 'stored',
        checked: usage.awaited,
        limited: call.positional.length === 0,
      },
    ]
  return name === 'heartbeat' || name === 'pause' || name === 'isRunning' || name === 'isStale' ? [] : undefined
}
