import type { Location } from '../../../../model/location.ts'
import type { Comprehension } from '../syntax.ts'
import type { Frame, Machine } from './frame.ts'
import { type allocate, here, keyNames, newDict, newList, objectOf, setKey, truthIn } from './heap.ts'
import { iterated } from './iteration.ts'
import { set } from './store.ts'
import { assignTo } from './targets.ts'
import { type Abstract, joinValues, unknownValue } from './value.ts'

/** Evaluated item by item where the items are known and few; else once, with what an item may be. */
export function comprehension(m: Machine, frame: Frame, node: Comprehension): Abstract {
  const saved = frame.flow
  const location = here(frame, node)
  const result = node.type === 'dict' ? newDict(m, frame, node) : undefined
  const items: Abstract[] = []
  let open: string | undefined
  let origin: Location | undefined
  const emit = (sure: boolean) => {
    if (result && node.key) {
      const key = m.evaluate(frame, node.key)
      const value = m.evaluate(frame, node.element)
      const before = objectOf(frame, result)
      // `{k: v for k, v in d.items()}` keeps what was written elsewhere.
      setKey(m, frame, result.id, key, value, (node.element.kind === 'name' && origin) || location)
      const after = objectOf(frame, result)
      const names = keyNames(key)
      if (!sure && names && after?.kind === 'dict' && before?.kind === 'dict') {
        const entries = new Map(after.entries)
        for (const name of names) {
          const entry = entries.get(name)
          if (entry) entries.set(name, { ...entry, maybe: before.entries.get(name)?.maybe ?? true })
        }
        allocateAt(frame, result.id, { ...after, entries })
      }
    } else {
      items.push(m.evaluate(frame, node.element))
      if (!sure) open ??= 'some items may be left out'
    }
  }
  const clause = (at: number, sure: boolean): void => {
    const next = node.clauses[at]
    if (!next) {
      emit(sure)
      return
    }
    if (!next.target) {
      const truth = truthIn(frame, m.evaluate(frame, next.value))
      if (truth !== false) clause(at + 1, sure && truth === true)
      return
    }
    const source = iterated(m, frame, m.evaluate(frame, next.value))
    const few = source.items.length <= 40 ? source.items : [joinValues(source.items)]
    for (const item of few) {
      const held = objectOf(frame, item)
      origin = held?.kind === 'list' ? held.origin : undefined
      assignTo(m, frame, next.target, item, location)
      clause(at + 1, sure && few === source.items)
    }
    if (source.open !== undefined) {
      open ??= source.open
      origin = undefined
      assignTo(m, frame, next.target, unknownValue(source.open, source.depends), location)
      clause(at + 1, false)
    }
  }
  clause(0, true)
  frame.flow = saved
  return result ?? newList(m, frame, items, false, open)
}

function allocateAt(frame: Frame, id: number, object: Parameters<typeof allocate>[2]): void {
  set(frame.flow.heap, id, object)
}
