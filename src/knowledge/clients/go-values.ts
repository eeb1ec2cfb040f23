import { known, type Literal } from '../../model/value.ts'
import type { Reading, SettingFact } from '../profile.ts'

/** A setting that was the same in all versions that were read. */
export function always(
  role: 'consumer' | 'producer' | 'both',
  type: SettingFact['type'],
  value: Literal,
  citation: string,
): SettingFact {
  return { roles: role === 'both' ? ['consumer', 'producer'] : [role], type, default: [{ since: '0', value, citation }] }
}

/** Go's durations are nanoseconds. */
export function milliseconds(literal: Literal): Reading {
  return { kind: 'value', value: known(typeof literal === 'number' ? literal / 1e6 : literal) }
}

/** What a constant stands for, by its name or its number. */
export function constantFrom(words: Readonly<Record<string, Literal>>, literal: Literal): Reading {
  const key = String(literal)
  return { kind: 'value', value: known(Object.hasOwn(words, key) ? (words[key] as Literal) : literal) }
}
