import type { Call } from '../syntax.ts'
import { bindArguments } from './bind.ts'
import {
  classAttribute,
  fieldsOf,
  hasDecorator,
  hasFields,
  isEnum,
  isStatic,
  lineageOf,
  methodOf,
  setAttribute,
} from './classes.ts'
import { externalCall } from './external.ts'
import { type Argument, type Frame, forkFlow, joinFlows, type Machine, writesOf } from './frame.ts'
import { allocate, dictOf, joinObjects, newList, objectOf } from './heap.ts'
import { releaseArguments } from './release.ts'
import { sourceText } from './source.ts'
import { newLayer, ownOf, set } from './store.ts'
import { type ClassInfo, type FunctionInfo, localNames } from './symbols.ts'
import { CLIENT } from './uses.ts'
import {
  type Abstract,
  type CallSite,
  dependsOf,
  type FunctionValue,
  joinValues,
  NONE,
  optionsOf,
  settle,
  unknownValue,
} from './value.ts'

const MAX_DEPTH = 7
/** Statements, calls included, for which a function is followed that does not look as if it were about clients. */
const PASSING_STEPS = 30

/** Calls a value: a function or class of the project, something outside, or what is not known. */
export function callValue(m: Machine, frame: Frame, called: Abstract, args: readonly Argument[], node: Call): Abstract {
  const callee = settle(frame, called)
  switch (callee.kind) {
    case 'function':
      return callFunction(m, frame, callee, args, node)
    case 'class':
      return instantiate(m, frame, callee.info, args, node)
    case 'external':
      return externalCall(m, frame, callee.path, args, node)
    case 'client-method':
      return m.clients.method(m, frame, callee.client, callee.name, args, node)
    case 'choice': {
      const options = callee.options.filter((option) => !(option.kind === 'constant' && option.value === null))
      return joinValues(
        options.slice(0, 4).map((option) => callValue(m, frame, option, args, node)),
        callee.depends,
      )
    }
    case 'opaque':
      if (callee.lambda) return callLambda(m, frame, callee.lambda, args)
      break
    case 'reference': {
      const held = objectOf(frame, callee)
      const method = held?.kind === 'instance' ? methodOf(m, held.info, '__call__') : undefined
      if (method) return callFunction(m, frame, { kind: 'function', info: method, self: callee }, args, node)
      // `cls(…)` in a class method makes an object of the class.
      if (held?.kind === 'instance' && held.symbolic) return instantiate(m, frame, held.info, args, node)
      break
    }
  }
  releaseArguments(m, frame, args, node)
  return unknownValue(`the result of ${sourceText(frame, node)} is not known`, dependsOf(callee))
}

function callLambda(
  m: Machine,
  frame: Frame,
  lambda: NonNullable<Extract<Abstract, { kind: 'opaque' }>['lambda']>,
  args: readonly Argument[],
): Abstract {
  if (frame.run.active.length >= MAX_DEPTH || ++frame.run.steps > frame.run.limit) return unknownValue('a lambda')
  const outer = lambda.frame as Frame
  const names = lambda.node.parameters.map((p) => p.name)
  const inner: Frame = {
    ...outer,
    kind: 'function',
    run: frame.run,
    locals: new Set(names),
    parent: outer,
    chain: frame.chain,
    flow: { ...frame.flow, vars: newLayer() },
  }
  for (const [i, name] of names.entries()) set(inner.flow.vars, name, args[i]?.value ?? unknownValue(`${name} is not given`))
  return m.evaluate(inner, lambda.node.body)
}

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

function callFunction(m: Machine, frame: Frame, callee: FunctionValue, args: readonly Argument[], node: Call): Abstract {
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

/** A dict or client that the function may change or use. */
function isMutable(frame: Frame, value: Abstract): boolean {
  if (value.kind === 'client') return true
  return objectOf(frame, value)?.kind === 'dict'
}

/**
 * What a call gives, when following it would tell nothing that evaluating the function from outside does not: it is given no client and no dict,
 * leaves nothing behind, makes no client that its callers have a say in, and gives something plain, or nothing that is read.
 */
function settledResult(
  m: Machine,
  frame: Frame,
  callee: FunctionValue,
  args: readonly Argument[],
  discarded: boolean,
): Abstract | undefined {
  const { info, self } = callee
  if (callee.closure || !m.slices.isRelevant(info) || args.some((arg) => isMutable(frame, arg.value))) return undefined
  if (info.cls && (!self || m.slices.changesSelf(info) || !ownsItsClients(m, frame, self))) return undefined
  const summary = m.knownSummary(info)
  if (!summary || ownOf(summary.flow.globals).size > 0) return undefined
  if (summary.run.uses.some(({ topics }) => topics?.kind === 'unknown' && topics.open)) return undefined
  const open = summary.run.events.some(
    ({ options }) => options.settings.some((one) => one.depends.length > 0) || options.gaps.some((gap) => gap.depends.length > 0),
  )
  if (open) return undefined
  if (discarded) return unknownValue('nothing reads it')
  const { value } = summary
  return PLAIN.has(value.kind) && dependsOf(value).length === 0 ? value : undefined
}

const PLAIN = new Set(['constant', 'environment', 'unknown', 'external', 'opaque', 'generated'])

/** True for an object that makes the clients it holds itself: its class then tells all about them. */
function ownsItsClients(m: Machine, frame: Frame, self: Abstract): boolean {
  const object = objectOf(frame, self)
  if (object?.kind !== 'instance') return false
  if (object.symbolic) return true
  const { classes } = lineageOf(m, object.info)
  return [...object.attributes.values()].every((value) =>
    optionsOf(value).every((option) => {
      if (option.kind === 'client') {
        const maker = option.site.chain.at(-1)?.callee.cls
        return maker !== undefined && classes.includes(maker)
      }
      const held = objectOf(frame, option)
      return held?.kind !== 'instance' || [...held.attributes.values()].every((inner) => inner.kind !== 'client')
    }),
  )
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
  inner.flow = start
  if (exits.length > 0) joinFlows(start, exits, joinObjects, inner.depends)
  start.dead = false
  if (inner.yields.length > 0) {
    if (hasDecorator(info, 'contextmanager', 'asynccontextmanager', 'fixture')) return joinValues(inner.yields)
    return newList(m, inner, inner.yields, false, 'a generator')
  }
  if (exits.length === 0) return unknownValue(`${info.qualified} never returns`)
  return joinValues(values, inner.depends)
}

/** Makes an object of a project's class. */
function instantiate(m: Machine, frame: Frame, info: ClassInfo, args: readonly Argument[], node: Call): Abstract {
  if (frame.run.shallow > 0) return unknownValue(`an object of ${info.name}`)
  if (isEnum(m, info)) return args[0]?.value ?? unknownValue('an enum member')
  const { outside, classes } = lineageOf(m, info)
  const instance = allocate(m, frame, { kind: 'instance', info, attributes: new Map(), symbolic: false })
  const init = methodOf(m, info, '__init__')
  const call = init && { path: frame.module.path, start: node.start, end: node.end, callee: init }
  frame.run.instances.push({ id: instance.id, info, chain: call ? [...frame.chain, call] : frame.chain })
  if (init) {
    callFunction(m, frame, { kind: 'function', info: init, self: instance }, args, node)
    return instance
  }
  const base = outside.find((path) => m.clients.isClient(path))
  if (base !== undefined) {
    const names = classes.map((at) => `class:${at.path}:${at.qualified}`)
    const client = m.clients.construct(m, frame, base, args, node, names)
    const object = objectOf(frame, instance)
    if (client && object?.kind === 'instance') setAttribute(frame, instance.id, object, CLIENT, client)
    return instance
  }
  if (hasFields(m, info)) {
    fillFields(m, frame, instance.id, info, args)
    return instance
  }
  if (outside.length > 0) {
    // A base that is not seen may do anything with its arguments.
    releaseArguments(m, frame, args, node)
    const object = objectOf(frame, instance)
    if (object?.kind === 'instance')
      for (const arg of args)
        if (arg.name !== undefined)
          setAttribute(frame, instance.id, objectOf(frame, instance) as typeof object, arg.name, arg.value)
  }
  return instance
}

function fillFields(m: Machine, frame: Frame, id: number, info: ClassInfo, args: readonly Argument[]): void {
  const fields = fieldsOf(m, info)
  const set = (name: string, value: Abstract) => {
    const object = objectOf(frame, { kind: 'reference', id })
    if (object?.kind === 'instance') setAttribute(frame, id, object, name, value)
  }
  let next = 0
  let open = false
  for (const arg of args) {
    if (arg.spread) {
      open = true
      const dict = arg.spread === '**' ? dictOf(m, frame, arg.value) : undefined
      for (const [key, entry] of dict?.object.entries ?? []) set(key, entry.value)
      if (dict && dict.object.gaps.length === 0) open = false
    } else if (arg.name !== undefined) set(arg.name, arg.value)
    else {
      const name = fields[next++]
      if (name !== undefined) set(name, arg.value)
    }
  }
  const filled = objectOf(frame, { kind: 'reference', id })
  if (!open || filled?.kind !== 'instance') return
  for (const name of fields)
    if (!filled.attributes.has(name)) {
      const fallback = classAttribute(m, info, name)
      set(name, fallback ? joinValues([fallback, unknownValue(`${name} may be given`)]) : unknownValue(`${name} may be given`))
    }
}

/** Calls a function that another one is given to run: a thread's target, a task. */
export function callLater(m: Machine, frame: Frame, callee: Abstract, args: readonly Argument[], node: Call): void {
  const saved = frame.flow
  // It runs at some other time: what it changes here may or may not have happened.
  frame.flow = forkFlow(saved)
  callValue(m, frame, callee, args, node)
  frame.flow = saved
}
