import { entryAt } from '../knowledge/history.ts'
import type { Derived, Profile, Reading, SettingFact, SettingsView } from '../knowledge/profile.ts'
import type { DeclaredClient, Role } from '../model/client.ts'
import type { SettingProblem } from '../model/facts.ts'
import type { EffectiveSetting, Gap } from '../model/setting.ts'
import { type Literal, unknown, type Value } from '../model/value.ts'
import { lookUp } from '../text/table.ts'
import type { Stated } from './environment.ts'

export interface Effective {
  readonly settings: ReadonlyMap<string, EffectiveSetting>
  readonly problems: readonly SettingProblem[]
  readonly view: SettingsView
}

interface Given extends Stated {
  readonly canonical: string
  readonly read: Value
}

/**
 * What every setting of one client really is under one library version: what is stated, as the library reads it; what it derives from other
 * settings; its own default where the option set is complete; else unknown. Also what it refuses, ignores or takes as something else.
 */
export function effectiveSettings(
  client: DeclaredClient,
  stated: readonly Stated[],
  profile: Profile,
  version: string,
  title: string,
): Effective {
  const problems: SettingProblem[] = []
  const given = new Map<string, Given>()
  for (const one of stated) {
    const canonical = profile.canonical(one.declared.key)
    const fact = canonical === undefined ? undefined : lookUp(profile.settings, canonical)
    if (
      canonical === undefined ||
      !fact ||
      defaultOf(fact, client.role, version) === undefined ||
      !fact.roles.includes(client.role)
    ) {
      const problem = unknownSetting(one, canonical ?? one.declared.key, client.role, profile, version)
      if (problem) problems.push(problem)
      // a setting of the other role, or of another version, is still visible to the profile's own rules
      if (canonical !== undefined && fact) given.set(canonical, { ...one, canonical, read: one.value })
      continue
    }
    const { value, problem } = readValue(one, canonical, client.role, profile, version)
    if (problem) problems.push(problem)
    given.set(canonical, { ...one, canonical, read: value })
  }

  const { misgiven } = client.options
  const view: SettingsView = {
    role: client.role,
    version,
    given: (key) => given.get(key)?.read,
    declared: (key) => given.get(key)?.declared,
    effective: (key) =>
      given.get(key)?.read ?? defaultValue(lookUp(profile.settings, key), client.role, version, gapFor(client, key)),
    construction: client.location,
    complete: client.options.gaps.length === 0,
    ...(misgiven ? { misgiven } : {}),
    calls: client.calls.map((c) => c.method),
    followed: client.followed,
  }
  const derived = new Map(profile.derive(view).map((d) => [d.key, d]))
  const settings = new Map<string, EffectiveSetting>()
  for (const [key, fact] of Object.entries(profile.settings)) {
    if (!fact.roles.includes(client.role)) continue
    const entry = defaultOf(fact, client.role, version)
    if (entry === undefined) continue
    settings.set(key, effectiveOne(key, given, derived.get(key), client, title, entry))
  }
  // what may not be given at all is no mistake
  const stands = ({ location }: SettingProblem) => !stated.some((s) => s.declared.conditional && s.declared.location === location)
  // a construction that fails before it reads its settings says nothing of them
  const own = misgiven ? [] : problems
  return { settings, problems: [...own, ...profile.problems(view)].filter(stands), view }
}

function effectiveOne(
  key: string,
  all: ReadonlyMap<string, Given>,
  derived: Derived | undefined,
  client: DeclaredClient,
  title: string,
  entry: { value: Literal | readonly Literal[] | undefined; citation: string },
): EffectiveSetting {
  const gap = gapFor(client, key)
  const given = all.get(key)
  if (derived && (derived.overridesGiven || (!given && !gap))) {
    const { because, says, citation, value } = derived
    const origin = { kind: 'derived', because, says, citation, location: all.get(because)?.declared.location } as const
    return { key, value, origin, confidence: 'high' }
  }
  if (given) {
    const later = client.options.gaps.find((g) => g.overrides && mayHold(g, key))
    const confidence = given.inferred || later ? 'medium' : 'high'
    const { origin, read, declared } = given
    return { key, value: read, origin, spelled: declared.key, confidence, ...(later ? { overridable: later.reason } : {}) }
  }
  if (gap)
    return {
      key,
      value: unknown(gap.reason),
      origin: { kind: 'unknown', reason: gap.reason, location: gap.location },
      confidence: 'low',
    }
  const origin = { kind: 'default', library: title, version: title, citation: entry.citation } as const
  return { key, value: literalValue(entry.value as Literal | readonly Literal[]), origin, confidence: 'high' }
}

/** What may hide a setting that is not seen. */
function gapFor(client: DeclaredClient, key: string): Gap | undefined {
  return client.options.gaps.find((gap) => mayHold(gap, key))
}

function mayHold({ hides }: Gap, key: string): boolean {
  return hides === undefined || hides.includes(key)
}

/** The default's history entry, or undefined where this version (or role) has no such setting. */
function defaultOf(fact: SettingFact, role: Role, version: string) {
  const entry = entryAt(fact.defaultByRole?.[role] ?? fact.default, version)
  return entry?.value === undefined ? undefined : entry
}

function defaultValue(fact: SettingFact | undefined, role: Role, version: string, gap: Gap | undefined): Value {
  if (gap) return unknown(gap.reason)
  const entry = fact && defaultOf(fact, role, version)
  return entry ? literalValue(entry.value as Literal | readonly Literal[]) : unknown('this version has no such setting')
}

function literalValue(value: Literal | readonly Literal[]): Value {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((v) => ({ kind: 'known', value: v as Literal })) }
  return { kind: 'known', value: value as Literal }
}

function readValue(
  one: Stated,
  canonical: string,
  role: Role,
  profile: Profile,
  version: string,
): { value: Value; problem?: SettingProblem } {
  const { value } = one
  if (value.kind === 'known') return fromReading(profile.read(canonical, value.value, role, version), one, canonical)
  if (value.kind === 'either') {
    const readings = value.values.map((literal) => profile.read(canonical, literal, role, version))
    const read = readings.map((r) => (r.kind === 'rejected' ? undefined : r.value))
    const literals = read.map((v) => (v?.kind === 'known' ? v.value : undefined))
    if (literals.some((l) => l === undefined))
      return { value: unknown('a condition decides, and one of its values is not valid here') }
    return { value: { kind: 'either', values: literals as Literal[] } }
  }
  return { value }
}

function fromReading(reading: Reading, one: Stated, canonical: string): { value: Value; problem?: SettingProblem } {
  if (reading.kind === 'value') return { value: reading.value }
  const base = {
    key: canonical,
    spelled: one.declared.key,
    location: one.declared.location,
    says: reading.says,
    citation: reading.citation,
    confidence: one.inferred ? ('medium' as const) : ('high' as const),
  }
  if (reading.kind === 'rejected') {
    const problem: SettingProblem = {
      ...base,
      effect: reading.effect,
      fix: `give \`${one.declared.key}\` a value that this version takes`,
    }
    return { value: unknown('the library refuses the value that is given'), problem }
  }
  const problem: SettingProblem = {
    ...base,
    effect: 'replaced',
    fix: `write the value that is meant for \`${one.declared.key}\``,
  }
  return { value: reading.value, problem }
}

function unknownSetting(one: Stated, key: string, role: Role, profile: Profile, version: string): SettingProblem | undefined {
  if (profile.accepts(one.declared.key, role, version)) return undefined
  const entry = entryAt(profile.unknownSetting, version)
  if (!entry) return undefined
  return {
    key,
    spelled: one.declared.key,
    location: one.declared.location,
    effect: entry.value.effect,
    says: entry.value.says(one.declared.key, role),
    fix: `remove \`${one.declared.key}\`, or spell it as this version does`,
    citation: entry.citation,
    confidence: one.inferred ? 'medium' : 'high',
    ...(TRANSACTION_KEYS.has(key) ? { about: 'transactions' as const } : {}),
  }
}

const TRANSACTION_KEYS = new Set(['transactional.id', 'enable.idempotence', 'isolation.level', 'transaction.timeout.ms'])

/** The last statement of each canonical setting wins, as the constructions do; statements by environment come after. */
export function lastOfEach(stated: readonly Stated[], canonical: (key: string) => string | undefined): readonly Stated[] {
  const byKey = new Map<string, Stated>()
  for (const one of stated) byKey.set(canonical(one.declared.key) ?? one.declared.key, one)
  return [...byKey.values()]
}
