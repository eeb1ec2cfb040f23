import type { Call } from '../syntax.ts'
import type { Frame, Machine } from './frame.ts'
import { allocate, dictView, here, newDict, objectOf, setKey } from './heap.ts'
import { type Abstract, constant } from './value.ts'

/** The attributes of an object as a dict. */
export function instanceDict(m: Machine, frame: Frame, attributes: ReadonlyMap<string, Abstract>, node: Call): Abstract {
  const reference = newDict(m, frame, node)
  for (const [name, value] of attributes) setKey(m, frame, reference.id, constant(name), value, here(frame, node))
  return reference
}

/** A copy that shares nothing that evaluation would change. */
export function copyOf(m: Machine, frame: Frame, value: Abstract): Abstract {
  const view = dictView(m, frame, value)
  if (view && value.kind !== 'choice') return allocate(m, frame, { ...view })
  if (view) return allocate(m, frame, { ...view })
  const held = objectOf(frame, value)
  if (held?.kind === 'list') return allocate(m, frame, { ...held })
  if (held?.kind === 'instance') return allocate(m, frame, { ...held })
  return value
}
