import type { Client } from '../model/facts.ts'

/** A producer that may write: one whose every use was seen, and that never sends, loses nothing. */
export function writes(client: Client): boolean {
  return client.role === 'producer' && !(client.usage === 'none' && client.followed)
}
