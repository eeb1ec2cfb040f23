import type { ReportClient, ReportSetting, ReportValue } from '../engine/report.ts'
import type { Topics } from '../model/client.ts'
import type { Group, VersionEvidence } from '../model/facts.ts'
import type { Location } from '../model/location.ts'
import type { Origin } from '../model/setting.ts'
import { showValue } from '../model/value.ts'
import { visible } from '../text/control.ts'
import { REDACTED } from '../text/redact.ts'
import type { FromHere } from './rendering.ts'

/** A value as people read it; what is unknown says only that, its reason stands with the origin. */
export function tellValue(value: ReportValue): string {
  if (value.kind === 'redacted') return REDACTED
  return value.kind === 'unknown' ? 'unknown' : visible(showValue(value)) || '""'
}

/** Where a value comes from, as short as it can be said beside its client: `line 18`, `settings.py:3`, `default`, `$KAFKA_GROUP or default`. */
export function tellOrigin(origin: Origin, client: ReportClient, fromHere: FromHere): string {
  const place = (location: Location) => tellPlace(location, client.location.path, fromHere)
  switch (origin.kind) {
    case 'explicit':
      return place(origin.location)
    case 'environment':
      return origin.from === 'default'
        ? `unless $${visible(origin.variable)} is set, ${place(origin.location)}`
        : `$${visible(origin.variable)} in ${place(origin.from)}`
    case 'inherited':
      return `from ${visible(origin.from)}, ${place(origin.location)}`
    case 'default':
      return 'default'
    case 'derived':
      return visible(origin.says)
    case 'unknown':
      return visible(origin.reason)
  }
}

/** `line 18` in the file itself, else `path:18`. */
export function tellPlace(location: Location, from: string, fromHere: FromHere): string {
  return location.path === from ? `line ${location.line}` : `${visible(fromHere(location.path))}:${location.line}`
}

/** `kafka-python 2.0.2`: one title, or several where the version is open. */
export function tellLibrary(client: ReportClient): string {
  return [...new Set(client.variants.map((variant) => variant.title))].map(visible).join(' or ')
}

/** Versions by their indices, neighbours joined: `kafka-python before 1.4, from 2.0`. */
export function tellVersions(client: ReportClient, indices: readonly number[]): string {
  const runs: { library: string; from: string; until?: string; last: number }[] = []
  for (const index of indices) {
    const variant = client.variants[index]
    if (!variant) continue
    const run = runs.at(-1)
    if (run?.library === variant.library && run.last === index - 1) {
      run.until = variant.until
      run.last = index
    } else runs.push({ library: variant.library, from: variant.from, until: variant.until, last: index })
  }
  return runs
    .map(({ library, from, until }, i) => {
      const bounds = [...(from === '0' ? [] : [`from ${from}`]), ...(until === undefined ? [] : [`before ${until}`])].join(' ')
      return runs[i - 1]?.library === library ? bounds : `${library} ${bounds || 'at any version'}`
    })
    .map(visible)
    .join(', ')
}

export function tellEvidence(evidence: VersionEvidence | undefined, fromHere: FromHere): string {
  if (evidence === undefined) return ''
  if (evidence.kind === 'assumed') return '--assume'
  if (evidence.kind === 'unknown') return visible(evidence.reason)
  const { path, line } = evidence.dependency.location
  return `${visible(fromHere(path))}:${line}`
}

export function tellGroup(group: Group): string {
  switch (group.kind) {
    case 'named':
      return visible(group.id)
    case 'absent':
      return 'no group'
    case 'generated':
      return `made anew: ${visible(group.text)}`
    case 'framework':
      return visible(group.says)
    case 'unknown':
      return 'group unknown'
  }
}

export function tellTopics(topics: Topics): string {
  if (topics.kind === 'known') return topics.names.map(visible).join(', ')
  return topics.kind === 'pattern' ? `/${visible(topics.pattern)}/` : 'topics unknown'
}

/** The settings that decide what a client guarantees; those worth a line only when the project gives them, or only when it writes them. */
const KEY_SETTINGS = {
  consumer: {
    always: ['enable.auto.commit', 'auto.offset.reset'],
    given: ['isolation.level', 'enable.auto.offset.store'],
    written: [],
  },
  producer: { always: ['acks', 'enable.idempotence'], given: ['transactional.id'], written: ['retries'] },
} as const

/** By key, every value it may have in the versions the client may use. */
export function keySettings(client: ReportClient): readonly (readonly ReportSetting[])[] {
  const { always, given, written } = KEY_SETTINGS[client.role]
  const of = (keys: readonly string[], without: readonly Origin['kind'][]) =>
    keys.map((key) => client.settings.filter((setting) => setting.key === key && !without.includes(setting.origin.kind)))
  return [...of(always, []), ...of(given, ['default', 'unknown']), ...of(written, ['default', 'unknown', 'derived'])].filter(
    (settings) => settings.length > 0,
  )
}
