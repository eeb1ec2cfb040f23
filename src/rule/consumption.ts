import type { Client, Variant } from '../model/facts.ts'
import { possibleLiterals } from '../model/value.ts'
import { setting } from './settings.ts'

/** What a consumer does where it has no offset to start from: as every version it may be in agrees, else unknown. */
export type Reset = 'latest' | 'earliest' | 'none' | 'unknown'

export function resetOf(client: Client): Reset {
  const resets = new Set(client.variants.map(resetOfVariant))
  const [reset] = resets
  return reset !== undefined && resets.size === 1 ? reset : 'unknown'
}

function resetOfVariant(variant: Variant): Reset {
  const effective = setting(variant, 'auto.offset.reset')
  const literals = effective && possibleLiterals(effective.value)
  const [value] = literals ?? []
  if (literals?.length !== 1 || effective?.overridable !== undefined) return 'unknown'
  return value === 'latest' || value === 'earliest' || value === 'none' ? value : 'unknown'
}

/** What a client does where its group has no usable offset, as a sentence. */
export function tellReset(client: Client): string {
  switch (resetOf(client)) {
    case 'latest':
      return `${client.name} resets to latest: it skips every message up to the moment it starts.`
    case 'earliest':
      return `${client.name} resets to earliest: it reads everything that is still there again.`
    case 'none':
      return `${client.name} has no reset policy: it stops with an error.`
    default:
      return `What ${client.name} then does is decided by its reset policy, which is not known.`
  }
}
