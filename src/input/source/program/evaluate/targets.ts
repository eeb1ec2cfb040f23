import type { Location } from '../../../../model/location.ts'
import type { Expression } from '../syntax.ts'
import { setAttribute } from './classes.ts'
import type { Frame, Machine } from './frame.ts'
import { addGap, deleteKey, dictOf, newDict, objectOf, setKey, spreadInto, store } from './heap.ts'
import { iterated } from './iteration.ts'
import { get, set } from './store.ts'
import { escapes } from './uses.ts'
import { type Abstract, constant, joinValues, optionsOf, settle, unknownValue } from './value.ts'

/** Assigns a value to a target: name, attribute, subscript, or several at once. */
export function assignTo(m: Machine, frame: Frame, target: Expression, value: Abstract, location: Location): void {
  switch (target.kind) {
    case 'name':
      assignName(frame, target.name, value)
      return
    case 'attribute':
      assignAttribute(m, frame, m.evaluate(frame, target.object), target.name, value, location)
      return
    case 'subscript': {
      const object = m.evaluate(frame, target.object)
      const key = target.index.kind === 'slice' ? unknownValue('a slice') : m.evaluate(frame, target.index)
      assignKey(m, frame, heldDict(m, frame, target.object, object, key, location) ?? object, key, value, location)
      return
    }
    case 'tuple':
    case 'list':
      unpack(m, frame, target.items, settle(frame, value), location)
      return
    case 'starred':
      assignTo(m, frame, target.value, value, location)
      return
    default:
      return
  }
}

function assignName(frame: Frame, name: string, value: Abstract): void {
  if (frame.kind === 'function' && !frame.locals.has(name)) {
    for (let outer = frame.parent; outer; outer = outer.parent)
      if (outer.kind === 'function' && outer.locals.has(name)) {
        const before = get(outer.flow.vars, name)
        set(outer.flow.vars, name, before ? joinValues([before, value]) : value)
        return
      }
    set(frame.flow.globals, `${frame.module.path}:${name}`, value)
    return
  }
  set(frame.flow.vars, name, value)
}

function assignAttribute(m: Machine, frame: Frame, object: Abstract, name: string, value: Abstract, location: Location): void {
  const options = optionsOf(object)
  for (const option of options) {
    const held = objectOf(frame, option)
    if (option.kind === 'reference' && held?.kind === 'instance') {
      const before = held.attributes.get(name)
      setAttribute(frame, option.id, held, name, options.length > 1 && before ? joinValues([before, value]) : value)
    } else if (option.kind === 'class') {
      const body = m.bodyOf(option.info)
      const before = body?.attributes.get(name)
      if (frame.kind === 'module') body?.attributes.set(name, value)
      else if (body) body.attributes.set(name, before ? joinValues([before, value]) : value)
    } else if (m.language.objectsAreDicts && dictOf(m, frame, option)) {
      assignKey(m, frame, object, constant(name), value, location)
      return
    } else if (option.kind === 'module' && option.place.file) {
      set(frame.flow.globals, `${option.place.file}:${name}`, value)
    } else escapes(frame, value, `it is kept in the attribute ${name} of an object that is not followed`, location)
  }
}

/** What parsers and models give, where a key is set in it: a dict, of which nothing else is known. */
const PARSED = /(?:^|[._])(?:loads?|safe_load|full_load|dotenv_values|model_dump|dict|to_dict|asdict)\(\)$/

/**
 * A variable or attribute of unknown content that a key is set in is a dict from there on, whose other keys are unknown; undefined where it
 * is something else, or shared with more than this function sees.
 */
function heldDict(m: Machine, frame: Frame, holder: Expression, object: Abstract, key: Abstract, location: Location) {
  const open = object.kind === 'unknown' || (object.kind === 'external' && PARSED.test(object.path))
  if (!open || key.kind !== 'constant' || typeof key.value !== 'string') return undefined
  const own =
    holder.kind === 'name'
      ? frame.kind !== 'function' || frame.locals.has(holder.name)
      : holder.kind === 'attribute' && objectOf(frame, m.evaluate(frame, holder.object))?.kind === 'instance'
  if (!own) return undefined
  const dict = newDict(m, frame, holder)
  spreadInto(m, frame, dict.id, object, location, 'the rest')
  assignTo(m, frame, holder, dict, location)
  return dict
}

function assignKey(m: Machine, frame: Frame, object: Abstract, key: Abstract, value: Abstract, location: Location): void {
  escapes(frame, value, 'it is kept in a container', location)
  const options = optionsOf(object)
  for (const option of options) {
    const dict = dictOf(m, frame, option)
    if (dict) {
      if (options.length === 1) setKey(m, frame, dict.id, key, value, location)
      else {
        const before = objectOf(frame, { kind: 'reference', id: dict.id })
        setKey(m, frame, dict.id, key, value, location)
        markMaybe(frame, dict.id, before)
      }
      continue
    }
    const held = objectOf(frame, option)
    if (option.kind === 'reference' && held?.kind === 'list')
      store(frame, option.id, { ...held, items: [...held.items, value], open: 'an item is assigned' })
  }
}

/** After a change to one of several dicts: in this one it may not have happened. */
function markMaybe(frame: Frame, id: number, before: ReturnType<typeof objectOf>): void {
  const after = objectOf(frame, { kind: 'reference', id })
  if (after?.kind !== 'dict' || before?.kind !== 'dict') return
  const entries = new Map(after.entries)
  for (const [key, entry] of entries) {
    const old = before.entries.get(key)
    if (old === entry) continue
    entries.set(
      key,
      old ? { ...entry, value: joinValues([old.value, entry.value]), maybe: old.maybe } : { ...entry, maybe: true },
    )
  }
  store(frame, id, { ...after, entries })
}

function unpack(m: Machine, frame: Frame, targets: readonly Expression[], value: Abstract, location: Location): void {
  if (value.kind === 'choice') {
    // Position by position, so that `consumer, producer = f()` is followed where each branch returns a pair.
    const lists = value.options.map((option) => iterated(m, frame, option))
    if (lists.every((list) => list.open === undefined && list.items.length === targets.length)) {
      for (const [i, target] of targets.entries())
        assignTo(
          m,
          frame,
          target,
          joinValues(
            lists.map((list) => list.items[i] as Abstract),
            value.depends,
          ),
          location,
        )
      return
    }
  }
  const { items, open } = iterated(m, frame, value)
  const star = targets.findIndex((target) => target.kind === 'starred')
  for (const [i, target] of targets.entries()) {
    const exact = open === undefined && (star < 0 ? items.length === targets.length : i < star)
    const item = exact ? items[i] : undefined
    if (item && target.kind !== 'starred') assignTo(m, frame, target, item, location)
    else assignTo(m, frame, target, unpackedUnknown(items, value), location)
  }
}

function unpackedUnknown(items: readonly Abstract[], value: Abstract): Abstract {
  const clients = items.filter((item) => optionsOf(item).some((option) => option.kind === 'client'))
  if (clients.length > 0) return joinValues([...clients, unknownValue('it is unpacked')])
  return unknownValue(
    'it is unpacked',
    value.kind === 'parameter' ? [value.info] : value.kind === 'unknown' ? value.depends : undefined,
  )
}

export function deleteTarget(m: Machine, frame: Frame, target: Expression, location: Location): void {
  if (target.kind !== 'subscript') return
  const object = m.evaluate(frame, target.object)
  const key = m.evaluate(frame, target.index)
  const options = optionsOf(object)
  for (const option of options) {
    const dict = dictOf(m, frame, option)
    if (!dict) continue
    if (options.length === 1) deleteKey(m, frame, dict.id, key, location)
    else addGap(m, frame, dict.id, 'a key may be deleted', location)
  }
}
