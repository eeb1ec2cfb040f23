import type { Service } from '../model/cluster.ts'
import type { Client } from '../model/facts.ts'
import type { Location } from '../model/location.ts'
import { applyEnvironment } from '../resolve/environment.ts'
import type { Confidence } from './finding.ts'

/** Whom the brokers take a client for: `User:billing`. */
export type Principal =
  | { readonly kind: 'known'; readonly name: string; readonly location: Location; readonly confidence: Confidence }
  | { readonly kind: 'unknown'; readonly reason: string }

/** `sasl.username` in any library's spelling. */
const USER = /(^|[._])sasl[._](plain[._])?username$/
const JAAS = /(^|[._])sasl[._]jaas[._]config$/

/** Read off the user that the project states; of a TLS certificate, a token or a JAAS configuration, which is a secret, nothing is known. */
export function principalOf(client: Client, service: Service): Principal {
  if (service === 'confluent-cloud' || service === 'event-hubs')
    return { kind: 'unknown', reason: `${service} gives keys to accounts whose names no client states` }
  const { settings, gaps } = client.options
  const declared = settings.find(({ key }) => USER.test(key))
  if (!declared) {
    if (settings.some(({ key }) => JAAS.test(key)))
      return { kind: 'unknown', reason: 'its user stands in `sasl.jaas.config`, a secret' }
    return { kind: 'unknown', reason: gaps[0]?.reason ?? 'it states no user' }
  }
  const { value, inferred } = applyEnvironment(declared, client.deployments)
  if (value.kind !== 'known' || typeof value.value !== 'string' || value.value === '') {
    const reason = value.kind === 'unknown' ? value.reason : 'it is no literal'
    return { kind: 'unknown', reason: `\`${declared.key}\` is unknown: ${reason}` }
  }
  const isSure = !inferred && !declared.conditional && gaps.every(({ overrides }) => !overrides)
  return { kind: 'known', name: `User:${value.value}`, location: declared.location, confidence: isSure ? 'high' : 'medium' }
}
