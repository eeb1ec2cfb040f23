import { locate } from '../../../../model/location.ts'
import type { Call } from '../syntax.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { addGap, dictView, newDict, newList, setKey } from './heap.ts'
import type { FunctionInfo } from './symbols.ts'
import { type Abstract, constant, dependsOf, joinValues, type ParameterValue, union, unknownValue, withVia } from './value.ts'

/** Binds a call's arguments to a function's parameters. `skip` is how many leading parameters are bound already (`self`). */
export function bindArguments(
  m: Machine,
  frame: Frame,
  info: FunctionInfo,
  args: readonly Argument[],
  skip: number,
  node: Call,
  defaultOf: (parameter: string) => Abstract | undefined,
): Map<string, Abstract> {
  const bound = new Map<string, Abstract>()
  const parameters = info.node.parameters.slice(skip)
  const names = new Set(parameters.filter((p) => p.type === 'normal' || p.type === 'keyword').map((p) => p.name))
  const positional = parameters.filter((p) => p.type === 'normal' || p.type === 'positional')
  const rest: Abstract[] = []
  let open: Abstract | undefined
  let next = 0
  for (const arg of args) {
    if (arg.name !== undefined || arg.spread === '**') continue
    if (arg.spread === '*') {
      open = unknownValue('arguments are passed as *args', dependsOf(arg.value))
      continue
    }
    if (open) continue
    const parameter = positional[next++]
    if (parameter) bound.set(parameter.name, traced(arg.value, arg))
    else rest.push(arg.value)
  }
  if (open) for (const parameter of positional.slice(next)) bound.set(parameter.name, open)
  const kwargs = parameters.find((p) => p.type === 'kwargs')
  const extra = kwargs && newDict(m, frame, node)
  let hidden: { readonly reason: string; readonly depends: readonly FunctionInfo[] } | undefined
  for (const arg of args) {
    if (arg.name !== undefined) {
      if (names.has(arg.name)) bound.set(arg.name, traced(arg.value, arg))
      else if (extra) setKey(m, frame, extra.id, constant(arg.name), arg.value, arg.location)
    } else if (arg.spread === '**') {
      const view = dictView(m, frame, arg.value)
      for (const [key, entry] of view?.entries ?? []) {
        if (names.has(key)) {
          const fallback = entry.maybe ? defaultOf(key) : undefined
          bound.set(key, fallback ? joinValues([entry.value, fallback]) : entry.value)
        } else if (extra) {
          setKey(m, frame, extra.id, constant(key), entry.value, entry.location)
        }
      }
      const gaps = view ? view.gaps : [{ reason: 'keyword arguments are passed on unseen', depends: dependsOf(arg.value) }]
      const [gap] = gaps
      if (!gap) continue
      hidden = { reason: gap.reason, depends: union(...gaps.map((one) => one.depends ?? [])) }
      if (extra) addGap(m, frame, extra.id, gap.reason, arg.location, hidden.depends)
    }
  }
  for (const parameter of parameters) {
    if (parameter.type === 'args')
      bound.set(parameter.name, open ? newList(m, frame, rest, true, 'arguments are passed on') : newList(m, frame, rest, true))
    else if (parameter.type === 'kwargs') bound.set(parameter.name, extra as Abstract)
    else if (!bound.has(parameter.name)) {
      const fallback = defaultOf(parameter.name)
      const unseen =
        hidden ??
        (open && parameter.type !== 'keyword' ? { reason: 'arguments are passed as *args', depends: dependsOf(open) } : undefined)
      if (unseen) bound.set(parameter.name, unknownValue(unseen.reason, unseen.depends))
      else bound.set(parameter.name, fallback ?? unknownValue(`${parameter.name} is not given`))
    }
  }
  return bound
}

/** A value that reached its use through a parameter was inferred through the call. */
function traced(value: Abstract, arg: Argument): Abstract {
  switch (value.kind) {
    case 'constant':
    case 'environment':
    case 'choice':
    case 'generated':
      return withVia(value, arg.location)
    case 'deferred':
      return { kind: 'deferred', force: (frame) => traced(value.force(frame), arg) }
    default:
      return value
  }
}

/** The parameters of a function that is evaluated from outside: its callers decide them. */
export function openParameters(
  _m: Machine,
  info: FunctionInfo,
  skip: number,
  defaultOf: (parameter: string) => Abstract | undefined,
): Map<string, Abstract> {
  const bound = new Map<string, Abstract>()
  for (const parameter of info.node.parameters.slice(skip)) {
    const fallback = defaultOf(parameter.name)
    const value: ParameterValue = {
      kind: 'parameter',
      info,
      name: parameter.name,
      type: parameter.type === 'args' || parameter.type === 'kwargs' ? parameter.type : 'value',
      ...(fallback ? { fallback } : {}),
    }
    bound.set(parameter.name, value)
  }
  return bound
}

/** Where a function's name stands. */
export function placeOf(m: Machine, info: FunctionInfo) {
  const file = m.modules.load(info.path)
  return file && locate(info.path, file.lines, info.node.nameSpan)
}
