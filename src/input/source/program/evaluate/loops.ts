import type { Expression, For, Statement, While } from '../syntax.ts'
import { walk } from '../walk.ts'
import { counterOf } from './counting.ts'
import { type Flow, forkFlow, joinFlows, NO_WRITES, type Writes, writesOf } from './flow.ts'
import type { Frame, Machine } from './frame.ts'
import { here, truthIn } from './heap.ts'
import { iterated } from './iteration.ts'
import { joinObjects } from './join.ts'
import { get } from './store.ts'
import type { FunctionInfo } from './symbols.ts'
import { assignTo } from './targets.ts'
import { heldClients } from './uses.ts'
import { type Abstract, dependsOf, joinValues, sameValue, settle, unknownValue } from './value.ts'

/** Up to this many known items, and statements in the body, a loop is evaluated item by item. */
const UNROLLED_ITEMS = 8

const UNROLLED_STATEMENTS = 12

export function forLoop(m: Machine, frame: Frame, node: For): void {
  const iterable = m.evaluate(frame, node.iterable)
  for (const client of heldClients(frame, iterable)) m.clients.method(m, frame, client, '__iter__', [], node.iterable)
  const { items, open, depends } = iterated(m, frame, iterable)
  const location = here(frame, node.target)
  if (open === undefined && items.length <= UNROLLED_ITEMS && node.body.length <= UNROLLED_STATEMENTS && frame.loops.length < 2) {
    unroll(m, frame, node, items)
    return
  }
  const item =
    items.length > 0
      ? joinValues(open === undefined ? items : [...items, unknownValue(open, depends)])
      : unknownValue(open ?? 'an item', depends)
  loop(m, frame, node.body, node.otherwise, true, () => assignTo(m, frame, node.target, item, location), [])
}

function unroll(m: Machine, frame: Frame, node: For, items: readonly Abstract[]): void {
  const base = frame.flow
  const breaks: Writes[] = []
  frame.flow = forkFlow(base)
  for (const item of items) {
    if (frame.flow.dead) break
    const start = frame.flow
    const continues: Writes[] = []
    // Breaks leave the whole loop, so they are taken from its start.
    frame.loops.push({ base: start, breaks: [], continues })
    const loop = frame.loops.at(-1)
    frame.flow = forkFlow(start)
    assignTo(m, frame, node.target, item, here(frame, node.target))
    m.execute(frame, node.body)
    frame.loops.pop()
    const alive = [...continues]
    if (!frame.flow.dead) alive.push(writesOf(frame.flow, start))
    for (const left of loop?.breaks ?? []) breaks.push(merged(writesOf(start, base), left))
    frame.flow = start
    if (alive.length === 0) start.dead = true
    else joinFlows(start, alive, joinObjects)
  }
  const alive = [...breaks]
  if (!frame.flow.dead) {
    m.execute(frame, node.otherwise)
    if (!frame.flow.dead) alive.push(writesOf(frame.flow, base))
  }
  frame.flow = base
  if (alive.length === 0) base.dead = true
  else joinFlows(base, alive, joinObjects)
}

function merged(first: Writes, second: Writes): Writes {
  return {
    vars: new Map([...first.vars, ...second.vars]),
    heap: new Map([...first.heap, ...second.heap]),
    globals: new Map([...first.globals, ...second.globals]),
  }
}

export function whileLoop(m: Machine, frame: Frame, node: While): void {
  const test = settle(frame, m.glance(frame, node.test))
  const truth = truthIn(frame, test)
  if (truth === false) {
    m.execute(frame, node.otherwise)
    return
  }
  // what a variable holds may be changed by statements that are not followed: only a test that is written down never changes
  const forever = truth === true && (node.test.kind === 'boolean' || node.test.kind === 'number')
  loop(m, frame, node.body, node.otherwise, !forever, () => undefined, dependsOf(test))
}

const COUNTERS = new WeakMap<readonly Statement[], readonly Expression[]>()

/** Variables that count in every turn (`count += 1`): what they are in the first two says nothing of the hundredth. */
function countersIn(body: readonly Statement[]): readonly Expression[] {
  const known = COUNTERS.get(body)
  if (known) return known
  const found: Expression[] = []
  for (const statement of body)
    walk(statement, (node) => {
      const counter = node.kind === 'augmented' || node.kind === 'assign' ? counterOf(node) : undefined
      if (counter?.kind === 'name') found.push(counter)
      return node.kind !== 'function' && node.kind !== 'lambda'
    })
  COUNTERS.set(body, found)
  return found
}

/**
 * Evaluates a loop's body, and a second time from what one or more rounds leave where that can matter. `mayEnd` is false for `while True`,
 * which only a break leaves.
 */
export function loop(
  m: Machine,
  frame: Frame,
  body: readonly Statement[],
  otherwise: readonly Statement[],
  mayEnd: boolean,
  bind: () => void,
  depends: readonly FunctionInfo[],
): void {
  const base = frame.flow
  for (const counter of countersIn(body)) assignTo(m, frame, counter, unknownValue('it counts in a loop'), here(frame, counter))
  const rounds = frame.loops.length < 2 ? 2 : 1
  let ends: Writes[] = []
  const breaks: Writes[] = []
  let before: readonly Writes[] = []
  const made = frame.run.events.length
  for (let round = 0; round < rounds; round++) {
    const start = forkFlow(base)
    if (before.length > 0) joinFlows(start, [NO_WRITES, ...before], joinObjects, depends)
    const entry = { base, breaks: [] as Writes[], continues: [] as Writes[] }
    frame.loops.push(entry)
    frame.flow = forkFlow(start)
    bind()
    m.execute(frame, body)
    frame.loops.pop()
    ends = [...entry.continues]
    if (!frame.flow.dead) ends.push(writesOf(frame.flow, base))
    breaks.push(...entry.breaks)
    before = ends
    if (ends.length === 0 || (frame.run.events.length === made && !ends.some((end) => mattersNext(frame, base, end)))) break
  }
  frame.flow = base
  const exits: Writes[] = [...breaks]
  if (mayEnd) {
    frame.flow = forkFlow(base)
    joinFlows(frame.flow, [NO_WRITES, ...ends], joinObjects, depends)
    m.execute(frame, otherwise)
    if (!frame.flow.dead) exits.push(writesOf(frame.flow, base))
    frame.flow = base
  }
  if (exits.length === 0) base.dead = true
  else joinFlows(base, exits, joinObjects, depends)
}

/** Whether a round changed something that was there before it, in a way that the next one may see: plain values aside. */
function mattersNext(frame: Frame, base: Flow, end: Writes): boolean {
  const plain = (value: Abstract | undefined) => value === undefined || PLAIN.has(value.kind)
  for (const [name, value] of end.vars) {
    const old = get(base.vars, name)
    if (old && !(plain(old) && plain(value)) && !sameValue(old, value)) return true
  }
  for (const [id, object] of end.heap) {
    const old = get(base.heap, id) ?? frame.run.initial.get(id)
    if (!old || old === object) continue
    if (object.kind !== 'instance' || old.kind !== 'instance') return true
    for (const [name, value] of object.attributes) {
      const was = old.attributes.get(name)
      if (was && !(plain(was) && plain(value)) && !sameValue(was, value)) return true
    }
  }
  for (const [name, value] of end.globals) {
    const old = get(base.globals, name)
    if (!plain(value) && (!old || !sameValue(old, value))) return true
  }
  return false
}

const PLAIN = new Set(['constant', 'environment', 'unknown', 'generated', 'opaque', 'external', 'parameter'])
