import type { Profile } from '../../../src/knowledge/profile.ts'
import type { DeclaredClient, Role } from '../../../src/model/client.ts'
import type { Location } from '../../../src/model/location.ts'
import type { DeclaredSetting } from '../../../src/model/setting.ts'
import { known, type Literal, type Value } from '../../../src/model/value.ts'
import { type Effective, effectiveSettings } from '../../../src/resolve/effective.ts'
import { applyEnvironment } from '../../../src/resolve/environment.ts'

const HERE: Location = { path: 'client.properties', line: 1, column: 1, endLine: 1, endColumn: 2 }

export interface Given {
  readonly key: string
  readonly value: Value
  readonly inheritedFrom?: string
}

/** What semcheck makes of an option set that is complete, under one library version. */
export function judge(
  profile: Profile,
  role: Role,
  version: string,
  options: Readonly<Record<string, Literal>> | readonly Given[],
  { complete = true, calls = [] as readonly string[], followed = false } = {},
): Effective {
  const given: readonly Given[] = Array.isArray(options)
    ? (options as readonly Given[])
    : Object.entries(options as Readonly<Record<string, Literal>>).map(([key, literal]) => ({ key, value: known(literal) }))
  const settings = given.map((one, i): DeclaredSetting => ({ ...one, location: { ...HERE, line: i + 2, endLine: i + 2 } }))
  const client: DeclaredClient = {
    id: 'client.properties#1',
    role,
    libraries: [profile.id],
    name: role,
    location: HERE,
    related: [],
    options: { settings, gaps: complete ? [] : [{ reason: 'more may be given', location: HERE, overrides: false }] },
    topics: { kind: 'unknown', reason: 'not given' },
    usage: role === 'consumer' ? 'subscribes' : 'none',
    folder: '',
    language: profile.language === 'go' || profile.language === 'python' ? profile.language : 'configuration',
    calls: calls.map((method) => ({ method, location: HERE, arguments: [] })),
    followed,
    confidence: 'high',
  }
  const normalised = profile.normaliseVersion?.(version) ?? version
  const stated = settings.map((setting) => applyEnvironment(setting, []))
  return effectiveSettings(client, stated, profile, normalised, `${profile.title} ${version}`)
}
