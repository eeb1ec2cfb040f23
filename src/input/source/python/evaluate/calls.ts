import type { Call, Expression } from '../syntax.ts'
import { attributeOf, clientOf } from './attributes.ts'
import { builtinCall } from './builtins.ts'
import { lineageOf, methodOf, setAttribute } from './classes.ts'
import { dictMethod, listMethod } from './containers.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { here, newList, objectOf } from './heap.ts'
import { iterated } from './iteration.ts'
import { defer } from './names.ts'
import { sourceText } from './source.ts'
import { formatted, joinedBy, stringMethod } from './strings.ts'
import { CLIENT } from './uses.ts'
import { type Abstract, dependsOf, joinValues, optionsOf, type ParameterValue, settle, unknownValue } from './value.ts'

/** A call as written: what it gives, and what it does to the objects it touches. */
export function evaluateCall(m: Machine, frame: Frame, node: Call): Abstract {
  const { callee } = node
  if (callee.kind === 'attribute') {
    const parent = superCall(m, frame, callee, node)
    if (parent) return parent
    if (isLogger(callee)) {
      for (const argument of node.positional) m.glance(frame, argument)
      return unknownValue('a log line')
    }
    const object = m.evaluateLazily(frame, callee.object)
    if (object.kind === 'deferred' && !m.slices.isRelevantName(frame.module.path, callee.name)) {
      const args = evaluateArguments(m, frame, node)
      if (!args.some((arg) => isShared(frame, arg)))
        return defer(m, frame, (asking) => callMethod(m, asking, settle(asking, object), callee.name, node, () => args), true)
      return callMethod(m, frame, settle(frame, object), callee.name, node, () => args)
    }
    return callMethod(m, frame, settle(frame, object), callee.name, node, () => evaluateArguments(m, frame, node))
  }
  const target = m.evaluateLazily(frame, callee)
  const args = evaluateArguments(m, frame, node)
  if (target.kind === 'deferred' && !args.some((arg) => isShared(frame, arg)))
    return defer(m, frame, (asking) => m.callValue(asking, settle(asking, target), args, node), true)
  const known = settle(frame, target)
  if (known.kind === 'external' && known.path.startsWith('builtins.')) {
    const result = builtinCall(m, frame, known.path.slice('builtins.'.length), settleArguments(frame, args), node)
    if (result) return result
  }
  return m.callValue(frame, known, args, node)
}

/** A client or a dict, which a call may use or change: such a call is not put off. */
function isShared(frame: Frame, { value, spread, fresh }: Argument): boolean {
  if (spread === '**') return true
  if (fresh) return false
  return optionsOf(value).some((option) => {
    if (option.kind === 'client' || option.kind === 'client-method') return true
    if (option.kind === 'parameter') return mayBeDict(option)
    const object = objectOf(frame, option)
    return object !== undefined && (object.kind !== 'list' || object.items.some((item) => item.kind === 'client'))
  })
}

/** A parameter that callers may give a dict, by its annotation and default. */
function mayBeDict({ info, name, fallback }: ParameterValue): boolean {
  const annotation = info.node.parameters.find((parameter) => parameter.name === name)?.annotation
  if (annotation?.kind === 'name' && /^(?:str|int|float|bool|bytes)$/.test(annotation.name)) return false
  return fallback === undefined || fallback.kind !== 'constant' || fallback.value === null
}

export function settleArguments(frame: Frame, args: readonly Argument[]): Argument[] {
  return args.map((arg) =>
    arg.value.kind === 'deferred' || arg.value.kind === 'choice' ? { ...arg, value: settle(frame, arg.value) } : arg,
  )
}

/** The arguments in the order in which they are written. */
export function evaluateArguments(m: Machine, frame: Frame, node: Call): Argument[] {
  const args: Argument[] = []
  for (const argument of node.positional) {
    const location = here(frame, argument)
    if (argument.kind !== 'starred')
      args.push({ value: m.evaluateLazily(frame, argument), location, ...(isFresh(argument) ? { fresh: true } : {}) })
    else {
      const value = m.evaluate(frame, argument.value)
      const { items, open } = iterated(m, frame, value)
      if (open === undefined) for (const item of items) args.push({ value: item, location })
      else args.push({ spread: '*', value, location })
    }
  }
  for (const keyword of node.keywords) {
    const value = keyword.name === undefined ? m.evaluate(frame, keyword.value) : m.evaluateLazily(frame, keyword.value)
    args.push({
      ...(keyword.name === undefined ? { spread: '**' as const } : { name: keyword.name }),
      value,
      location: here(frame, keyword),
      ...(isFresh(keyword.value) ? { fresh: true } : {}),
    })
  }
  return args
}

/** A dict or list of plain values, written in the call itself. */
function isFresh(node: Expression): boolean {
  switch (node.kind) {
    case 'dict':
      return node.entries.every((entry) => entry.key !== undefined && isFresh(entry.value))
    case 'list':
    case 'tuple':
    case 'set':
      return node.items.every(isFresh)
    case 'call':
      return (
        node.callee.kind === 'name' &&
        node.callee.name === 'dict' &&
        node.positional.length === 0 &&
        node.keywords.every((keyword) => keyword.name !== undefined && isFresh(keyword.value))
      )
    case 'string':
    case 'number':
    case 'boolean':
    case 'none':
    case 'bytes':
      return true
    default:
      return false
  }
}

/** `super().method(…)`: the next method in the line of bases, or the client that the class derives from. */
function superCall(
  m: Machine,
  frame: Frame,
  callee: Extract<Expression, { kind: 'attribute' }>,
  node: Call,
): Abstract | undefined {
  const explicit = explicitBase(m, frame, callee, node)
  if (explicit) return explicit
  if (callee.object.kind !== 'call' || callee.object.callee.kind !== 'name' || callee.object.callee.name !== 'super')
    return undefined
  const cls = methodFrame(frame)?.info?.cls
  const { self } = methodFrame(frame) ?? {}
  if (!cls || !self) return undefined
  return callBase(m, frame, cls, self, callee.name, evaluateArguments(m, frame, node), node)
}

/** `KafkaConsumer.__init__(self, …)`, the older way to call a base. */
function explicitBase(
  m: Machine,
  frame: Frame,
  callee: Extract<Expression, { kind: 'attribute' }>,
  node: Call,
): Abstract | undefined {
  if (callee.name !== '__init__' || node.positional[0]?.kind !== 'name') return undefined
  const { self, info } = methodFrame(frame) ?? {}
  if (!self || !info?.cls || info.node.parameters[0]?.name !== node.positional[0].name) return undefined
  const base = m.evaluate(frame, callee.object)
  const args = evaluateArguments(m, frame, node).slice(1)
  if (base.kind === 'class') {
    const init = methodOf(m, base.info, '__init__')
    return init ? m.callValue(frame, { kind: 'function', info: init, self }, args, node) : unknownValue('a base without __init__')
  }
  return base.kind === 'external' ? constructBase(m, frame, info.cls, self, base.path, args, node) : undefined
}

function methodFrame(frame: Frame): Frame | undefined {
  for (let at: Frame | undefined = frame; at; at = at.parent) if (at.self) return at
  return undefined
}

function callBase(
  m: Machine,
  frame: Frame,
  cls: NonNullable<NonNullable<Frame['info']>['cls']>,
  self: Abstract,
  name: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  const object = objectOf(frame, self)
  const runtime = object?.kind === 'instance' ? object.info : cls
  const method = methodOf(m, runtime, name, cls)
  if (method) return m.callValue(frame, { kind: 'function', info: method, self }, args, node)
  // A mixin's super() is the next class of the object's own line, which may be a client.
  const { outside } = lineageOf(m, runtime)
  if (name === '__init__') {
    const base = outside.find((path) => m.clients.isClient(path))
    return base === undefined
      ? unknownValue('a base outside the project')
      : constructBase(m, frame, runtime, self, base, args, node)
  }
  const client = self.kind === 'reference' ? clientOf(m, frame, self.id) : undefined
  if (client) return m.clients.method(m, frame, client, name, args, node)
  return unknownValue(`${outside[0] ?? cls.name}.${name} is outside the project`)
}

function constructBase(
  m: Machine,
  frame: Frame,
  cls: NonNullable<NonNullable<Frame['info']>['cls']>,
  self: Abstract,
  base: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  const client = m.clients.construct(m, frame, base, args, node, [`class:${cls.path}:${cls.qualified}`])
  const object = objectOf(frame, self)
  if (client && self.kind === 'reference' && object?.kind === 'instance') setAttribute(frame, self.id, object, CLIENT, client)
  return client ?? unknownValue(`${base} is outside the project`)
}

/** `object.name(…)` once the object is known. */
function callMethod(
  m: Machine,
  frame: Frame,
  object: Abstract,
  name: string,
  node: Call,
  lazyArgs: () => readonly Argument[],
): Abstract {
  const args = () => settleArguments(frame, lazyArgs())
  const text = sourceText(frame, node)
  switch (object.kind) {
    case 'choice': {
      // Evaluated once: arguments have effects too.
      const evaluated = args()
      const results = object.options
        .filter((option) => !(option.kind === 'constant' && option.value === null))
        .map((option) => callMethod(m, frame, option, name, node, () => evaluated))
      return joinValues(results, object.depends)
    }
    case 'client': {
      const evaluated = m.clients.readsArguments(object, name) ? lazyArgs() : payload(m, frame, node)
      return m.clients.method(m, frame, object, name, evaluated, node)
    }
    case 'reference': {
      const held = objectOf(frame, object)
      if (held?.kind === 'dict') return dictMethod(m, frame, object.id, name, args(), node)
      if (held?.kind === 'list') return listMethod(m, frame, object.id, name, args(), node)
      break
    }
    case 'parameter': {
      const evaluated = args()
      if (DICT_METHODS.has(name) || object.type === 'kwargs') {
        const dict = dictMethod(m, frame, object, name, evaluated, node)
        if (dict.kind !== 'unknown' || name !== 'get') return dict
      }
      return m.callValue(frame, unknownValue(`the caller decides ${text}`, [object.info]), evaluated, node)
    }
    case 'constant':
    case 'environment':
    case 'generated': {
      const evaluated = args()
      return textMethod(m, frame, object, name, evaluated, text)
    }
  }
  return m.callValue(frame, attributeOf(m, frame, object, name, node), lazyArgs(), node)
}

/** The arguments of a call that sends: the topic matters, what is sent does not. */
function payload(m: Machine, frame: Frame, node: Call): Argument[] {
  const args: Argument[] = []
  for (const [i, argument] of node.positional.entries()) {
    const location = here(frame, argument)
    if (argument.kind === 'starred') args.push({ spread: '*', value: m.glance(frame, argument.value), location })
    else args.push({ value: i === 0 ? m.evaluate(frame, argument) : m.glance(frame, argument), location })
  }
  for (const keyword of node.keywords) {
    const value = keyword.name === 'topic' ? m.evaluate(frame, keyword.value) : m.glance(frame, keyword.value)
    args.push({
      ...(keyword.name === undefined ? { spread: '**' as const } : { name: keyword.name }),
      value,
      location: here(frame, keyword),
    })
  }
  return args
}

const LEVELS = /^(?:debug|info|warning|warn|error|exception|critical|log|fatal|trace)$/

function isLogger(callee: Extract<Expression, { kind: 'attribute' }>): boolean {
  const { object } = callee
  const name = object.kind === 'name' || object.kind === 'attribute' ? object.name : ''
  return LEVELS.test(callee.name) && /^_*(?:log|logger|logging)$/i.test(name)
}

const DICT_METHODS = new Set(['update', 'setdefault', 'pop', 'get', 'copy', 'items', 'keys', 'values'])

function textMethod(m: Machine, frame: Frame, object: Abstract, name: string, args: readonly Argument[], text: string): Abstract {
  const values = args.map((arg) => arg.value)
  if (object.kind === 'generated') return { ...object, text }
  if (name === 'format') {
    const named = new Map(args.filter((arg) => arg.name !== undefined).map((arg) => [arg.name as string, arg.value]))
    const positional = args.filter((arg) => arg.name === undefined && !arg.spread).map((arg) => arg.value)
    return formatted(object, positional, named, false, text)
  }
  if (name === 'join' && values[0]?.kind === 'environment' && values[0].fallback) {
    const { items, open } = iterated(m, frame, values[0].fallback)
    if (open === undefined)
      return {
        ...values[0],
        fallback: joinedBy(
          object,
          items.map((item) => settle(frame, item)),
          text,
        ),
      }
  }
  if (name === 'join' && values[0]) {
    const { items, open } = iterated(m, frame, values[0])
    return open === undefined
      ? joinedBy(
          object,
          items.map((item) => settle(frame, item)),
          text,
        )
      : unknownValue(`${text} is not known`, dependsOf(values[0]))
  }
  // The environment's list of servers: a list whose fallback is known, and which the environment decides.
  if (name === 'split' && object.kind === 'environment' && object.fallback) {
    const fallback = stringMethod(object.fallback, name, values, text)
    if (Array.isArray(fallback)) return { ...object, fallback: newList(m, frame, fallback, false) }
  }
  const result = stringMethod(object, name, values, text)
  if (result === undefined) return unknownValue(`${text} is not known`, dependsOf(object))
  return Array.isArray(result) ? newList(m, frame, result as readonly Abstract[], false) : (result as Abstract)
}
