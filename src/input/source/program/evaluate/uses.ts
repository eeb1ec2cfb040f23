import type { Location } from '../../../../model/location.ts'
import type { Frame } from './frame.ts'
import { objectOf } from './heap.ts'
import { type Abstract, type ClientValue, optionsOf } from './value.ts'

/** The clients that a value may be. */
export function clientsIn(value: Abstract): readonly ClientValue[] {
  return optionsOf(value).filter((option): option is ClientValue => option.kind === 'client')
}

/** The clients that a value may be, or that it is an object of a class derived from one of. */
export function heldClients(frame: Frame, value: Abstract): readonly ClientValue[] {
  return optionsOf(value).flatMap((option) => {
    if (option.kind === 'client') return [option]
    const object = objectOf(frame, option)
    const held = object?.kind === 'instance' ? object.attributes.get(CLIENT) : undefined
    return held ? clientsIn(held) : []
  })
}

/** Attribute under which an object whose class derives from a client keeps the client. */
export const CLIENT = '<client>'

/** Notes that a client goes where it cannot be followed. A method of it does so too, as one that may be called. */
export function escapes(frame: Frame, value: Abstract, reason: string, location: Location, depth = 0): void {
  for (const option of optionsOf(value)) {
    if (option.kind === 'client') frame.run.escapes.push({ site: option.site, reason, how: 'lost' })
    else if (option.kind === 'client-method')
      frame.run.uses.push({ site: option.client.site, method: option.name, location, arguments: [] })
    else if (option.kind === 'opaque' && option.partial) escapes(frame, option.partial.callee, reason, location, depth + 1)
    else if (option.kind === 'reference' && depth < 2) {
      const object = objectOf(frame, option)
      if (object?.kind === 'list') for (const item of object.items) escapes(frame, item, reason, location, depth + 1)
      else if (object?.kind === 'dict')
        for (const entry of object.entries.values()) escapes(frame, entry.value, reason, location, depth + 1)
    }
  }
}
