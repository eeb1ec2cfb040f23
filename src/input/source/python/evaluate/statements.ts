import type { Assign, AugmentedAssign, Expression, For, If, ImportedName, Match, Statement, Try, While, With } from '../syntax.ts'
import { methodOf } from './classes.ts'
import { binary } from './expressions.ts'
import {
  type ClassBody,
  type Flow,
  type Frame,
  forkFlow,
  joinFlows,
  type Machine,
  NO_WRITES,
  type Writes,
  writesOf,
} from './frame.ts'
import { dictOf, here, joinObjects, objectOf, spreadInto, truthIn } from './heap.ts'
import { iterated } from './iteration.ts'
import { get, newLayer, ownOf, set } from './store.ts'
import type { FunctionInfo } from './symbols.ts'
import { assignTo, deleteTarget } from './targets.ts'
import { escapes, heldClients } from './uses.ts'
import {
  type Abstract,
  dependsOf,
  type FunctionValue,
  type ImportedValue,
  joinValues,
  NONE,
  optionsOf,
  sameValue,
  settle,
  union,
  unknownValue,
} from './value.ts'

/** Evaluates statements in order, until the path ends. */
export function executeStatements(m: Machine, frame: Frame, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (frame.flow.dead || frame.run.steps >= frame.run.limit) return
    if (frame.slice && !frame.slice.has(statement)) continue
    frame.run.steps++
    execute(m, frame, statement)
  }
}

function execute(m: Machine, frame: Frame, node: Statement): void {
  switch (node.kind) {
    case 'expression':
      discard(m, frame, node.value)
      return
    case 'assign':
      assign(m, frame, node)
      return
    case 'augmented':
      augment(m, frame, node)
      return
    case 'return': {
      const value = node.value ? m.evaluateLazily(frame, node.value) : NONE
      frame.returns.push({ value, writes: writesOf(frame.flow, frame.base) })
      frame.flow.dead = true
      return
    }
    case 'raise':
      if (node.value) m.glance(frame, node.value)
      frame.flow.dead = true
      return
    case 'break':
    case 'continue': {
      const loop = frame.loops.at(-1)
      if (loop) (node.kind === 'break' ? loop.breaks : loop.continues).push(writesOf(frame.flow, loop.base))
      frame.flow.dead = true
      return
    }
    case 'if':
      branch(m, frame, node)
      return
    case 'for':
      forLoop(m, frame, node)
      return
    case 'while':
      whileLoop(m, frame, node)
      return
    case 'try':
      tryStatement(m, frame, node)
      return
    case 'with':
      withStatement(m, frame, node)
      return
    case 'match':
      matchStatement(m, frame, node)
      return
    case 'function':
      define(m, frame, node)
      return
    case 'class':
      defineClass(m, frame, node)
      return
    case 'import':
      for (const name of node.names) importModule(m, frame, name)
      return
    case 'import-from':
      for (const name of node.names) importName(m, frame, node.level, node.module, name)
      return
    case 'delete':
      for (const target of node.targets) deleteTarget(m, frame, target, here(frame, node))
      return
    case 'assert':
      m.glance(frame, node.test)
      return
    case 'unknown-statement':
      for (const part of node.parts) m.evaluate(frame, part)
      return
    case 'global':
    case 'nonlocal':
    case 'pass':
      return
  }
}

/** Evaluates what stands as a statement. A function that is put off was given nothing that it could change: nothing will ask for it. */
function discard(m: Machine, frame: Frame, node: Expression): void {
  const call = node.kind === 'await' ? node.value : node
  frame.run.discarded = call
  if (call.kind === 'call' && call.callee.kind === 'name') m.evaluateLazily(frame, node)
  else m.evaluate(frame, node)
}

function assign(m: Machine, frame: Frame, node: Assign): void {
  const location = here(frame, node)
  if (!node.value) return
  const value = frame.kind === 'class' ? m.evaluate(frame, node.value) : m.evaluateLazily(frame, node.value)
  for (const target of node.targets) {
    assignTo(m, frame, target, value, location)
    if (target.kind === 'name' && frame.kind === 'module') m.stateOf(frame.module.path)?.definitions.set(target.name, location)
  }
}

function augment(m: Machine, frame: Frame, node: AugmentedAssign): void {
  const before = m.evaluate(frame, node.target)
  const value = m.evaluate(frame, node.value)
  const dict = node.operator === '|' && optionsOf(before).length === 1 ? dictOf(m, frame, before) : undefined
  // `|=` changes the dict itself, for every name that holds it.
  if (dict) spreadInto(m, frame, dict.id, value, here(frame, node), 'the right side of |=')
  else assignTo(m, frame, node.target, binary(m, frame, node.operator, before, value, node), here(frame, node))
}

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

function branch(m: Machine, frame: Frame, node: If): void {
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

/** Up to this many known items, and statements in the body, a loop is evaluated item by item. */
const UNROLLED_ITEMS = 8
const UNROLLED_STATEMENTS = 12

function forLoop(m: Machine, frame: Frame, node: For): void {
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

function whileLoop(m: Machine, frame: Frame, node: While): void {
  const test = settle(frame, m.glance(frame, node.test))
  const truth = truthIn(frame, test)
  if (truth === false) {
    m.execute(frame, node.otherwise)
    return
  }
  loop(m, frame, node.body, node.otherwise, truth !== true, () => undefined, dependsOf(test))
}

/**
 * Evaluates a loop's body, and a second time from what one or more rounds leave where that can matter. `mayEnd` is false for `while True`,
 * which only a break leaves.
 */
function loop(
  m: Machine,
  frame: Frame,
  body: readonly Statement[],
  otherwise: readonly Statement[],
  mayEnd: boolean,
  bind: () => void,
  depends: readonly FunctionInfo[],
): void {
  const base = frame.flow
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

function tryStatement(m: Machine, frame: Frame, node: Try): void {
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

function withStatement(m: Machine, frame: Frame, node: With): void {
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

function matchStatement(m: Machine, frame: Frame, node: Match): void {
  const subject = m.evaluate(frame, node.subject)
  const paths = node.cases.map((one) => () => {
    for (const name of one.captures) set(frame.flow.vars, name, unknownValue('a part of what is matched'))
    if (one.guard) m.evaluate(frame, one.guard)
    m.execute(frame, one.body)
  })
  if (!node.cases.some((one) => one.irrefutable)) paths.push(() => undefined)
  alternatives(m, frame, paths, dependsOf(subject))
}

function define(m: Machine, frame: Frame, node: Extract<Statement, { kind: 'function' }>): void {
  const info = frame.module.symbols.infoOf.get(node)
  if (!info) return
  const value: FunctionValue = { kind: 'function', info, ...(frame.kind === 'function' ? { closure: frame } : {}) }
  assignTo(m, frame, { kind: 'name', name: node.name, start: node.start, end: node.end }, value, here(frame, node.nameSpan))
  if (frame.kind === 'function') frame.nested.push({ info, frame })
  // Decorators are calls: FastStream's subscribers and faust's agents are declared by them.
  for (const decorator of node.decorators) {
    const applied = m.evaluate(frame, decorator)
    escapes(frame, applied, 'it decorates a function', here(frame, decorator))
  }
}

function defineClass(m: Machine, frame: Frame, node: Extract<Statement, { kind: 'class' }>): void {
  const info = frame.module.symbols.classOf.get(node)
  if (!info) return
  const bases = node.bases.map((base) => m.evaluate(frame, base))
  const decorators = node.decorators.map((decorator) => m.evaluate(frame, decorator))
  const outer = frame.flow
  const flow = { ...outer, vars: newLayer(outer.vars) }
  const attributes = new Map<string, Abstract>()
  const definitions: ClassBody['definitions'] = new Map()
  // Known before its body is evaluated: methods that are called there may ask for it.
  m.setBody(info, { attributes, bases, definitions, decorators })
  const inner: Frame = {
    ...frame,
    kind: 'class',
    flow,
    base: flow,
    loops: [],
    locals: new Set(),
    returns: [],
    yields: [],
    slice: undefined,
  }
  for (const statement of node.body) {
    m.execute(inner, [statement])
    if (statement.kind === 'assign')
      for (const target of statement.targets)
        if (target.kind === 'name' && statement.value) definitions.set(target.name, here(frame, statement))
    for (const [name, value] of ownOf(flow.vars)) attributes.set(name, value)
  }
  assignTo(
    m,
    frame,
    { kind: 'name', name: node.name, start: node.start, end: node.end },
    { kind: 'class', info },
    here(frame, node.nameSpan),
  )
}

function importModule(m: Machine, frame: Frame, name: ImportedName): void {
  const [top] = name.name.split('.') as [string]
  const bound = name.alias === undefined ? top : name.name
  const place = m.clients.isLibrary(bound) ? undefined : m.modules.resolve(frame.module.path, 0, bound)
  const value: Abstract = place ? { kind: 'module', place, dotted: bound } : { kind: 'external', path: bound }
  bind(m, frame, name.alias ?? top, value)
}

function importName(m: Machine, frame: Frame, level: number, module: string, name: ImportedName): void {
  const place = m.modules.resolve(frame.module.path, level, module)
  const dotted = `${'.'.repeat(level)}${module}`
  if (name.name === '*') {
    const star: ImportedValue | undefined = place && { kind: 'imported', place, name: '*', dotted, at: here(frame, name) }
    if (star && frame.kind === 'module') m.stateOf(frame.module.path)?.stars.push(star)
    else if (!place) bindExternalStar(m, frame, dotted)
    return
  }
  const library = level === 0 && m.clients.isLibrary(module)
  const value: Abstract =
    place && !library
      ? { kind: 'imported', place, name: name.name, dotted, at: here(frame, name) }
      : level > 0
        ? unknownValue(`${dotted} is not found in the project`)
        : { kind: 'external', path: `${module}.${name.name}` }
  bind(m, frame, name.alias ?? name.name, value)
}

/** `from kafka import *`: the names that matter are those of the clients. */
function bindExternalStar(m: Machine, frame: Frame, module: string): void {
  for (const name of m.clients.exportsOf(module)) bind(m, frame, name, { kind: 'external', path: `${module}.${name}` })
}

function bind(m: Machine, frame: Frame, name: string, value: Abstract): void {
  assignTo(m, frame, { kind: 'name', name, start: 0, end: 0 }, value, here(frame, { start: 0, end: 0 }))
}
