import type { Client, Variant } from '../model/facts.ts'
import type { EffectiveSetting } from '../model/setting.ts'
import { compareVersions } from '../model/version.ts'

export const TRANSACTIONAL_ID = 'transactional.id'

/** The transactional id this version would use, or undefined where none is given. Unknown where a gap may hide one. */
export function transactionalId(variant: Variant): EffectiveSetting | undefined {
  const effective = variant.settings.get(TRANSACTIONAL_ID)
  if (!effective) return undefined
  const { value } = effective
  if (value.kind === 'known' && (value.value === null || value.value === '')) return undefined
  return effective
}

/** True when an id is certainly given, even if its text is not known. */
export function isGiven(effective: EffectiveSetting | undefined): effective is EffectiveSetting {
  return effective !== undefined && effective.origin.kind !== 'unknown'
}

/** A producer that writes in transactions in some version that it may be in: where the version lacks them, the program does not run. */
export function isTransactional(client: Client): boolean {
  return client.role === 'producer' && client.variants.some((v) => v.capabilities.transactions && isGiven(transactionalId(v)))
}

/**
 * Spring makes transactional ids of a prefix. Up to spring-kafka 2.5 consumers' transactions took one id per group, topic and partition from
 * it, and the prefix had to be the same on every instance; from 3.0 (EOSMode.V2 only) it must differ between instances.
 */
export function sharesOnPurpose(variant: Variant): boolean {
  return variant.library.startsWith('spring') && compareVersions(variant.version ?? variant.from, '3.0') < 0
}
