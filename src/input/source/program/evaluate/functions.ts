import type { Call } from '../syntax.ts'
import { bindArguments } from './bind.ts'
import { hasDecorator, isStatic } from './classes.ts'
import { forkFlow, joinFlows, writesOf } from './flow.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { newList } from './heap.ts'
import { joinObjects } from './join.ts'
import { releaseArguments } from './release.ts'
import { isMutable, settledResult } from './settled.ts'
import { newLayer, ownOf, set } from './store.ts'
import { type FunctionInfo, localNames } from './symbols.ts'
import { type Abstract, type CallSite, dependsOf, type FunctionValue, joinValues, NONE, unknownValue } from './value.ts'

export const MAX_DEPTH = 7

/** Statements, calls included, for which a function is followed that does not look as if it were about clients. */
const PASSING_STEPS = 30

/** The value a function's parameter takes when it is not given, evaluated where the function was defined. */
export function defaultsOf(
  m: Machine,
  frame: Frame,
  info: FunctionInfo,
  closure: Frame | undefined,
): (name: string) => Abstract | undefined {
  return (name) => {
    const expression = info.node.parameters.find((p) => p.name === name)?.default
    if (!expression) return undefined
    const state = m.stateOf(info.path)
    const around = closure ?? state?.frame
    if (!around) return undefined
    // Read-only: a default is evaluated once, when the function is defined.
    const reader: Frame = {
      ...around,
      run: frame.run,
      chain: frame.chain,
      flow: { ...forkFlow(around.flow), heap: frame.flow.heap, dead: false },
    }
    return m.evaluateLazily(reader, expression)
  }
}

export function callFunction(m: Machine, frame: Frame, callee: FunctionValue, args: readonly Argument[], node: Call): Abstract {
  const { info } = callee
  const file = m.modules.load(info.path)
  const passing = frame.run.shallow > 0 && !args.some((arg) => isMutable(frame, arg.value))
  const recursive = frame.run.active.filter((active) => active === info).length > 1
  if (!file || passing || recursive || frame.run.active.length >= MAX_DEPTH || frame.run.steps >= frame.run.limit) {
    releaseArguments(m, frame, args, node)
    return unknownValue(
      `the result of ${info.qualified} is not followed`,
      args.flatMap((arg) => dependsOf(arg.value)),
    )
  }
  const settled = settledResult(m, frame, callee, args, frame.run.discarded === node)
  if (settled) return settled
  const closure = callee.closure as Frame | undefined
  const self = callee.self
  const skip = self && !isStatic(info) ? 1 : 0
  const bound = bindArguments(m, frame, info, args, skip, node, defaultsOf(m, frame, info, closure))
  const call: CallSite = { path: frame.module.path, start: node.start, end: node.end, callee: info }
  const handed = [...bound].filter(([, value]) => isMutable(frame, value)).map(([name]) => name)
  const inner = enter(m, frame, info, closure, self, [...frame.chain, call], m.slices.ofFunction(info, handed))
  if (skip === 1 && self) {
    const first = info.node.parameters[0]
    if (first) bound.set(first.name, self)
  }
  for (const [name, value] of bound) set(inner.flow.vars, name, value)
  const { run } = frame
  const { limit } = run
  if (!isTelling(m, info) && !args.some((arg) => isMutable(frame, arg.value)))
    run.limit = Math.min(limit, run.steps + PASSING_STEPS)
  const result = finish(m, frame, inner, info)
  const left = run.steps >= run.limit
  run.limit = limit
  if (!left || run.steps >= limit) return result
  releaseArguments(m, frame, args, node)
  return unknownValue(`the result of ${info.qualified} is not followed`)
}

const TELLING = /kafka|consum|produc|broker|bootstrap|group|config|conf\b|setting|environ|getenv|client|topic|stream/i

const told = new WeakMap<FunctionInfo, boolean>()

/** Whether a function's text looks as if it were about clients or their options. */
export function isTelling(m: Machine, info: FunctionInfo): boolean {
  let telling = told.get(info)
  if (telling === undefined) {
    const text = m.modules.load(info.path)?.text ?? ''
    telling = TELLING.test(text.slice(info.node.start, info.node.end))
    told.set(info, telling)
  }
  return telling
}

/** A frame for a function called from another: its own names, the same heap. */
function enter(
  m: Machine,
  frame: Frame,
  info: FunctionInfo,
  closure: Frame | undefined,
  self: Abstract | undefined,
  chain: readonly CallSite[],
  slice: Frame['slice'],
): Frame {
  const file = m.modules.load(info.path) as Frame['module']
  const base = {
    vars: newLayer<string, Abstract>(),
    heap: newLayer(frame.flow.heap),
    globals: newLayer(frame.flow.globals),
    dead: false,
  }
  return {
    kind: 'function',
    run: frame.run,
    module: file,
    info,
    locals: localNames(info.node),
    ...(closure ? { parent: closure } : {}),
    ...(self ? { self } : {}),
    chain,
    base,
    flow: base,
    returns: [],
    yields: [],
    loops: [],
    nested: [],
    depends: frame.depends,
    ...(slice ? { slice } : {}),
  }
}

/** Evaluates the body and brings what it did to the heap back to the caller. */
function finish(m: Machine, caller: Frame, inner: Frame, info: FunctionInfo): Abstract {
  const { run } = caller
  run.active.push(info)
  run.executed.add(info)
  const value = runBody(m, inner, info)
  run.active.pop()
  for (const [id, object] of ownOf(inner.flow.heap)) set(caller.flow.heap, id, object)
  for (const [name, assigned] of ownOf(inner.flow.globals)) set(caller.flow.globals, name, assigned)
  caller.nested.push(...inner.nested)
  return value
}

/** Evaluates a function's body in its frame: the value it gives, with the flow joined over all its returns. */
export function runBody(m: Machine, inner: Frame, info: FunctionInfo): Abstract {
  const start = inner.flow
  inner.flow = forkFlow(start)
  m.execute(inner, info.node.body)
  const exits = inner.returns.map((exit) => exit.writes)
  const values = inner.returns.map((exit) => exit.value)
  if (!inner.flow.dead) {
    exits.push(writesOf(inner.flow, start))
    if (inner.yields.length === 0) values.push(NONE)
  }
  // what never returns has still done what it did, and functions inside of it may run meanwhile
  const last = exits.length > 0 ? exits : [writesOf(inner.flow, start)]
  inner.flow = start
  joinFlows(start, last, joinObjects, inner.depends)
  start.dead = false
  if (inner.yields.length > 0) {
    if (hasDecorator(info, 'contextmanager', 'asynccontextmanager', 'fixture')) return joinValues(inner.yields)
    return newList(m, inner, inner.yields, false, 'a generator')
  }
  if (exits.length === 0) return unknownValue(`${info.qualified} never returns`)
  return joinValues(values, inner.depends)
}
