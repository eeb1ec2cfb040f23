import type { Frame, Machine } from './frame.ts'
import { newList } from './heap.ts'
import { stringMethod } from './strings.ts'
import { type Abstract, dependsOf, unknownValue } from './value.ts'

/** What a method of a text gives, under the name that `stringMethod` knows it by; a list of texts is a list of the heap. */
export function textCall(
  m: Machine,
  frame: Frame,
  object: Abstract,
  name: string,
  values: readonly Abstract[],
  text: string,
): Abstract {
  // the environment's list of servers: a list whose fallback is known, and which the environment decides
  if (name === 'split' && object.kind === 'environment') {
    const fallback = object.fallback && stringMethod(object.fallback, name, values, text)
    return Array.isArray(fallback) ? { ...object, fallback: newList(m, frame, fallback, false) } : object
  }
  const result = stringMethod(object, name, values, text)
  if (result === undefined) return unknownValue(`${text} is not known`, dependsOf(object))
  return Array.isArray(result) ? newList(m, frame, result as readonly Abstract[], false) : (result as Abstract)
}
