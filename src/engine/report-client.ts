import type { Client, Variant } from '../model/facts.ts'
import type { Location } from '../model/location.ts'
import type { EffectiveSetting, Origin } from '../model/setting.ts'
import { isSecretKey } from '../text/redact.ts'
import type { ReportClient, ReportSetting, ReportVariant } from './report.ts'
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
    variants: client.variants.map(reportVariant),
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

function reportVariant({ library, title, from, until, evidence, commit }: Variant): ReportVariant {
  return { library, title, from, until, evidence, commit }
}

function mergedSettings(variants: readonly Variant[], secrets: Secrets): ReportSetting[] {
  const merged = new Map<string, { setting: EffectiveSetting; titles: string[] }>()
  for (const variant of variants) {
    for (const setting of variant.settings.values()) {
      const identity = identityOf(setting)
      const same = merged.get(identity)
      if (same) same.titles.push(variantName(variant))
      else merged.set(identity, { setting, titles: [variantName(variant)] })
    }
  }
  return [...merged.values()]
    .map(({ setting, titles }) => reportSetting(setting, titles.length === variants.length ? undefined : titles, secrets))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

/** The title alone may be the same for all classes ("version unknown"), so its bounds are told with it. */
export function variantName({ title, from, until }: Pick<Variant, 'title' | 'from' | 'until'>): string {
  if (from === '0') return until === undefined ? title : `${title}, before ${until}`
  return until === undefined ? `${title}, from ${from}` : `${title}, from ${from} before ${until}`
}

/** Defaults of two versions are one when value and source are; the version they are told for is not part of it. */
function identityOf({ key, value, origin }: EffectiveSetting): string {
  const source = origin.kind === 'default' ? { kind: origin.kind, citation: origin.citation } : origin
  return JSON.stringify([key, value, source])
}

function reportSetting(setting: EffectiveSetting, variants: readonly string[] | undefined, secrets: Secrets): ReportSetting {
  const { key, spelled, origin, confidence } = setting
  const secret = isStated(origin) && (isSecretKey(key) || isSecretKey(spelled ?? '') || placesOf(origin).some(secrets.holds))
  return { key, spelled, value: secret ? { kind: 'redacted' } : setting.value, origin, confidence, variants }
}

function isStated(origin: Origin): boolean {
  return origin.kind === 'explicit' || origin.kind === 'environment' || origin.kind === 'inherited'
}

function placesOf(origin: Origin): readonly Location[] {
  const own = 'location' in origin && origin.location ? [origin.location] : []
  return origin.kind === 'environment' && origin.from !== 'default' ? [...own, origin.from] : own
}
