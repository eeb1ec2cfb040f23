import type { Call } from '../syntax.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import {
  addGap,
  copyDict,
  deleteKey,
  dictOf,
  here,
  keyNames,
  newDict,
  newList,
  objectOf,
  parameterDict,
  readKey,
  setKey,
  spreadInto,
  store,
} from './heap.ts'
import { iterated, pairsOf } from './iteration.ts'
import { mapValue, textOf } from './operators.ts'
import { sourceText } from './source.ts'
import { escapes } from './uses.ts'
import {
  type Abstract,
  constant,
  type DictObject,
  dependsOf,
  joinValues,
  NONE,
  type ParameterValue,
  settle,
  unknownValue,
} from './value.ts'

/** A method called on a dict, or on a parameter that is used as one. */
export function dictMethod(
  m: Machine,
  frame: Frame,
  target: number | ParameterValue,
  name: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  const reference: Abstract = typeof target === 'number' ? { kind: 'reference', id: target } : parameterDict(m, frame, target)
  const { id } = reference
  const held = dictOf(m, frame, reference)
  if (!held) return unknownValue(`${sourceText(frame, node)} is not known`)
  const location = here(frame, node)
  const [first, second] = args.filter((arg) => arg.name === undefined && arg.spread !== '**')
  switch (name) {
    case 'update':
    case '__or__':
      fillDict(m, frame, id, args, node)
      return NONE
    case 'setdefault': {
      if (!first) return NONE
      const before = readKey(held.object, first.value, NONE)
      const names = keyNames(first.value)
      const entry = names?.length === 1 ? held.object.entries.get(names[0] as string) : undefined
      const gaps = held.object.gaps.filter((gap) => !entry || gap.order > entry.order)
      if (entry && !entry.maybe && gaps.length === 0) return before
      const value = second?.value ?? NONE
      // Unseen parts may have set it already.
      const set =
        gaps.length > 0 || entry
          ? joinValues(
              [entry?.value ?? before, value],
              gaps.flatMap((gap) => gap.depends ?? []),
            )
          : value
      setKey(m, frame, id, first.value, set, location)
      return set
    }
    case '__setitem__':
      if (first && second) setKey(m, frame, id, first.value, second.value, location)
      return NONE
    case 'pop': {
      if (!first) return NONE
      const value = readKey(held.object, first.value, second?.value ?? unknownValue('the key is not in the dict'))
      deleteKey(m, frame, id, first.value, location)
      return value
    }
    case 'get':
    case '__getitem__': {
      if (!first) return NONE
      const value = readKeyed(held.object, first.value, second?.value ?? NONE, sourceText(frame, node))
      return typeof target === 'number' || value.kind !== 'unknown'
        ? value
        : unknownValue(`the caller decides ${sourceText(frame, node)}`, [target.info])
    }
    case 'copy':
    case '__copy__':
      return copyDict(m, frame, held.object)
    case 'clear':
      store(frame, id, { ...held.object, entries: new Map(), gaps: [] })
      return NONE
    case 'popitem':
      addGap(m, frame, id, 'an item is removed', location)
      return unknownValue('an item of a dict')
    case 'items': {
      const { items, open } = pairsOf(m, frame, reference)
      return newList(m, frame, items, false, open)
    }
    case 'keys': {
      const { items, open } = iterated(m, frame, reference)
      return newList(m, frame, items, false, open)
    }
    case 'values': {
      const items = [...held.object.entries.values()].map((entry) => entry.value)
      return newList(m, frame, items, false, held.object.gaps[0]?.reason)
    }
    default:
      // no method of a dict, so it was something else that keys were set in: what it is given goes with it
      return m.callValue(frame, unknownValue(`${sourceText(frame, node)} is not known`), args, node)
  }
}

/** `dict(…)` and `update(…)`: mappings, pairs and keywords, in order. */
export function fillDict(m: Machine, frame: Frame, id: number, args: readonly Argument[], node: Call): void {
  for (const arg of args) {
    if (arg.name !== undefined) setKey(m, frame, id, constant(arg.name), arg.value, arg.location)
    else if (arg.spread === '*') addGap(m, frame, id, 'arguments are not known', arg.location, dependsOf(arg.value))
    else {
      const held = objectOf(frame, arg.value)
      if (held?.kind === 'list') fromPairs(m, frame, id, arg)
      else spreadInto(m, frame, id, arg.value, arg.location, sourceText(frame, spanOf(node, arg)))
    }
  }
}

function spanOf(node: Call, arg: Argument): { start: number; end: number } {
  // The location is by line; the source of the argument is found again in the call.
  const all = [...node.positional, ...node.keywords.map((keyword) => keyword.value)]
  const index = node.positional.length === 0 && arg.spread === '**' ? node.keywords.findIndex((k) => k.name === undefined) : 0
  return all[Math.max(0, index)] ?? node
}

function fromPairs(m: Machine, frame: Frame, id: number, arg: Argument): void {
  const { items, open } = iterated(m, frame, arg.value)
  for (const item of items) {
    const pair = objectOf(frame, item)
    if (pair?.kind === 'list' && pair.items.length === 2 && pair.open === undefined)
      setKey(m, frame, id, settle(frame, pair.items[0] as Abstract), pair.items[1] as Abstract, arg.location)
    else addGap(m, frame, id, 'pairs are not known', arg.location)
  }
  if (open !== undefined) addGap(m, frame, id, open, arg.location)
}

/** A method called on a list. */
export function listMethod(m: Machine, frame: Frame, id: number, name: string, args: readonly Argument[], node: Call): Abstract {
  const held = objectOf(frame, { kind: 'reference', id })
  if (held?.kind !== 'list') return unknownValue(`${sourceText(frame, node)} is not known`)
  const [first] = args
  switch (name) {
    case 'append':
    case 'add':
    case 'insert': {
      const value = (name === 'insert' ? args[1] : first)?.value
      if (!value) return NONE
      escapes(frame, value, 'it is kept in a list', here(frame, node))
      store(frame, id, { ...held, items: [...held.items, value].slice(0, 200) })
      return NONE
    }
    case 'extend':
    case 'update': {
      if (!first) return NONE
      const { items, open } = iterated(m, frame, first.value)
      const why = held.open ?? open
      store(frame, id, { ...held, items: [...held.items, ...items].slice(0, 200), ...(why !== undefined ? { open: why } : {}) })
      return NONE
    }
    case 'copy':
      return newList(m, frame, held.items, held.tuple, held.open)
    case 'index':
    case 'count':
      return unknownValue(`${sourceText(frame, node)} is not known`)
    default:
      // remove, pop, clear, sort, reverse: which items are left is not followed, what they may be is.
      store(frame, id, { ...held, open: `it is changed by ${name}` })
      return name === 'pop' && held.items.length > 0
        ? joinValues([...held.items, unknownValue('an item of a list')])
        : unknownValue('an item of a list')
  }
}

export function emptyDict(m: Machine, frame: Frame, node: Call): Extract<Abstract, { kind: 'reference' }> {
  return newDict(m, frame, node)
}

/** What a key gives, also where the environment names it: what its default leads to, where every name leads to what it says itself. */
export function readKeyed(object: DictObject, key: Abstract, missing: Abstract, text: string): Abstract {
  if (key.kind !== 'environment') return readKey(object, key, missing)
  const keeps = object.gaps.length === 0 && [...object.entries].every(([name, { value }]) => textOf(value) === name)
  return mapValue(key, (one) => readKey(object, one, missing), keeps, text)
}
