import type { If, Match, Try, With } from '../syntax.ts'
import { methodOf } from './classes.ts'
import { forkFlow, joinFlows, NO_WRITES, type Writes, writesOf } from './flow.ts'
import type { Frame, Machine } from './frame.ts'
import { here, objectOf, truthIn } from './heap.ts'
import { joinObjects } from './join.ts'
import { set } from './store.ts'
import type { FunctionInfo } from './symbols.ts'
import { assignTo } from './targets.ts'
import { heldClients } from './uses.ts'
import { type Abstract, dependsOf, type FunctionValue, joinValues, settle, union, unknownValue } from './value.ts'

/** Runs each alternative from the same point and joins what they leave. */
function alternatives(_m: Machine, frame: Frame, paths: readonly (() => void)[], depends: readonly FunctionInfo[]): void {
  const base = frame.flow
  const outer = frame.depends
  frame.depends = union(outer, depends)
  const alive: Writes[] = []
  for (const path of paths) {
    frame.flow = forkFlow(base)
    path()
    if (!frame.flow.dead) alive.push(writesOf(frame.flow, base))
  }
  frame.flow = base
  frame.depends = outer
  if (alive.length === 0) base.dead = true
  else joinFlows(base, alive, (values) => joinObjects(values, depends), depends)
}

export function branch(m: Machine, frame: Frame, node: If): void {
  const test = settle(frame, m.glance(frame, node.test))
  const truth = isMainGuard(node) ? true : truthIn(frame, test)
  if (truth !== undefined) {
    m.execute(frame, truth ? node.body : node.otherwise)
    return
  }
  alternatives(m, frame, [() => m.execute(frame, node.body), () => m.execute(frame, node.otherwise)], dependsOf(test))
}

/** `if __name__ == "__main__":` */
function isMainGuard(node: If): boolean {
  const { test } = node
  return (
    test.kind === 'compare' &&
    test.operator === '==' &&
    [test.left, test.right].some((side) => side.kind === 'name' && side.name === '__name__')
  )
}

export function tryStatement(m: Machine, frame: Frame, node: Try): void {
  const base = frame.flow
  const alive: Writes[] = []
  const all: Writes[] = []
  frame.flow = forkFlow(base)
  m.execute(frame, node.body)
  const body = writesOf(frame.flow, base)
  all.push(body)
  if (!frame.flow.dead) {
    m.execute(frame, node.otherwise)
    all.push(writesOf(frame.flow, base))
    if (!frame.flow.dead) alive.push(writesOf(frame.flow, base))
  }
  for (const handler of node.handlers) {
    // The body may have failed before it did anything, or at its end.
    frame.flow = forkFlow(base)
    frame.flow.dead = false
    joinFlows(frame.flow, [NO_WRITES, body], joinObjects)
    if (handler.name) set(frame.flow.vars, handler.name, unknownValue('an exception'))
    m.execute(frame, handler.body)
    all.push(writesOf(frame.flow, base))
    if (!frame.flow.dead) alive.push(writesOf(frame.flow, base))
  }
  frame.flow = base
  const dead = alive.length === 0
  joinFlows(base, dead ? [NO_WRITES, ...all] : alive, joinObjects)
  // `finally` runs even where nothing goes on after it.
  base.dead = false
  m.execute(frame, node.finally)
  if (dead) base.dead = true
}

export function withStatement(m: Machine, frame: Frame, node: With): void {
  for (const item of node.items) {
    const context = m.evaluate(frame, item.context)
    const entered = enterContext(m, frame, context, node)
    for (const client of heldClients(frame, entered)) m.clients.method(m, frame, client, '__enter__', [], item.context)
    if (item.target) assignTo(m, frame, item.target, entered, here(frame, item.target))
  }
  m.execute(frame, node.body)
}

/** What `with … as x` binds: most objects give themselves. */
function enterContext(m: Machine, frame: Frame, context: Abstract, node: With): Abstract {
  if (context.kind === 'choice') return joinValues(context.options.map((option) => enterContext(m, frame, option, node)))
  const held = objectOf(frame, context)
  if (held?.kind === 'instance') {
    const method = methodOf(m, held.info, '__enter__') ?? methodOf(m, held.info, '__aenter__')
    if (!method) return context
    const callee: FunctionValue = { kind: 'function', info: method, self: context }
    const at = { start: node.start, end: node.start }
    return m.callValue(frame, callee, [], {
      kind: 'call',
      callee: { kind: 'unknown', ...at },
      positional: [],
      keywords: [],
      ...at,
    })
  }
  return context
}

export function matchStatement(m: Machine, frame: Frame, node: Match): void {
  const subject = m.evaluate(frame, node.subject)
  const paths = node.cases.map((one) => () => {
    for (const name of one.captures) set(frame.flow.vars, name, unknownValue('a part of what is matched'))
    if (one.guard) m.evaluate(frame, one.guard)
    m.execute(frame, one.body)
  })
  if (!node.cases.some((one) => one.irrefutable)) paths.push(() => undefined)
  alternatives(m, frame, paths, dependsOf(subject))
}
