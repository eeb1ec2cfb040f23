import type { Capabilities } from '../../model/facts.ts'
import type { Since } from '../history.ts'

const NOTHING: Capabilities = {
  idempotentProducer: false,
  transactions: false,
  readCommitted: false,
  groupMetadataFencing: false,
  staticMembership: false,
  resetByDuration: false,
  resetNone: true,
}

/** An entry of a library's capabilities: what it can do from a version on, everything else (but the reset policy none) left out. */
export function capable(since: string, citation: string, able: Partial<Capabilities> = {}): Since<Capabilities> {
  return { since, value: { ...NOTHING, ...able }, citation }
}
