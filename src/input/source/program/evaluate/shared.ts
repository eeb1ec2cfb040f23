import { locate } from '../../../../model/location.ts'
import type { Flow } from './flow.ts'
import type { Frame, Machine } from './frame.ts'
import { addGap, objectOf, store } from './heap.ts'
import { get } from './store.ts'
import type { Change } from './symbols.ts'
import { type Abstract, type HeapObject, joinValues, optionsOf, unknownValue } from './value.ts'

/** Brings the objects that a value of another evaluation refers to into the heap of this one, unless they are there already. */
export function importedObjects(frame: Frame, value: Abstract, from: Flow): void {
  const pending: Abstract[] = [value]
  const seen = new Set<number>()
  while (pending.length > 0) {
    const next = pending.pop() as Abstract
    for (const option of optionsOf(next)) {
      if (option.kind === 'function' && option.self) pending.push(option.self)
      if (option.kind !== 'reference' || seen.has(option.id)) continue
      seen.add(option.id)
      if (objectOf(frame, option)) continue
      const object = get(from.heap, option.id)
      if (!object) continue
      store(frame, option.id, object)
      pending.push(...contentsOf(object))
    }
  }
}

function contentsOf(object: HeapObject): Abstract[] {
  if (object.kind === 'dict') return [...object.entries.values()].map((entry) => entry.value)
  if (object.kind === 'list') return [...object.items]
  return [...object.attributes.values()]
}

/**
 * A dict that other functions of the project change, at times that are not known: each key they set may be as it was or not. The copy stands in
 * this evaluation only.
 */
export function withChanges(
  m: Machine,
  frame: Frame,
  value: Abstract,
  changes: readonly Change[],
  path: string,
  name: string,
): Abstract {
  if (changes.length === 0) return value
  const file = m.modules.load(path)
  if (!file) return value
  for (const option of optionsOf(value)) {
    if (option.kind !== 'reference') continue
    const mark = `changed:${option.id}:${name}`
    if (frame.run.parameters.has(mark)) continue
    frame.run.parameters.set(mark, option.id)
    for (const change of changes) {
      const object = objectOf(frame, option)
      if (object?.kind !== 'dict') break
      const location = locate(path, file.lines, change.span)
      const reason = `${name} is changed in ${change.by.qualified}`
      if (change.key === undefined) addGap(m, frame, option.id, reason, location)
      else {
        const entries = new Map(object.entries)
        const before = entries.get(change.key)
        const unseen = unknownValue(reason)
        entries.set(change.key, {
          value: before ? joinValues([before.value, unseen]) : unseen,
          location,
          maybe: before?.maybe ?? true,
          order: m.tick(),
        })
        store(frame, option.id, { ...object, entries })
      }
    }
  }
  return value
}
