import type { DeclaredClient, Role, Topics, Usage } from '../../model/client.ts'
import type { DeclaredSetting, Gap } from '../../model/setting.ts'
import { declare, NOTHING, type Recognised, settingOf } from './declare.ts'
import { type ConfigDocument, locationOf } from './document.ts'
import { isConsumerKey, isProducerKey } from './kafka-keys.ts'
import { effectiveProperties, familiesIn, lookupIn, runsOf, type SpringRun, unreadImports } from './spring-application.ts'
import { canonicalName, KEBAB_NAMES, SECTIONS } from './spring-names.ts'
import { isBelow, restOf, type SpringProperty, sectionKey, startsWith, uniform } from './spring-properties.ts'
import { namesOf } from './values.ts'

const KAFKA = ['spring', 'kafka'] as const

/**
 * Spring Boot's consumer and producer factories, from `spring.kafka.*` in a file and the profile files beside it. Each application is told
 * once, by its first document that is not a profile's; `siblings` are the other documents of its folder or ConfigMap; `takesIn` tells whether
 * the code beside takes in messages, where that is known.
 */
export function recogniseSpring(
  document: ConfigDocument,
  siblings: readonly ConfigDocument[],
  takesIn: () => boolean | undefined = () => undefined,
): Recognised {
  const family = familiesIn(siblings).get(document)
  if (!family) return NOTHING
  const runs = runsOf(family)
  const base = clientsOf(runs[0] as SpringRun, takesIn)
  const further = runs.slice(1).flatMap((run) => clientsOf(run, takesIn).filter(({ role }) => changesDelivery(run, role, base)))
  return { clients: [...base, ...further], deployments: [] }
}

function clientsOf(run: SpringRun, takesIn: () => boolean | undefined = () => undefined): readonly DeclaredClient[] {
  const properties = effectiveProperties(run.sections).filter((property) => !isEmpty(property))
  const roles: readonly Role[] = ['consumer', 'producer']
  return roles.flatMap((role) => {
    const client = clientOf(role, run, properties, takesIn)
    return client ? [client] : []
  })
}

function isEmpty({ entry: { value } }: SpringProperty): boolean {
  return value.kind === 'scalar' && value.value === null && !value.templated
}

function clientOf(
  role: Role,
  run: SpringRun,
  properties: readonly SpringProperty[],
  takesIn: () => boolean | undefined,
): DeclaredClient | undefined {
  const section = [role, SECTIONS[role]].find((name) => properties.some((p) => isBelow(p, [...KAFKA, name])))
  if (section === undefined) return undefined
  const path = [...KAFKA, section]
  const from = run.own.flatMap((s) => s.properties).find((p) => isBelow(p, path)) ?? properties.find((p) => isBelow(p, path))
  if (!from) return undefined
  const lookup = lookupIn(effectiveProperties(run.sections))
  const settings = settingsOf(role, properties, lookup)
  const group = settings.some(({ key }) => canonicalName(key) === 'group.id')
  const scope = `spring.kafka.${section}`
  return declare(from.document, {
    role,
    libraries: ['spring-boot-kafka'],
    scope: run.profile === undefined ? scope : `${scope}@${run.profile}`,
    name: run.profile === undefined ? scope : `${scope} (profile ${run.profile})`,
    location: locationOf(from.document, sectionKey(from, path.length).keySpan),
    settings,
    gaps: gapsOf(run, properties),
    confidence: 'medium',
    topics: role === 'producer' ? defaultTopic(settings) : LISTENERS,
    ...(role === 'consumer' ? { usage: usageOf(group, takesIn()) } : {}),
  })
}

/** Boot makes a consumer only for what listens: a section that no code of the module uses is only written. */
function usageOf(group: boolean, takesIn: boolean | undefined): Usage {
  if (takesIn === false) return 'none'
  return group ? 'subscribes' : 'unknown'
}

const LISTENERS: Topics = { kind: 'unknown', reason: 'listeners name them in code' }

function defaultTopic(settings: readonly DeclaredSetting[]): Topics {
  const setting = settings.find(({ key }) => key === 'template.default-topic')
  const names = setting && !setting.environment ? namesOf(setting.value) : undefined
  if (!setting || !names) return { kind: 'unknown', reason: 'the program names them at its sends' }
  return { kind: 'known', names, location: setting.location }
}

/**
 * In Boot's order of precedence (KafkaProperties.buildConsumerProperties and its twin): common typed < common `properties` < typed of the
 * side < `properties` of the side. Of one canonical setting only the winner stays.
 */
function settingsOf(
  role: Role,
  properties: readonly SpringProperty[],
  lookup: (name: string) => string | undefined,
): readonly DeclaredSetting[] {
  const plain = (property: SpringProperty, key: string, inheritedFrom?: string): DeclaredSetting =>
    settingOf(property.document, property.entry, 'spring', { key, lookup, inheritedFrom })
  const common = below(properties, KAFKA).flatMap((p) =>
    p.segments.length === 3 && (p.rest === 'bootstrap-servers' || p.rest === 'client-id')
      ? [plain(p.property, p.rest, 'spring.kafka')]
      : [],
  )
  const ofOther = role === 'consumer' ? isProducerKey : isConsumerKey
  const commonMap = mapEntries(properties, [...KAFKA, 'properties'], (p, key) => plain(p, key, 'spring.kafka.properties')).filter(
    ({ key }) => !ofOther(key),
  )
  const typed = below(properties, [...KAFKA, role]).flatMap(({ property, segments, rest }) => {
    if (/^properties(\.|$)/.test(rest)) return []
    // typed sections of their own (ssl, security) say nothing of delivery
    if (segments.length > 4 && /^(ssl|security)\./.test(rest)) return []
    return [plain(property, segments.length > 4 ? `${role}.${rest}` : rest)]
  })
  const own = mapEntries(properties, [...KAFKA, role, 'properties'], (p, key) => plain(p, key))
  const beside = below(properties, [...KAFKA, SECTIONS[role]]).map(({ property, rest }) =>
    plain(property, `${SECTIONS[role]}.${rest}`),
  )
  const winners = new Map<string, DeclaredSetting>()
  for (const setting of [...common, ...commonMap, ...typed, ...own, ...beside]) {
    const name = canonicalName(setting.key)
    winners.delete(name)
    winners.set(name, setting)
  }
  return [...winners.values()]
}

/** Properties of a section, their names below it in kebab-case. */
function below(properties: readonly SpringProperty[], path: readonly string[]) {
  return properties
    .filter((property) => isBelow(property, path))
    .map((property) => ({
      property,
      segments: property.segments,
      rest: property.segments
        .slice(path.length)
        .map((segment) => (segment.literal ? segment.text : kebab(segment.text)))
        .join('.'),
    }))
}

/** Entries of a map of raw Kafka properties, under Kafka's dotted names, nested or not. */
function mapEntries<T>(
  properties: readonly SpringProperty[],
  path: readonly string[],
  make: (property: SpringProperty, key: string) => T,
): readonly T[] {
  return properties.filter((p) => isBelow(p, path)).map((property) => make(property, restOf(property, path.length)))
}

function kebab(text: string): string {
  const uniformText = text.toLowerCase().replaceAll(/[-_]/g, '')
  const known = KEBAB_NAMES.get(uniformText)
  if (known !== undefined) return known
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
}

function gapsOf(run: SpringRun, properties: readonly SpringProperty[]): readonly Gap[] {
  const gaps: Gap[] = unreadImports(properties).map(({ property, what }) => ({
    reason: `${what} is imported and may override any property`,
    location: locationOf(property.document, property.entry.keySpan),
    overrides: true,
  }))
  for (const { open, properties: all } of run.sections)
    for (const { segments, span } of open) {
      const document = all[0]?.document
      const concerns = KAFKA.slice(0, segments.length).every((element, i) => uniform(segments[i] as never) === element)
      if (!document || !concerns || (segments.length > 2 && !startsWith(segments, KAFKA))) continue
      gaps.push({ reason: 'a template adds to this section', location: locationOf(document, span), overrides: true })
    }
  return gaps
}

/** Connection details, serializers and names of the instance: a profile that changes only these delivers as its base does. */
const NO_DELIVERY =
  /^(bootstrap[.-]servers|client[.-]id|group[.-]id|(key|value)[.-](de)?serializer|(security|ssl|sasl|schema|spring|basic|specific|auto\.register|client\.dns|value\.subject|json|listener\.(concurrency|client-id|missing-topics-fatal|auto-startup|log-.*|observation-.*))([.-].*)?)$/

/** A profile is a client of its own when it brings the role's section to a base without one, or another delivery setting. */
function changesDelivery(run: SpringRun, role: Role, base: readonly DeclaredClient[]): boolean {
  const before = base.find((client) => client.role === role)
  const after = clientsOf({ ...run, sections: run.own }).find((client) => client.role === role)
  const common = settingsOf(role, effectiveProperties(run.own), lookupIn(effectiveProperties(run.sections)))
  if (!before) return after !== undefined
  return common.some(({ key, value }) => {
    if (/^group[.-]id$/.test(key)) return value.kind === 'generated'
    if (NO_DELIVERY.test(key)) return false
    const old = before.options.settings.find((setting) => canonicalName(setting.key) === canonicalName(key))
    return old === undefined || JSON.stringify(old.value) !== JSON.stringify(value)
  })
}
