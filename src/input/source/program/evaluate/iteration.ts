import type { Frame, Machine } from './frame.ts'
import { allocate, dictView, objectOf } from './heap.ts'
import type { FunctionInfo } from './symbols.ts'
import { type Abstract, constant, type DictEntry, dependsOf, optionsOf } from './value.ts'

export interface Iterated {
  readonly items: readonly Abstract[]
  /** Set when there may be others: why. */
  readonly open?: string
  readonly depends?: readonly FunctionInfo[]
}

/** What a loop over a value sees. */
export function iterated(m: Machine, frame: Frame, value: Abstract): Iterated {
  if (value.kind === 'choice') {
    const parts = optionsOf(value)
      .filter((option) => !(option.kind === 'constant' && option.value === null))
      .map((option) => iterated(m, frame, option))
    return { items: parts.flatMap((part) => part.items), open: 'it is one of several lists', depends: dependsOf(value) }
  }
  const object = objectOf(frame, value)
  if (object?.kind === 'list')
    return object.open === undefined ? { items: object.items } : { items: object.items, open: object.open }
  if (object?.kind === 'dict') {
    const items = [...object.entries].map(([key]) => constant(key))
    const [gap] = object.gaps
    const unsure = [...object.entries.values()].some((entry) => entry.maybe)
    return gap || unsure ? { items, open: gap?.reason ?? 'a key may be absent' } : { items }
  }
  return { items: [], open: 'what it iterates over is not known', depends: dependsOf(value) }
}

/** `dict.items()`, as pairs. */
export function pairsOf(m: Machine, frame: Frame, value: Abstract): Iterated {
  const view = dictView(m, frame, value)
  if (!view) return { items: [], open: 'what it iterates over is not known', depends: dependsOf(value) }
  const items = [...view.entries].filter(([, entry]) => !entry.maybe).map(([key, entry]) => pairOf(m, frame, key, entry))
  const [gap] = view.gaps
  const unsure = [...view.entries.values()].some((entry) => entry.maybe)
  if (!gap && !unsure) return { items }
  return { items, open: gap?.reason ?? 'a key may be absent', ...(gap?.depends ? { depends: gap.depends } : {}) }
}

function pairOf(m: Machine, frame: Frame, key: string, entry: DictEntry): Abstract {
  return allocate(m, frame, { kind: 'list', items: [constant(key), entry.value], tuple: true, origin: entry.location })
}
