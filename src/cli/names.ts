import { nearest } from '../text/nearest.ts'
import { UsageError } from './io.ts'

/** Throws a UsageError that names the nearest valid name, unless `name` is one. `plural` is where to see them all. */
export function checkName(kind: string, name: string, valid: readonly string[], seeAlso: string): void {
  if (valid.includes(name)) return
  const near = nearest(name, valid)
  throw new UsageError(`there is no ${kind} "${name}"`, near === undefined ? seeAlso : `did you mean "${near}"?`)
}
