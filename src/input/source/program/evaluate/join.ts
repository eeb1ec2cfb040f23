import type { FunctionInfo } from './symbols.ts'
import {
  type Abstract,
  type DictEntry,
  type DictGap,
  type DictObject,
  type HeapObject,
  joinValues,
  type ListObject,
  sameValue,
} from './value.ts'

/** What is known of an object after paths meet. */
export function joinObjects(values: readonly (HeapObject | undefined)[], depends: readonly FunctionInfo[] = []): HeapObject {
  const objects = values.filter((value) => value !== undefined)
  const first = objects[0] as HeapObject
  if (objects.every((object) => object === first)) return first
  if (objects.every((object) => object.kind === 'dict')) return joinDicts(objects, depends)
  if (objects.every((object) => object.kind === 'list')) return joinLists(objects)
  if (objects.every((object) => object.kind === 'instance')) {
    const attributes = new Map<string, Abstract>()
    for (const name of new Set(objects.flatMap((object) => [...object.attributes.keys()])))
      attributes.set(
        name,
        joinValues(
          objects.map((object) => object.attributes.get(name)).filter((value) => value !== undefined),
          depends,
        ),
      )
    return { ...(first as (typeof objects)[number]), attributes }
  }
  return first
}

function joinDicts(objects: readonly DictObject[], depends: readonly FunctionInfo[]): DictObject {
  const entries = new Map<string, DictEntry>()
  const because = depends.length > 0 ? { depends } : {}
  for (const key of new Set(objects.flatMap((object) => [...object.entries.keys()]))) {
    const found = objects.map((object) => object.entries.get(key)).filter((entry) => entry !== undefined)
    const last = found.reduce((a, b) => (b.order > a.order ? b : a))
    const everywhere = found.length === objects.length
    const same = found.every((entry) => entry === last || sameValue(entry.value, last.value))
    const maybe = !everywhere || found.some((entry) => entry.maybe)
    const value = same
      ? last.value
      : joinValues(
          found.map((entry) => entry.value),
          depends,
        )
    if (same && everywhere && maybe === last.maybe) entries.set(key, last)
    else entries.set(key, { ...last, ...because, value, maybe })
  }
  const gaps: DictGap[] = []
  for (const object of objects)
    for (const gap of object.gaps)
      if (!gaps.some((other) => other === gap || (other.order === gap.order && other.reason === gap.reason))) gaps.push(gap)
  return { kind: 'dict', entries, gaps, start: (objects[0] as DictObject).start }
}

function joinLists(objects: readonly ListObject[]): ListObject {
  const [first] = objects as [ListObject]
  const same = objects.every(
    (object) =>
      object.items.length === first.items.length && object.items.every((item, i) => sameValue(item, first.items[i] as Abstract)),
  )
  if (same) return first
  const items: Abstract[] = []
  for (const object of objects)
    for (const item of object.items) if (!items.some((other) => sameValue(other, item))) items.push(item)
  // what every path has comes first
  const isCertain = (item: Abstract) =>
    objects.every((object) => object.items.slice(0, object.certain).some((other) => sameValue(other, item)))
  const certain = items.filter(isCertain)
  const others = items.filter((item) => !certain.includes(item))
  return { ...first, items: [...certain, ...others], open: 'not the same on every path', certain: certain.length }
}
