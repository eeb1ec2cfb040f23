import type { Node } from '../../../../model/handler.ts'
import type { Call } from '../syntax.ts'
import { walk } from '../walk.ts'
import { at, type Context, type Origin } from './context.ts'
import { calledBack } from './given.ts'
import { functionOf } from './scope.ts'
import type { Follow, NodesOf, Usage } from './usage.ts'

const CHAINED = new Set(['then', 'catch', 'finally'])

/** `promise.then(…)`, `.catch(…)`, `.finally(…)`: the promise, then what is done with its outcome. Undefined for any other call. */
export function chainNodes(
  ctx: Context,
  call: Call,
  follow: Follow,
  usage: Usage,
  nodesOf: NodesOf,
): readonly Node[] | undefined {
  const { callee } = call
  if (callee.kind !== 'attribute' || !CHAINED.has(callee.name)) return undefined
  const caught = usage.caught === true || callee.name === 'catch' || (callee.name === 'then' && call.positional.length > 1)
  const alone = !usage.awaited && usage.result === 'dropped'
  // as a whole it is waited for or not: what stands inside is then done in order
  const inner: Usage = { ...usage, caught, ...(alone ? { awaited: true } : {}) }
  const before = nodesOf(ctx, callee.object, follow, inner)
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
  nodesOf: NodesOf,
): readonly Node[] | undefined {
  if (dotted === undefined || !ALL.has(dotted)) return undefined
  const alone = !usage.awaited && usage.result === 'dropped'
  const nodes = call.positional.flatMap((arg) => nodesOf(ctx, arg, follow, { awaited: true, result: 'used' }))
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

/** True in a function that `new Promise` is given for the call of what rejects the promise: whoever waits for it is thrown at. */
export function rejects({ scope: { info } }: Context, { callee }: Call): boolean {
  return (
    info !== undefined && /^Promise'/.test(info.name) && callee.kind === 'name' && info.node.parameters[1]?.name === callee.name
  )
}

/** True where a function that is written in the call tells the function around it that it is done: it calls what that one was given to call. */
export function tellsAround({ modules, scope }: Context, call: Call): boolean {
  const given = new Set(scope.info?.node.parameters.map(({ name }) => name))
  let told = false
  for (const arg of call.positional)
    for (const statement of functionOf(modules, scope, arg)?.node.body ?? [])
      walk(statement, (node) => {
        told ||= node.kind === 'call' && node.callee.kind === 'name' && given.has(node.callee.name)
        return !told
      })
  return told
}
