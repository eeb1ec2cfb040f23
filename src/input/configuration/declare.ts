import type { Entry } from '../../formats/syntax.ts'
import type { DeclaredClient, Topics } from '../../model/client.ts'
import type { Deployment } from '../../model/deployment.ts'
import type { DeclaredSetting, Gap } from '../../model/setting.ts'
import { unknown } from '../../model/value.ts'
import { isSecretName } from '../../text/secret-name.ts'
import { type ConfigDocument, entryLocation } from './document.ts'
import type { Dialect, Lookup, Substituted } from './placeholders.ts'
import { readValue } from './values.ts'

/** What one recogniser found in one document. */
export interface Recognised {
  readonly clients: readonly DeclaredClient[]
  readonly deployments: readonly Deployment[]
}

export const NOTHING: Recognised = { clients: [], deployments: [] }

export function merge(parts: readonly Recognised[]): Recognised {
  return { clients: parts.flatMap((p) => p.clients), deployments: parts.flatMap((p) => p.deployments) }
}

/** The part of a client that configuration decides; the rest is the same for all of them. */
export type Draft = Pick<DeclaredClient, 'role' | 'libraries' | 'name' | 'location' | 'confidence'> & {
  /** What tells the client from others of the same file: the section, with the profile where there is one. */
  readonly scope: string
  readonly settings: readonly DeclaredSetting[]
  readonly gaps?: readonly Gap[]
  readonly start?: DeclaredClient['location']
  readonly topics?: Topics
  readonly usage?: DeclaredClient['usage']
  readonly related?: DeclaredClient['related']
}

/** A declared client. Its id ends before the ordinal, which is given once all clients of the file are known. */
export function declare(document: ConfigDocument, draft: Draft): DeclaredClient {
  const { scope, settings, gaps = [], start, topics, usage, related = [], ...rest } = draft
  return {
    ...rest,
    id: `${document.path}#${draft.role}:${document.scope}${scope}`,
    related,
    options: { settings, gaps, ...(start ? { start } : {}) },
    topics: topics ?? { kind: 'unknown', reason: 'the configuration does not name them' },
    usage: usage ?? (draft.role === 'producer' ? 'none' : 'unknown'),
    folder: document.folder,
    language: 'configuration',
    calls: [],
    followed: false,
  }
}

/** The values of secrets do not travel: nothing that semcheck says depends on them. */
const SECRET: Substituted = { value: unknown('a secret') }
const CONDITIONAL: Substituted = { value: unknown("a template's condition decides") }

/** One entry as a setting of a client, under its own key or another. */
export function settingOf(
  document: ConfigDocument,
  entry: Entry,
  dialect: Dialect,
  options: { readonly key?: string; readonly inheritedFrom?: string; readonly lookup?: Lookup } = {},
): DeclaredSetting {
  const key = options.key ?? entry.key
  const { value, environment } = isSecretName(key)
    ? SECRET
    : entry.conditional
      ? CONDITIONAL
      : readValue(entry.value, dialect, options.lookup)
  return {
    key,
    value,
    location: entryLocation(document, entry),
    ...(environment ? { environment } : {}),
    ...(options.inheritedFrom !== undefined ? { inheritedFrom: options.inheritedFrom } : {}),
  }
}
