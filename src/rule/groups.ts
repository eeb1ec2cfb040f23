import { profileById } from '../knowledge/profiles.ts'
import type { Client, Variant } from '../model/facts.ts'
import type { Confidence } from './finding.ts'

/** Whether a consumer is in a group, so that offsets are committed and a reset policy can strike. */
export type Membership =
  | { readonly kind: 'member'; readonly confidence: Confidence }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly reason: string }

const MEMBER: Membership = { kind: 'member', confidence: 'high' }
const LIKELY: Membership = { kind: 'member', confidence: 'medium' }
const NONE: Membership = { kind: 'none' }

/** Read off this version's effective `group.id`, since its default differs by version and a library or framework may insist on a group. */
export function membership(client: Client, variant: Variant): Membership {
  if (client.role !== 'consumer') return NONE
  const profile = profileById(variant.library)
  const insists = profile !== undefined && (profile.groupRequired || profile.frameworkGroup !== undefined)
  const effective = variant.settings.get('group.id')
  if (!effective) return client.group.kind === 'named' || client.group.kind === 'framework' ? MEMBER : NONE
  const { value, origin } = effective
  switch (value.kind) {
    case 'known':
      if (value.value !== null && value.value !== '') return MEMBER
      return profile?.frameworkGroup === undefined ? NONE : MEMBER
    case 'generated':
      return MEMBER
    case 'either': {
      const without = value.values.some((v) => v === null || v === '')
      return without && !insists ? { kind: 'member', confidence: 'low' } : MEMBER
    }
    case 'unknown':
      // a group is given, only not which one; or there must be one, since the library refuses to run without
      if (origin.kind !== 'unknown' || insists) return LIKELY
      return { kind: 'undecided', reason: `whether it has a group is unknown: ${value.reason}` }
    default:
      return LIKELY
  }
}

/** How sure it is that the consumer subscribes; undefined where it plainly does not. */
export function subscription(client: Client): Confidence | undefined {
  if (client.role !== 'consumer') return undefined
  if (client.usage === 'subscribes') return 'high'
  return client.usage === 'unknown' ? 'medium' : undefined
}
