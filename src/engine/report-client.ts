import type { Client, Variant } from '../model/facts.ts'
import { compareText, type Location } from '../model/location.ts'
import type { EffectiveSetting, Origin } from '../model/setting.ts'
import { isSecretName } from '../text/secret-name.ts'
import type { ReportClient, ReportCommit, ReportSetting } from './report.ts'
import type { Secrets } from './secrets.ts'

/** A client as the report shows it: settings that its versions agree on stand once, secret values not at all. */
export function reportClient(client: Client, secrets: Secrets): ReportClient {
  return {
    id: client.id,
    role: client.role,
    name: client.name,
    language: client.language,
    location: client.location,
    related: client.related,
    confidence: client.confidence,
    variants: client.variants.map(({ library, title, from, until, evidence }) => ({ library, title, from, until, evidence })),
    commits: client.role === 'consumer' ? mergedCommits(client.variants) : [],
    topics: client.topics,
    usage: client.usage,
    group: client.group,
    cluster: client.cluster,
    intent: client.intent,
    deployments: client.deployments.map(({ kind, name, location }) => ({ kind, name, location })),
    complete: client.options.gaps.length === 0,
    gaps: client.options.gaps,
    settings: mergedSettings(client.variants, secrets),
  }
}

function mergedSettings(variants: readonly Variant[], secrets: Secrets): ReportSetting[] {
  const all = variants.flatMap((variant, index) => [...variant.settings.values()].map((value) => ({ value, index })))
  return merged(all, identityOf, variants.length)
    .map(({ value, holdsFor }) => reportSetting(value, holdsFor, secrets))
    .sort((a, b) => compareText(a.key, b.key))
}

function mergedCommits(variants: readonly Variant[]): ReportCommit[] {
  const all = variants.map(({ commit }, index) => ({ value: commit, index }))
  return merged(all, ({ citation: _, ...rest }) => JSON.stringify(rest), variants.length).map(({ value, holdsFor }) => ({
    ...value,
    variants: holdsFor,
  }))
}

/** Equal values of several versions once, each with the indices of its versions, unless it holds for all. */
function merged<T>(
  all: readonly { readonly value: T; readonly index: number }[],
  identity: (value: T) => string,
  versions: number,
): { value: T; holdsFor: readonly number[] | undefined }[] {
  const groups = new Map<string, { value: T; indices: number[] }>()
  for (const { value, index } of all) {
    const key = identity(value)
    const group = groups.get(key)
    if (group) group.indices.push(index)
    else groups.set(key, { value, indices: [index] })
  }
  return [...groups.values()].map(({ value, indices }) => ({
    value,
    holdsFor: indices.length === versions ? undefined : indices,
  }))
}

/** Defaults of two versions are one when value and source are; the version they are told for is not part of it. */
function identityOf({ key, value, origin }: EffectiveSetting): string {
  // by far the most are such defaults, and a report may hold tens of thousands
  if (origin.kind === 'default' && value.kind === 'known')
    return `${key}\n${typeof value.value}\n${value.value}\n${origin.citation}`
  const source = origin.kind === 'default' ? { kind: origin.kind, citation: origin.citation } : origin
  return JSON.stringify([key, value, source])
}

function reportSetting(setting: EffectiveSetting, variants: readonly number[] | undefined, secrets: Secrets): ReportSetting {
  const { key, spelled, origin, confidence } = setting
  const secret = isStated(origin) && (isSecretName(key) || isSecretName(spelled ?? '') || placesOf(origin).some(secrets.holds))
  return { key, spelled, value: secret ? { kind: 'redacted' } : setting.value, origin, confidence, variants }
}

function isStated(origin: Origin): boolean {
  return origin.kind === 'explicit' || origin.kind === 'environment' || origin.kind === 'inherited'
}

function placesOf(origin: Origin): readonly Location[] {
  const own = 'location' in origin && origin.location ? [origin.location] : []
  return origin.kind === 'environment' && origin.from !== 'default' ? [...own, origin.from] : own
}
