import { lookUp } from '../../../text/table.ts'
import { dictMethod as pythonDictMethod } from '../program/evaluate/containers.ts'
import type { Argument, Frame, Machine } from '../program/evaluate/frame.ts'
import { here, objectOf, store } from '../program/evaluate/heap.ts'
import { iterated } from '../program/evaluate/iteration.ts'
import { coalesced } from '../program/evaluate/operators.ts'
import { sourceText } from '../program/evaluate/source.ts'
import { textCall } from '../program/evaluate/text-call.ts'
import { escapes } from '../program/evaluate/uses.ts'
import {
  type Abstract,
  constant,
  dependsOf,
  joinValues,
  NONE,
  type ParameterValue,
  settle,
  unknownValue,
} from '../program/evaluate/value.ts'
import type { Call } from '../program/syntax.ts'

/** The names under which evaluation knows what methods of maps do. */
const LIKE_DICT: Readonly<Record<string, string>> = {
  put: '__setitem__',
  setProperty: '__setitem__',
  putIfAbsent: 'setdefault',
  putAll: 'update',
  get: 'get',
  getProperty: 'get',
  getOrDefault: 'get',
  remove: 'pop',
  keySet: 'keys',
  values: 'values',
  entrySet: 'items',
  clear: 'clear',
}

/** Methods of maps that change nothing and say nothing of what is in them. */
const ASKS = new Set(['containsKey', 'isEmpty', 'size', 'hashCode', 'equals', 'toString', 'forEach', 'stringPropertyNames'])

/** A method of a map. */
export function dictMethod(
  m: Machine,
  frame: Frame,
  target: number | ParameterValue,
  name: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  if (ASKS.has(name)) return unknownValue(`${sourceText(frame, node)} is not known`)
  return pythonDictMethod(m, frame, target, Object.hasOwn(LIKE_DICT, name) ? (LIKE_DICT[name] as string) : name, args, node)
}

/** A method of a list or set. */
export function listMethod(m: Machine, frame: Frame, id: number, name: string, args: readonly Argument[], node: Call): Abstract {
  const held = objectOf(frame, { kind: 'reference', id })
  const text = sourceText(frame, node)
  if (held?.kind !== 'list') return unknownValue(`${text} is not known`)
  const [first] = args
  switch (name) {
    case 'add':
    case 'addLast': {
      const value = args.at(-1)?.value
      if (!value) return NONE
      escapes(frame, value, 'it is kept in a list', here(frame, node))
      store(frame, id, { ...held, items: [...held.items, value].slice(0, 200) })
      return constant(true)
    }
    case 'addAll': {
      const { items, open } = first ? iterated(m, frame, first.value) : { items: [], open: undefined }
      const why = held.open ?? open
      store(frame, id, { ...held, items: [...held.items, ...items].slice(0, 200), ...(why === undefined ? {} : { open: why }) })
      return constant(true)
    }
    case 'get': {
      const at = first?.value
      if (at?.kind === 'constant' && typeof at.value === 'number' && held.open === undefined)
        return held.items[at.value] ?? unknownValue('the index is out of range')
      return held.items.length > 0 ? joinValues(held.items) : unknownValue('an item of a list')
    }
    case 'forEach':
      for (const item of held.items)
        if (first) m.callValue(frame, first.value, [{ value: settle(frame, item), location: here(frame, node) }], node)
      return NONE
    case 'stream':
    case 'iterator':
    case 'toList':
    case 'collect':
      return { kind: 'reference', id }
    case 'remove':
    case 'clear':
    case 'sort':
      store(frame, id, { ...held, open: `it is changed by ${name}` })
      return NONE
    default:
      return unknownValue(`${text} is not known`)
  }
}

const LIKE_TEXT: Readonly<Record<string, string>> = {
  toLowerCase: 'lower',
  toUpperCase: 'upper',
  trim: 'strip',
  strip: 'strip',
  replace: 'replace',
  startsWith: 'startswith',
  endsWith: 'endswith',
  split: 'split',
}

/** Methods that give the value itself in another form. */
const SAME = new Set(['toString', 'name', 'valueOf', 'intern', 'get', 'intValue', 'longValue', 'booleanValue', 'toMillis', 'map'])

/** A method of a string, of a number, or of a value that the environment gives. */
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
  if (SAME.has(name)) return object
  const values = args.map((arg) => arg.value)
  if ((name === 'orElse' || name === 'orElseGet') && values[0]) return coalesced(object, () => values[0] as Abstract)
  const like = lookUp(LIKE_TEXT, name)
  if (like === undefined) return unknownValue(`${text} is not known`, dependsOf(object))
  return textCall(m, frame, object, like, values, text)
}
