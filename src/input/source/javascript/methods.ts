import { lookUp } from '../../../text/table.ts'
import type { Argument, Frame, Machine } from '../program/evaluate/frame.ts'
import { here, newList, objectOf, store } from '../program/evaluate/heap.ts'
import { iterated } from '../program/evaluate/iteration.ts'
import { sourceText } from '../program/evaluate/source.ts'
import { joinedBy } from '../program/evaluate/strings.ts'
import { textCall } from '../program/evaluate/text-call.ts'
import { escapes } from '../program/evaluate/uses.ts'
import { type Abstract, constant, dependsOf, joinValues, NONE, settle, unknownValue } from '../program/evaluate/value.ts'
import type { Call } from '../program/syntax.ts'

/** A method of an array. */
export function listMethod(m: Machine, frame: Frame, id: number, name: string, args: readonly Argument[], node: Call): Abstract {
  const held = objectOf(frame, { kind: 'reference', id })
  const text = sourceText(frame, node)
  if (held?.kind !== 'list') return unknownValue(`${text} is not known`)
  const [first] = args
  const location = here(frame, node)
  const call = (item: Abstract, i: number) =>
    first
      ? m.callValue(
          frame,
          first.value,
          [item, constant(i)].map((value) => ({ value, location })),
          node,
        )
      : NONE
  switch (name) {
    case 'push':
    case 'unshift': {
      const values = args.map((arg) => arg.value)
      for (const value of values) escapes(frame, value, 'it is kept in a list', location)
      const items = name === 'push' ? [...held.items, ...values] : [...values, ...held.items]
      store(frame, id, { ...held, items: items.slice(0, 200) })
      return NONE
    }
    case 'concat': {
      const parts = args.map((arg) =>
        objectOf(frame, arg.value)?.kind === 'list' ? iterated(m, frame, arg.value) : { items: [arg.value] },
      )
      const open = held.open ?? parts.find((part) => 'open' in part && part.open !== undefined)
      return newList(
        m,
        frame,
        [...held.items, ...parts.flatMap((part) => part.items)],
        false,
        open ? 'it is put together' : undefined,
      )
    }
    case 'map':
    case 'flatMap': {
      const items = held.items.map((item, i) => call(settle(frame, item), i))
      if (held.items.length === 0 && held.open !== undefined) call(unknownValue('an item of an array'), 0)
      return newList(m, frame, items, false, name === 'flatMap' ? 'it is put together' : held.open)
    }
    case 'forEach':
    case 'reduce':
    case 'some':
    case 'every':
      if (name === 'forEach') for (const [i, item] of held.items.entries()) call(settle(frame, item), i)
      return unknownValue(`${text} is not known`)
    case 'filter': {
      const truthy = first?.value.kind === 'external' && first.value.path === 'builtins.Boolean'
      const known = truthy && held.items.every((item) => item.kind === 'constant')
      if (known)
        return newList(
          m,
          frame,
          held.items.filter((item) => item.kind === 'constant' && Boolean(item.value)),
          false,
          held.open,
        )
      return newList(m, frame, held.items, false, 'some are left out')
    }
    case 'find':
    case 'at':
    case 'pop':
    case 'shift':
      return held.items.length > 0 ? joinValues([...held.items, NONE]) : unknownValue('an item of an array')
    case 'join': {
      if (held.open !== undefined) return unknownValue(`${text} is not known`)
      const separator = first?.value ?? constant(',')
      return joinedBy(
        separator,
        held.items.map((item) => settle(frame, item)),
        text,
      )
    }
    case 'slice':
    case 'sort':
    case 'reverse':
    case 'flat':
      return newList(m, frame, held.items, false, name === 'slice' && args.length > 0 ? 'a slice' : held.open)
    case 'values':
      return { kind: 'reference', id }
    default:
      return unknownValue(`${text} is not known`)
  }
}

/** The names under which evaluation knows what methods of strings do. */
const LIKE: Readonly<Record<string, string>> = {
  toLowerCase: 'lower',
  toLocaleLowerCase: 'lower',
  toUpperCase: 'upper',
  toLocaleUpperCase: 'upper',
  trim: 'strip',
  trimStart: 'lstrip',
  trimEnd: 'rstrip',
  replace: 'replace',
  replaceAll: 'replace',
  startsWith: 'startswith',
  endsWith: 'endswith',
  split: 'split',
}

/** A method of a string, or of a value that the environment gives. */
export function textMethod(
  m: Machine,
  frame: Frame,
  object: Abstract,
  name: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  const text = sourceText(frame, node)
  if (object.kind === 'generated') return { ...object, text }
  if (name === 'toString' || name === 'valueOf') return object
  // a list that the environment gives stays one, whatever is done to its items
  if (object.kind === 'environment' && (name === 'map' || name === 'filter')) return object
  const values = args.map((arg) => arg.value)
  const like = lookUp(LIKE, name)
  if (like === undefined) return unknownValue(`${text} is not known`, dependsOf(object))
  return textCall(m, frame, object, like, values, text)
}
