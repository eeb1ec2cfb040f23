import { openParameters } from './bind.ts'
import { isStatic, symbolicInstance } from './classes.ts'
import { evaluateExpression } from './expressions.ts'
import type { Flow } from './flow.ts'
import { forkFlow, newFlow } from './flow.ts'
import type { ClassBody, ClientRecogniser, Frame as FrameType, Language, Machine, ModuleState, Run, Summary } from './frame.ts'
import { defaultsOf, runBody } from './functions.ts'
import { callValue } from './invoke.ts'
import type { Modules } from './modules.ts'
import { newSlices } from './relevance.ts'
import { executeStatements } from './statements.ts'
import { get, newLayer, ownOf, set } from './store.ts'
import { type ClassInfo, type FunctionInfo, localNames } from './symbols.ts'
import { type Abstract, type CallSite, type HeapObject, type Reference, settle } from './value.ts'

/** Statements evaluated from one entry: far more than real code needs, and a bound on what no one wrote by hand. */
const MAX_STEPS = 2500

/** Names asked of a module one by one, after which all of it is evaluated. */
const MAX_WANTED = 40

/** Joins the parts of the evaluation over the modules of one project. */
export function newMachine(modules: Modules, language: Language, clients: ClientRecogniser): Machine {
  let ids = 0
  let ticks = 0
  const world = newLayer<number, HeapObject>()
  const states = new Map<string, ModuleState | undefined>()
  const summaries = new Map<FunctionInfo, Summary | 'open'>()
  const bodies = new Map<ClassInfo, ClassBody>()
  const asked = new Set<string>()
  const demands = new Map<string, Set<string>>()
  const needs = new Map<string, ReadonlySet<string>>()
  const slices = newSlices()

  const m: Machine = {
    language,
    modules,
    clients,
    world,
    lineages: new Map(),
    slices,
    newId: () => ++ids,
    tick: () => ++ticks,
    evaluate: (frame, node) => settle(frame, evaluateExpression(m, frame, node)),
    evaluateLazily: (frame, node) => evaluateExpression(m, frame, node),
    glance(frame, node) {
      frame.run.shallow++
      const value = evaluateExpression(m, frame, node)
      frame.run.shallow--
      return value
    },
    execute: (frame, statements) => executeStatements(m, frame, statements),
    callValue: (frame, callee, args, node) => callValue(m, frame, callee, args, node),
    bodyOf: (info) => bodies.get(info),
    setBody: (info, body) => {
      bodies.set(info, body)
    },
    once(key, question) {
      if (asked.has(key) || asked.size > 60) return undefined
      asked.add(key)
      try {
        return question()
      } finally {
        asked.delete(key)
      }
    },
    stateOf(path, name) {
      const known = states.get(path)
      const wanted = demands.get(path) ?? new Set<string>()
      demands.set(path, wanted)
      if (states.has(path) && (!known?.done || name === undefined || wanted.has(name))) return known
      const file = modules.load(path)
      if (!file) {
        states.set(path, undefined)
        return undefined
      }
      // What is wanted now was in the slice before, or everything was.
      if (known && name !== undefined && (!known.frame.slice || needs.get(path)?.has(name))) return known
      if (name !== undefined) wanted.add(name)
      const part = wanted.size <= MAX_WANTED ? slices.ofModule(file, wanted) : undefined
      if (part) needs.set(path, part.needed)
      if (known && part && part.slice.size === known.frame.slice?.size) return known
      const flow = newFlow(world)
      const run = newRun()
      // A module's own statements are as many as were written.
      run.limit += file.syntax.body.length
      const frame: FrameType = { ...newFrame('module', file, flow, run), ...(part ? { slice: part.slice } : {}) }
      const state: ModuleState = { file, frame, stars: [], definitions: new Map(), done: false }
      states.set(path, state)
      executeStatements(m, frame, file.syntax.body)
      state.done = true
      flow.dead = false
      // What the module made is there for everyone from now on.
      for (const [id, object] of ownOf(flow.heap)) set(world, id, object)
      for (const [id, object] of frame.run.initial) if (!get(world, id)) set(world, id, object)
      return state
    },
    knownSummary(info) {
      const known = summaries.get(info)
      return known === 'open' ? undefined : known
    },
    summaryOf(info) {
      const known = summaries.get(info)
      if (known === 'open') return undefined
      if (known) return known
      const file = modules.load(info.path)
      // A module is evaluated before its functions are: while it is, what they refer to is not all there.
      if (!file || !m.stateOf(info.path)?.done) return undefined
      summaries.set(info, 'open')
      const summary = summarise(m, info, undefined)
      summaries.set(info, summary)
      return summary
    },
  }
  return m
}

function newRun(entry?: FunctionInfo): Run {
  return {
    ...(entry ? { entry } : {}),
    events: [],
    uses: [],
    escapes: [],
    executed: new Set(),
    active: [],
    instances: [],
    parameters: new Map(),
    initial: new Map(),
    steps: 0,
    limit: MAX_STEPS,
    calls: 0,
    shallow: 0,
  }
}

function newFrame(kind: FrameType['kind'], module: FrameType['module'], flow: Flow, run: Run): FrameType {
  return {
    kind,
    run,
    module,
    locals: new Set(),
    chain: [],
    base: flow,
    flow,
    returns: [],
    yields: [],
    loops: [],
    nested: [],
    depends: [],
  }
}

/** Evaluates a function from outside, its parameters open; `on` is the object it is a method of, when that is known. */
export function summarise(
  m: Machine,
  info: FunctionInfo,
  on: { self: Reference; flow: Flow; run: Run; chain: readonly CallSite[] } | undefined,
): Summary {
  const file = m.modules.load(info.path) as FrameType['module']
  const run = on?.run ?? newRun(info)
  const flow = on ? { ...forkFlow(on.flow), vars: newLayer<string, Abstract>(), dead: false } : newFlow(m.world)
  const outer = newFrame('function', file, flow, run)
  const method = info.cls !== undefined && !isStatic(info)
  const self = on?.self ?? (method && info.cls ? symbolicInstance(m, outer, info.cls) : undefined)
  const slice = m.slices.ofFunction(info, [])
  const frame: FrameType = {
    ...(slice ? { slice } : {}),
    ...outer,
    ...(on ? { chain: on.chain } : {}),
    base: outer.flow,
    info,
    locals: localNames(info.node),
    ...(self ? { self } : {}),
    nested: [],
  }
  const parameters = openParameters(m, info, method ? 1 : 0, defaultsOf(m, frame, info, undefined))
  for (const [name, value] of parameters) set(flow.vars, name, value)
  const first = info.node.parameters[0]
  if (method && self && first) set(flow.vars, first.name, self)
  run.active.push(info)
  run.executed.add(info)
  const value = runBody(m, frame, info)
  evaluateNested(m, frame)
  run.active.pop()
  return { run, ...(self ? { self: self.id } : {}), value, flow: frame.flow }
}

/** Functions defined inside, and not seen called: callbacks and the like. They are evaluated with what is known at the end. */
function evaluateNested(m: Machine, frame: FrameType): void {
  for (const { info, frame: closure } of frame.nested) {
    if (frame.run.executed.has(info)) continue
    frame.run.executed.add(info)
    const flow = { ...forkFlow(frame.flow), vars: newLayer<string, Abstract>(), dead: false }
    const inner: FrameType = {
      ...newFrame('function', closure.module, flow, frame.run),
      info,
      locals: localNames(info.node),
      parent: closure,
      nested: [],
    }
    for (const [name, value] of openParameters(m, info, 0, () => undefined)) set(flow.vars, name, value)
    frame.run.active.push(info)
    runBody(m, inner, info)
    frame.run.active.pop()
    evaluateNested(m, inner)
  }
}
