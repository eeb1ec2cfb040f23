import { nearest } from '../text/nearest.ts'
import { UsageError } from './io.ts'

/** What to throw for a name that is none of the valid ones: it names the nearest, or says where to see them all. */
export function unknownName(kind: string, name: string, valid: readonly string[], seeAlso: string): UsageError {
  const near = nearest(name, valid)
  return new UsageError(`there is no ${kind} "${name}"`, near === undefined ? seeAlso : `did you mean "${near}"?`)
}
