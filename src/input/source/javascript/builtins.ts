import { copyOf } from '../program/evaluate/copy.ts'
import type { Argument, Frame, Machine } from '../program/evaluate/frame.ts'
import { addGap, dictOf, here, newDict, newList, objectOf, setKey, spreadInto } from '../program/evaluate/heap.ts'
import { iterated, pairsOf } from '../program/evaluate/iteration.ts'
import { concatenated, toBoolean, toNumber } from '../program/evaluate/operators.ts'
import { sourceText } from '../program/evaluate/source.ts'
import { type Abstract, constant, dependsOf, type Generated, NONE, settle, unknownValue } from '../program/evaluate/value.ts'
import type { Call } from '../program/syntax.ts'

/** Names that every module has. */
export const BUILTINS = new Set(
  'process global globalThis Object Number String Boolean Array JSON Math Date Promise Symbol Map Set WeakMap RegExp Error TypeError Buffer console parseInt parseFloat setTimeout setInterval setImmediate clearTimeout clearInterval queueMicrotask structuredClone require crypto fetch URL URLSearchParams AbortController BigInt isNaN encodeURIComponent decodeURIComponent restOf import'.split(
    ' ',
  ),
)

/** Values that are made anew, and how long they last: at each call, or as long as the process or host. */
export function generatedBy(path: string): Generated['by'] | undefined {
  if (
    /^(?:uuid\.(?:v[1-7]|default(?:\.v[1-7])?)|nanoid(?:\.nanoid)?|ulid(?:\.ulid)?|cuid|@paralleldrive\/cuid2\.createId|short-?uuid\..*)$/.test(
      path,
    )
  )
    return 'random'
  if (/^(?:builtins\.|node:)?crypto\.(?:default\.)?(?:randomUUID|randomBytes|randomInt)$/.test(path)) return 'random'
  if (path === 'builtins.Math.random') return 'random'
  if (/^builtins\.(?:Date(?:\.now)?|process\.hrtime(?:\.bigint)?)$/.test(path)) return 'time'
  if (/^(?:node:)?os\.(?:default\.)?hostname$/.test(path)) return 'host'
  return undefined
}

/** A call of what the language itself offers. `path` is dotted: `Object.assign`. */
export function builtinCall(m: Machine, frame: Frame, path: string, args: readonly Argument[], node: Call): Abstract | undefined {
  const text = sourceText(frame, node)
  const first = args[0]?.value
  switch (path) {
    case 'String':
      return first ? (first.kind === 'environment' ? first : concatenated([first], text, spell)) : constant('')
    case 'Number':
    case 'parseFloat':
    case 'Number.parseFloat':
    case 'BigInt':
      return first ? toNumber(first, !isWhole(first), text) : constant(0)
    case 'parseInt':
    case 'Number.parseInt':
      return first ? toNumber(first, false, text) : undefined
    case 'Boolean':
      return first ? toBoolean(first, false, text) : constant(false)
    case 'Object.assign':
      return assign(m, frame, args)
    case 'Object.freeze':
    case 'Object.seal':
    case 'Promise.resolve':
      return first ?? NONE
    case 'structuredClone':
      return first ? copyOf(m, frame, first) : NONE
    case 'Object.entries': {
      if (!first) return undefined
      const { items, open } = pairsOf(m, frame, first)
      return newList(m, frame, items, false, open)
    }
    case 'Object.keys': {
      if (!first) return undefined
      const { items, open } = iterated(m, frame, first)
      return newList(m, frame, items, false, open)
    }
    case 'Object.values': {
      const held = first && dictOf(m, frame, first)?.object
      if (!held) return undefined
      return newList(
        m,
        frame,
        [...held.entries.values()].map((entry) => entry.value),
        false,
        held.gaps[0]?.reason,
      )
    }
    case 'Object.fromEntries':
      return fromEntries(m, frame, first, node)
    case 'Array.from':
    case 'Set':
    case 'Promise.all':
    case 'Promise.allSettled': {
      if (!first) return newList(m, frame, [], false)
      const { items, open } = iterated(m, frame, first)
      const [, of] = args
      const made = of && path === 'Array.from' ? items.map((item) => called(m, frame, of.value, [item], node)) : items
      return newList(m, frame, made, false, open)
    }
    case 'restOf':
      return first ? restOf(m, frame, first, node) : undefined
    case 'RegExp':
      // a pattern for topics: kept apart from a name by its mark
      return first?.kind === 'constant' && typeof first.value === 'string'
        ? constant(first.value.startsWith('^') ? first.value : `^.*${first.value}`)
        : undefined
    case 'setTimeout':
    case 'setInterval':
    case 'setImmediate':
    case 'queueMicrotask':
    case 'process.nextTick':
    case 'process.on':
    case 'process.once': {
      const callback = args.find((arg) => arg.value.kind === 'function' || arg.value.kind === 'client-method')
      if (callback) m.callValue(frame, callback.value, [], node)
      return { kind: 'external', path: `builtins.${path}()` }
    }
    case 'process.exit':
      frame.flow.dead = true
      return NONE
    default:
      return undefined
  }
}

function isWhole(value: Abstract): boolean {
  return !(value.kind === 'constant' && typeof value.value === 'string' && value.value.includes('.'))
}

function called(m: Machine, frame: Frame, callee: Abstract, values: readonly Abstract[], node: Call): Abstract {
  const location = here(frame, node)
  return m.callValue(
    frame,
    callee,
    values.map((value) => ({ value, location })),
    node,
  )
}

/** Everything of the sources goes into the target, which is what it gives. */
function assign(m: Machine, frame: Frame, args: readonly Argument[]): Abstract | undefined {
  const [target, ...sources] = args
  const held = target && dictOf(m, frame, target.value)
  if (!held) return undefined
  for (const { value, location, spread } of sources)
    if (spread) addGap(m, frame, held.id, 'what is assigned is passed on unseen', location, dependsOf(value))
    else spreadInto(m, frame, held.id, value, location, 'what is assigned')
  return { kind: 'reference', id: held.id }
}

function fromEntries(m: Machine, frame: Frame, pairs: Abstract | undefined, node: Call): Abstract {
  const reference = newDict(m, frame, node)
  const location = here(frame, node)
  if (!pairs) return reference
  const { items, open } = iterated(m, frame, pairs)
  for (const item of items) {
    const pair = objectOf(frame, item)
    if (pair?.kind === 'list' && pair.items.length === 2)
      setKey(m, frame, reference.id, settle(frame, pair.items[0] as Abstract), pair.items[1] as Abstract, location)
    else addGap(m, frame, reference.id, 'pairs are not known', location)
  }
  if (open !== undefined) addGap(m, frame, reference.id, open, location)
  return reference
}

/** What a pattern leaves: all of it may be there. */
function restOf(m: Machine, frame: Frame, value: Abstract, node: Call): Abstract {
  return dictOf(m, frame, value)
    ? copyOf(m, frame, value)
    : unknownValue(`the rest of ${sourceText(frame, node)} is not known`, dependsOf(value))
}

/** How a value that is no text reads in one. */
export function spell(literal: string | number | boolean | null): string {
  return literal === null ? 'undefined' : String(literal)
}
