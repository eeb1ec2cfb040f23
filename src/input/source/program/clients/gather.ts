import type { ClientEvent, TopicNames } from '../evaluate/events.ts'
import type { Argument, Frame, Machine } from '../evaluate/frame.ts'
import { addGap, dictOf, dictView, here, newDict, objectOf, setKey, spreadInto } from '../evaluate/heap.ts'
import { type Abstract, constant, type DictObject, dependsOf, optionsOf, settle } from '../evaluate/value.ts'
import type { Expression } from '../syntax.ts'
import type { ClientKind } from './kind.ts'
import { topicsIn } from './topics.ts'

export function gatherOptions(
  m: Machine,
  frame: Frame,
  kind: ClientKind,
  args: readonly Argument[],
  node: Expression,
): { dict: DictObject } & Pick<ClientEvent['options'], 'start' | 'misgiven'> {
  const reference = newDict(m, frame, node)
  let start: ClientEvent['options']['start']
  let misgiven: ClientEvent['options']['misgiven']
  const whole = here(frame, node)
  let position = 0
  const config = (lazy: Argument, what: string) => {
    const arg = { ...lazy, value: settle(frame, lazy.value) }
    const view = dictView(m, frame, arg.value)
    const from = view?.start
    if (view?.entries.size === 0) return spreadInto(m, frame, reference.id, arg.value, arg.location, what)
    // Told only where the dict does not stand in the call itself.
    if (from && (from.path !== whole.path || from.line < whole.line || from.line > whole.endLine)) start ??= from
    spreadInto(m, frame, reference.id, arg.value, arg.location, what)
  }
  for (const arg of args) {
    if (arg.spread === '**') config(arg, 'what is spread here')
    else if (arg.spread === '*') {
      if (kind.positional !== 'topics')
        addGap(m, frame, reference.id, 'arguments are passed on as *args', arg.location, dependsOf(arg.value))
    } else if (arg.name === undefined) {
      const at = position++
      if (kind.options === 'dict' && at === 0) {
        if (isNoDict(frame, arg.value)) misgiven = arg.location
        config(arg, 'the configuration')
      } else if (kind.positional !== 'topics') {
        const name = kind.positional[at]
        if (name !== undefined) setKey(m, frame, reference.id, constant(name), arg.value, arg.location)
      }
    } else if (kind.options === 'dict' && (arg.name === 'config' || arg.name === 'conf' || arg.name.endsWith('_conf'))) {
      config(arg, 'the configuration')
    } else if (!kind.notSettings.has(arg.name)) setKey(m, frame, reference.id, constant(arg.name), arg.value, arg.location)
  }
  const object = dictOf(m, frame, reference)
  return { dict: object?.object as DictObject, ...(start ? { start } : {}), ...(misgiven ? { misgiven } : {}) }
}

/** True for what can be no dict, such as a topic's name, given as other libraries take it. */
function isNoDict(frame: Frame, lazy: Abstract): boolean {
  return optionsOf(settle(frame, lazy)).every(
    (option) =>
      option.kind === 'constant' ||
      option.kind === 'environment' ||
      option.kind === 'generated' ||
      objectOf(frame, option)?.kind === 'list',
  )
}

export function positionalTopics(m: Machine, frame: Frame, args: readonly Argument[]): TopicNames[] {
  const positional = args.filter((arg) => arg.name === undefined && arg.spread !== '**')
  const [first] = positional
  if (!first) return []
  const last = positional.at(-1) as Argument
  const location = { ...first.location, endLine: last.location.endLine, endColumn: last.location.endColumn }
  if (positional.some((arg) => arg.spread === '*'))
    return [{ kind: 'unknown', reason: 'topics are passed on as *args', location }]
  return [
    topicsIn(
      m,
      frame,
      positional.map((arg) => arg.value),
      location,
    ),
  ]
}
