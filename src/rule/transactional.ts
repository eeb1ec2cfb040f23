import type { Client, Variant } from '../model/facts.ts'
import type { EffectiveSetting } from '../model/setting.ts'
import { compareVersions } from '../model/version.ts'

export const TRANSACTIONAL_ID = 'transactional.id'

/** The transactional id this version would use, or undefined where none is given. Unknown where a gap may hide one. */
export function transactionalId(variant: Variant): EffectiveSetting | undefined {
  const effective = variant.settings.get(TRANSACTIONAL_ID)
  if (!effective) return undefined
  return isEmpty(effective) ? undefined : effective
}

function isEmpty({ value }: EffectiveSetting): boolean {
  return value.kind === 'known' && (value.value === null || value.value === '')
}

/** True when an id is certainly given, even if its text is not known. */
export function isGiven(effective: EffectiveSetting | undefined): effective is EffectiveSetting {
  return effective !== undefined && effective.origin.kind !== 'unknown'
}

/** A producer that writes in transactions in some version that it may be in: where the version lacks them, the program does not run. */
export function isTransactional(client: Client): boolean {
  return client.role === 'producer' && client.variants.some((v) => v.capabilities.transactions && isGiven(transactionalId(v)))
}

/** What the project states of the id: the id itself, or Spring's prefix, behind which the producer factory counts up from 0. */
export interface StatedId {
  readonly effective: EffectiveSetting
  readonly isPrefix: boolean
}

export function statedId(variant: Variant): StatedId | undefined {
  const prefix = variant.settings.get('transaction-id-prefix')
  if (isGiven(prefix) && !isEmpty(prefix)) return { effective: prefix, isPrefix: true }
  const effective = transactionalId(variant)
  return effective && { effective, isPrefix: false }
}

/**
 * Up to spring-kafka 2.5 (Spring Boot 2.3) transactions that a listener starts take one id per group, topic and partition, and the prefix has
 * to be the same on every instance. From 2.6 on (EOSMode BETA, later V2) it has to differ between instances.
 */
export function wantsOnePrefix(variant: Variant): boolean {
  return compareVersions(variant.version ?? variant.from, '2.4') < 0
}
