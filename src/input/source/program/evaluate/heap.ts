import type { Location } from '../../../../model/location.ts'
import { locate } from '../../../../model/location.ts'
import type { Span } from '../../../../text/span.ts'
import type { Frame, Machine } from './frame.ts'
import { joinObjects } from './join.ts'
import { get, set } from './store.ts'
import type { FunctionInfo } from './symbols.ts'
import { truthOf } from './truth.ts'
import {
  type Abstract,
  type DictGap,
  type DictObject,
  dependsOf,
  type HeapObject,
  joinValues,
  type ParameterValue,
  type Reference,
  settle,
  union,
  unknownValue,
} from './value.ts'

export function here(frame: Frame, span: Span): Location {
  return locate(frame.module.path, frame.module.lines, span)
}

export function objectOf(frame: Frame, value: Abstract): HeapObject | undefined {
  if (value.kind !== 'reference') return undefined
  return get(frame.flow.heap, value.id) ?? frame.run.initial.get(value.id)
}

export function store(frame: Frame, id: number, object: HeapObject): void {
  set(frame.flow.heap, id, object)
}

export function allocate(m: Machine, frame: Frame, object: HeapObject): Reference {
  const id = m.newId()
  store(frame, id, object)
  return { kind: 'reference', id }
}

export function newDict(m: Machine, frame: Frame, span: Span): Reference {
  return allocate(m, frame, { kind: 'dict', entries: new Map(), gaps: [], start: here(frame, span) })
}

export function newList(m: Machine, frame: Frame, items: readonly Abstract[], tuple: boolean, open?: string): Reference {
  return allocate(m, frame, { kind: 'list', items, tuple, ...(open !== undefined ? { open } : {}) })
}

/** The dict that stands for what callers give as a parameter: nothing of it is known. */
export function parameterDict(m: Machine, frame: Frame, parameter: ParameterValue): Reference {
  const { info } = parameter
  const key = `${info.path}:${info.node.start}:${parameter.name}`
  let id = frame.run.parameters.get(key)
  if (id === undefined) {
    id = m.newId()
    frame.run.parameters.set(key, id)
    const declared = info.node.parameters.find((p) => p.name === parameter.name)
    // Its place is the parameter itself; `info` may be of another module than the frame.
    const lines = m.modules.load(info.path)?.lines ?? frame.module.lines
    const location = locate(info.path, lines, declared ?? info.node.nameSpan)
    const reason =
      parameter.type === 'kwargs' ? `callers may pass more as **${parameter.name}` : `callers decide what is in ${parameter.name}`
    frame.run.initial.set(id, {
      kind: 'dict',
      entries: new Map(),
      gaps: [{ reason, location, order: m.tick(), depends: [info] }],
      start: location,
    })
  }
  return { kind: 'reference', id }
}

/** The dict a value is, with the id under which it lives, or undefined when it is none that is known. */
export function dictOf(m: Machine, frame: Frame, value: Abstract): { id: number; object: DictObject } | undefined {
  const reference = value.kind === 'parameter' ? parameterDict(m, frame, value) : value
  if (reference.kind !== 'reference') return undefined
  const object = objectOf(frame, reference)
  return object?.kind === 'dict' ? { id: reference.id, object } : undefined
}

/** What is in a value that is a dict, or one of several; undefined when it cannot be a known dict. None and the like count as empty. */
export function dictView(m: Machine, frame: Frame, value: Abstract): DictObject | undefined {
  if (value.kind === 'choice') {
    const views: DictObject[] = []
    for (const option of value.options) {
      if (option.kind === 'constant' && option.value === null) continue
      const view = dictView(m, frame, option)
      if (!view) return undefined
      views.push(view)
    }
    const [first] = views
    if (!first) return undefined
    return views.length === 1 ? first : (joinObjects(views, value.depends ?? []) as DictObject)
  }
  return dictOf(m, frame, value)?.object
}

export interface Pair {
  readonly key: Abstract
  readonly value: Abstract
  readonly location: Location
}

export function setKey(m: Machine, frame: Frame, id: number, key: Abstract, value: Abstract, location: Location): void {
  setKeys(m, frame, id, [{ key, value, location }])
}

/** Sets keys of a dict, in order. A key that is not one known string may be any: then the dict has a gap. */
export function setKeys(m: Machine, frame: Frame, id: number, pairs: readonly Pair[]): void {
  const object = objectOf(frame, { kind: 'reference', id })
  if (object?.kind !== 'dict' || pairs.length === 0) return
  const entries = new Map(object.entries)
  let gaps: readonly DictGap[] = object.gaps
  for (const { key, value, location } of pairs) {
    const names = keyNames(key)
    if (!names) {
      gaps = withGap(gaps, { reason: 'a key is computed', location, order: m.tick(), depends: dependsOf(key) })
      continue
    }
    const several = names.length > 1
    for (const name of names) {
      const before = entries.get(name)
      entries.set(name, {
        value: several && before ? joinValues([before.value, value]) : value,
        location,
        maybe: several && (before?.maybe ?? true),
        order: m.tick(),
      })
    }
  }
  store(frame, id, { ...object, entries, gaps })
}

/** One gap of a kind is enough, but the latest decides what it may override. */
function withGap(gaps: readonly DictGap[], gap: DictGap): readonly DictGap[] {
  return [...gaps.filter((one) => one.reason !== gap.reason || one.location.line !== gap.location.line), gap].slice(-20)
}

/** The strings a key may be, or undefined. */
export function keyNames(key: Abstract): readonly string[] | undefined {
  if (key.kind === 'constant') return key.value === null || key.bytes ? undefined : [String(key.value)]
  if (key.kind === 'choice') {
    const names = key.options.map(keyNames)
    return names.every((n) => n !== undefined) ? names.flatMap((n) => n as readonly string[]) : undefined
  }
  return undefined
}

export function addGap(
  m: Machine,
  frame: Frame,
  id: number,
  reason: string,
  location: Location,
  depends: readonly FunctionInfo[] = [],
): void {
  const object = objectOf(frame, { kind: 'reference', id })
  if (object?.kind !== 'dict') return
  store(frame, id, { ...object, gaps: withGap(object.gaps, { reason, location, order: m.tick(), depends }) })
}

export function deleteKey(m: Machine, frame: Frame, id: number, key: Abstract, location: Location): void {
  const object = objectOf(frame, { kind: 'reference', id })
  if (object?.kind !== 'dict') return
  const names = keyNames(key)
  if (names?.length !== 1) {
    addGap(m, frame, id, 'a key is deleted that is computed', location, dependsOf(key))
    return
  }
  const entries = new Map(object.entries)
  entries.delete(names[0] as string)
  store(frame, id, { ...object, entries })
}

/** Copies what is in `source` over what is in the dict, as `update` and `**` do. */
export function spreadInto(m: Machine, frame: Frame, id: number, lazy: Abstract, location: Location, what: string): void {
  const source = settle(frame, lazy)
  if (source.kind === 'constant' && source.value === null) return
  const view = dictView(m, frame, source)
  const target = objectOf(frame, { kind: 'reference', id })
  if (target?.kind !== 'dict') return
  if (!view) {
    addGap(m, frame, id, gapReason(source, what), location, dependsOf(source))
    return
  }
  const entries = new Map(target.entries)
  const ordered = [...view.entries].sort(([, a], [, b]) => a.order - b.order)
  const gaps: DictGap[] = [...target.gaps]
  const events: { order: number; apply: () => void }[] = ordered.map(([key, entry]) => ({
    order: entry.order,
    apply: () => {
      const before = entries.get(key)
      const value =
        entry.maybe && before
          ? { ...entry, value: joinValues([before.value, entry.value]), maybe: before.maybe, order: m.tick() }
          : { ...entry, order: m.tick() }
      entries.set(
        key,
        source.via ? { ...value, value: { ...value.value, via: [...(value.value.via ?? []), ...source.via] } } : value,
      )
    },
  }))
  for (const gap of view.gaps) events.push({ order: gap.order, apply: () => gaps.push({ ...gap, order: m.tick() }) })
  events.sort((a, b) => a.order - b.order)
  for (const event of events) event.apply()
  store(frame, id, { ...target, entries, gaps })
}

function gapReason(source: Abstract, what: string): string {
  switch (source.kind) {
    case 'unknown':
      return `${what} is not known: ${source.reason}`
    case 'external':
      return `${what} comes from ${source.path}`
    case 'environment':
      return `${what} comes from the environment variable ${source.variable}`
    default:
      return `${what} is not known`
  }
}

export function copyDict(m: Machine, frame: Frame, object: DictObject): Reference {
  return allocate(m, frame, { ...object })
}

/** What a key of a dict gives; `missing` stands for its absence. */
export function readKey(object: DictObject, key: Abstract, missing: Abstract): Abstract {
  const names = keyNames(key)
  if (!names) return unknownValue('a key is computed', dependsOf(key))
  return joinValues(names.map((name) => readOne(object, name, missing)))
}

function readOne(object: DictObject, name: string, missing: Abstract): Abstract {
  const entry = object.entries.get(name)
  const later = object.gaps.filter((gap) => !entry || gap.order > entry.order)
  const [gap] = later
  if (gap) return unknownValue(gap.reason, union(...later.map((g) => g.depends ?? [])))
  if (!entry) return missing
  return entry.maybe ? joinValues([entry.value, missing]) : entry.value
}

/** Whether a value is true, looking into dicts and lists where empty ones are false. */
export function truthIn(frame: Frame, value: Abstract): boolean | undefined {
  if (value.kind === 'choice') {
    const [first, ...rest] = value.options.map((option) => truthIn(frame, option))
    return rest.every((truth) => truth === first) ? first : undefined
  }
  const object = objectOf(frame, value)
  if (!object) return truthOf(value)
  if (object.kind === 'instance' || frame.module.language.objectsAreDicts) return true
  if (object.kind === 'list') return object.items.length > 0 ? true : object.open === undefined ? false : undefined
  if ([...object.entries.values()].some((entry) => !entry.maybe)) return true
  return object.entries.size === 0 && object.gaps.length === 0 ? false : undefined
}
