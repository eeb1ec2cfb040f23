import type { Asked } from '../../model/cluster.ts'
import { errorName } from '../wire/errors.ts'

export const known = <T>(value: T): Asked<T> => ({ state: 'known', value })
export const absent = <T>(reason: string, error?: string): Asked<T> => ({
  state: 'absent',
  reason,
  ...(error === undefined ? {} : { error }),
})

/** Kafka's codes for a missing right: topic, group, cluster, transactional id. */
const DENIED = new Set([29, 30, 31, 53])

/** What an error code says of a question: a right that is missing, or no answer. `needs` is the right that the question takes. */
export function refusal<T>(code: number, needs: string, message?: string | null): Asked<T> {
  if (DENIED.has(code)) return { state: 'denied', needs }
  const name = errorName(code)
  return absent(message ? `${name}: ${message}` : name, name)
}

/** The known values among the answers. */
export function answered<T>(asked: Asked<T>): T | undefined {
  return asked.state === 'known' ? asked.value : undefined
}
