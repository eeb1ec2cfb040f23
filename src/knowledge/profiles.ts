import { confluentKafka } from './clients/confluent-kafka.ts'
import type { Profile } from './profile.ts'

/** Every library that semcheck knows. One line per profile. */
export const PROFILES: readonly Profile[] = [
  confluentKafka, //
]

/** The profile of an id, or undefined for a library that semcheck does not know. */
export function profileById(id: string): Profile | undefined {
  return PROFILES.find((profile) => profile.id === id)
}
