import type { Call, Expression } from '../syntax.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { here, objectOf } from './heap.ts'
import { iterated } from './iteration.ts'
import { optionsOf, type ParameterValue, settle } from './value.ts'

/** A client or a dict, which a call may use or change: such a call is not put off. */
export function isShared(frame: Frame, { value, spread, fresh }: Argument): boolean {
  if (spread === '**') return true
  if (fresh) return false
  return optionsOf(value).some((option) => {
    if (option.kind === 'client' || option.kind === 'client-method') return true
    if (option.kind === 'parameter') return mayBeDict(option)
    if (option.kind === 'opaque') return option.partial !== undefined || option.lambda !== undefined
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

/** The arguments of a call that sends: the topic matters, what is sent does not. */
export function payload(m: Machine, frame: Frame, node: Call): Argument[] {
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
