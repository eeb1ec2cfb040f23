import type { Node } from '../../../../model/handler.ts'
import type { Call, Expression } from '../syntax.ts'
import { at, type Context, type Origin } from './context.ts'
import { originsOf } from './origins.ts'
import { functionOf } from './scope.ts'
import type { Follow, Usage } from './usage.ts'

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
    method !== undefined && ctx.modules.language.words.callsBack?.has(method) && callee.kind === 'attribute'
      ? originsOf(ctx, callee.object)
      : undefined
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
export function calledBack(
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
