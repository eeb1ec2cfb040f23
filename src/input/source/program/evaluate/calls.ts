import type { Call, Expression } from '../syntax.ts'
import { evaluateArguments, isShared, payload, settleArguments } from './arguments.ts'
import { attributeOf } from './attributes.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { here, objectOf } from './heap.ts'
import { defer } from './names.ts'
import { sourceText } from './source.ts'
import { superCall } from './super.ts'
import { type Abstract, joinValues, type ParameterValue, settle, unknownValue } from './value.ts'

/** Calls of one evaluation: programs that people write come to some thousand. */
const MAX_CALLS = 50_000

/** A call as written: what it gives, and what it does to the objects it touches. */
export function evaluateCall(m: Machine, frame: Frame, node: Call): Abstract {
  const { callee } = node
  if (++frame.run.calls > MAX_CALLS) return unknownValue('more is called here than is followed')
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
    const result = m.language.builtinCall(m, frame, known.path.slice('builtins.'.length), settleArguments(frame, args), node)
    if (result) return result
  }
  return m.callValue(frame, known, args, node)
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
      if (held?.kind === 'dict' && m.language.dictMethod) return m.language.dictMethod(m, frame, object.id, name, args(), node)
      if (held?.kind === 'list') return m.language.listMethod(m, frame, object.id, name, args(), node)
      break
    }
    case 'parameter': {
      const handed = handedFactory(m, frame, object, name, node)
      if (handed) return callMethod(m, frame, handed, name, node, lazyArgs)
      const evaluated = args()
      if (m.language.dictMethod && (DICT_METHODS.has(name) || object.type === 'kwargs')) {
        const dict = m.language.dictMethod(m, frame, object, name, evaluated, node)
        if (dict.kind !== 'unknown' || name !== 'get') return dict
      }
      return m.callValue(frame, unknownValue(`the caller decides ${text}`, [object.info]), evaluated, node)
    }
    case 'constant':
    case 'environment':
    case 'generated': {
      const evaluated = args()
      return m.language.textMethod(m, frame, object, name, evaluated, node)
    }
  }
  return m.callValue(frame, attributeOf(m, frame, object, name, node), lazyArgs(), node)
}

/** What makes clients and is handed in: known by the type that the parameter is declared with, its own options are the caller's. */
function handedFactory(
  m: Machine,
  frame: Frame,
  { info, name }: ParameterValue,
  method: string,
  node: Call,
): Abstract | undefined {
  if (!m.clients.makers.includes(method)) return undefined
  const annotation = info.node.parameters.find((parameter) => parameter.name === name)?.annotation
  const home = annotation && m.stateOf(info.path)
  const type = home && settle(home.frame, m.evaluate(home.frame, annotation))
  if (type?.kind !== 'external' || !m.clients.isClient(type.path)) return undefined
  const given = { value: { kind: 'parameter', info, name, type: 'value' } as const, location: here(frame, node) }
  return m.clients.construct(m, frame, type.path, [given], node)
}

const LEVELS = /^(?:debug|info|warning|warn|error|exception|critical|log|fatal|trace)$/

function isLogger(callee: Extract<Expression, { kind: 'attribute' }>): boolean {
  const { object } = callee
  const name = object.kind === 'name' || object.kind === 'attribute' ? object.name : ''
  return LEVELS.test(callee.name) && /^_*(?:log|logger|logging)$/i.test(name)
}

const DICT_METHODS = new Set(
  'update setdefault pop get copy items keys values put putAll putIfAbsent setProperty getProperty getOrDefault remove'.split(
    ' ',
  ),
)
