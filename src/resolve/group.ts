import type { Profile } from '../knowledge/profile.ts'
import type { DeclaredClient } from '../model/client.ts'
import type { Group } from '../model/facts.ts'
import type { EffectiveSetting } from '../model/setting.ts'
import type { Value } from '../model/value.ts'

/** The group a consumer is in, from its effective `group.id`. */
export function groupOf(client: DeclaredClient, effective: EffectiveSetting | undefined, profile: Profile): Group {
  if (client.role !== 'consumer' || effective === undefined) return { kind: 'absent' }
  const { value, origin } = effective
  const location =
    origin.kind === 'explicit' || origin.kind === 'inherited' || origin.kind === 'environment' ? origin.location : undefined
  switch (value.kind) {
    case 'known':
      if (value.value === null || value.value === '') {
        if (profile.frameworkGroup !== undefined) return { kind: 'framework', says: profile.frameworkGroup }
        return { kind: 'absent' }
      }
      return { kind: 'named', id: String(value.value), ...(location ? { location } : {}) }
    case 'generated':
      return { kind: 'generated', by: value.by, text: value.text, location: location ?? client.location }
    case 'unknown':
      return { kind: 'unknown', reason: value.reason }
    case 'either':
      return { kind: 'unknown', reason: `${value.values.map(String).join(' or ')}, by a condition` }
    default:
      return { kind: 'unknown', reason: 'not a literal' }
  }
}

/** Bootstrap servers as one comparable name: hosts lower-cased, sorted, without protocol; undefined where they are not known. */
export function clusterOf(bootstrap: Value | undefined): string | undefined {
  const text =
    bootstrap?.kind === 'known' && typeof bootstrap.value === 'string'
      ? bootstrap.value
      : bootstrap?.kind === 'list' && bootstrap.items.every((i) => i.kind === 'known')
        ? bootstrap.items.map((i) => (i.kind === 'known' ? String(i.value) : '')).join(',')
        : undefined
  if (text === undefined) return undefined
  const hosts = text
    .split(',')
    .map((host) =>
      host
        .trim()
        .toLowerCase()
        .replace(/^[a-z_]+:\/\//, ''),
    )
    .filter((host) => host !== '')
  return hosts.length > 0 ? [...new Set(hosts)].sort().join(',') : undefined
}
