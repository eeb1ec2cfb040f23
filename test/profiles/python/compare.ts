import { entryAt } from '../../../src/knowledge/history.ts'
import type { Profile, SettingFact } from '../../../src/knowledge/profile.ts'
import { profileById } from '../../../src/knowledge/profiles.ts'
import type { Role } from '../../../src/model/client.ts'
import { type Literal, showValue, type Value } from '../../../src/model/value.ts'
import { judge } from '../../knowledge/clients/judge.ts'
import type { Case } from './cases.ts'

/** What the probe says of one construction. */
interface Outcome {
  readonly ok: boolean
  readonly error?: string
  readonly effective?: Readonly<Record<string, Literal | readonly Literal[]>>
}

/** What the probe says of one library version. */
export interface Answer {
  readonly defaults: Readonly<Record<string, Readonly<Record<string, Literal | readonly Literal[]>>>>
  readonly deprecated?: Readonly<Record<string, readonly string[]>>
  readonly cases: Readonly<Record<string, Outcome>>
  readonly binding?: Readonly<Record<string, Outcome>>
  readonly knows?: Readonly<Record<string, boolean>>
  readonly librdkafka?: string
  readonly parameters?: readonly string[]
  readonly note?: string
}

export interface Comparison {
  readonly library: string
  readonly version: string
  /** Facts that were compared. */
  readonly facts: number
  /** Where profile and library differ, one sentence each. */
  readonly disagreements: readonly string[]
  readonly note: string
}

const ROLES: readonly Role[] = ['consumer', 'producer']

/** Compares all that one library version says of itself with its profile. */
export function compare(library: string, version: string, answer: Answer, cases: readonly Case[]): Comparison {
  const profile = profileById(library)
  if (!profile) throw new Error(`no profile ${library}`)
  const disagreements: string[] = []
  let facts = 0
  const check = (agreed: boolean, sentence: string) => {
    facts++
    if (!agreed) disagreements.push(sentence)
  }
  compareDefaults(profile, version, answer, check)
  compareKeys(profile, version, answer, check)
  for (const one of cases) {
    const outcome = answer.cases[one.id]
    if (outcome) compareCase(profile, version, one, outcome, check, answer.binding === undefined)
    const bound = answer.binding?.[one.id]
    if (bound) compareCase(profile, version, one, bound, check, true)
  }
  return {
    library,
    version,
    facts,
    disagreements,
    note: [answer.librdkafka && `librdkafka ${answer.librdkafka}`, answer.note].filter(Boolean).join('; '),
  }
}

type Check = (agreed: boolean, sentence: string) => void

function compareDefaults(profile: Profile, version: string, answer: Answer, check: Check): void {
  for (const role of ROLES) {
    const real = { ...answer.defaults.both, ...answer.defaults[role] }
    if (Object.keys(real).length === 0) continue
    for (const [canonical, fact] of Object.entries(profile.settings)) {
      if (!fact.roles.includes(role)) continue
      const spelled = spellings(profile, canonical).find((name) => Object.hasOwn(real, name))
      const expected = defaultOf(fact, role, version)
      if (HIDDEN.has(`${profile.id} ${canonical}`)) continue
      // librdkafka's dump leaves out what has no default, which only a setting can tell
      if (spelled === undefined && answer.defaults.both && expected === null) continue
      if (spelled === undefined) {
        check(expected === undefined, `${role} ${canonical}: the profile has ${show(expected)}, the library no such setting`)
        continue
      }
      const value = real[spelled] as Literal | readonly Literal[]
      const read = asCanonical(profile, canonical, value, role, version)
      check(
        expected === undefined ? profile.accepts(spelled, role, version) : sameDefault(expected, read),
        `${role} ${spelled}: the profile has ${show(expected)}, the library ${show(read)}`,
      )
    }
  }
}

/** What a framework passes to its engine by itself, without a keyword of its own. */
const HIDDEN: ReadonlySet<string> = new Set(
  ['bootstrap.servers', 'group.id', 'enable.auto.commit', 'isolation.level', 'enable.idempotence']
    .map((key) => `faust ${key}`)
    .concat(
      ['ack_policy', 'no_ack', 'bootstrap.servers', 'enable.auto.commit', 'acks', 'group.id'].flatMap((key) => [
        `faststream-kafka ${key}`,
        `faststream-confluent ${key}`,
      ]),
    ),
)

function spellings(profile: Profile, canonical: string): readonly string[] {
  const aliases = Object.entries(profile.aliases).filter(([, stands]) => stands === canonical)
  return [profile.spell(canonical), ...aliases.map(([alias]) => alias)]
}

function defaultOf(fact: SettingFact, role: Role, version: string): Literal | readonly Literal[] | undefined {
  return entryAt(fact.defaultByRole?.[role] ?? fact.default, version)?.value
}

/** A real default in the profile's own words, by the same reading that a stated value gets. */
function asCanonical(
  profile: Profile,
  canonical: string,
  value: Literal | readonly Literal[],
  role: Role,
  version: string,
): Literal | readonly Literal[] {
  if (Array.isArray(value)) return value as readonly Literal[]
  const reading = profile.read(canonical, value as Literal, role, version)
  if (reading.kind !== 'rejected') return literals(reading.value)
  // librdkafka hands out every number as text, its own defaults beyond the allowed range included
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : (value as Literal)
}

function literals(value: Value): Literal | readonly Literal[] {
  if (value.kind === 'known') return value.value
  if (value.kind === 'list') return value.items.map((item) => (item.kind === 'known' ? item.value : showValue(item)))
  return showValue(value)
}

function sameDefault(expected: Literal | readonly Literal[], real: Literal | readonly Literal[]): boolean {
  if (typeof expected === 'string' && expected.includes('<version>'))
    return String(real).startsWith(expected.split('<')[0] as string)
  return JSON.stringify([expected].flat()) === JSON.stringify([real].flat())
}

/** Every keyword or property that the library has must be accepted, and none that it has not. */
function compareKeys(profile: Profile, version: string, answer: Answer, check: Check): void {
  for (const role of ROLES) {
    for (const key of [...Object.keys(answer.defaults[role] ?? {}), ...(answer.deprecated?.[role] ?? [])])
      check(takes(profile, key, role, version), `${role} ${key}: the library takes it, the profile does not`)
  }
  for (const key of Object.keys(answer.defaults.both ?? {}))
    check(
      ROLES.some((role) => takes(profile, key, role, version)),
      `${key}: the library takes it, the profile does not`,
    )
  for (const [key, exists] of Object.entries(answer.knows ?? {})) {
    const taken = ROLES.some((role) => takes(profile, key, role, version))
    check(
      taken === exists,
      `${key}: ${exists ? 'the library has it, the profile does not' : 'the profile has it, the library does not'}`,
    )
  }
}

function takes(profile: Profile, key: string, role: Role, version: string): boolean {
  const canonical = profile.canonical(key)
  const fact = canonical === undefined ? undefined : profile.settings[canonical]
  if (fact?.roles.includes(role) && defaultOf(fact, role, version) !== undefined) return true
  return profile.accepts(key, role, version)
}

function compareCase(profile: Profile, version: string, one: Case, outcome: Outcome, check: Check, bound: boolean): void {
  const variant = judge({ library: profile.id, version, role: one.role, settings: one.settings })
  const raised = variant.problems.filter((p) => p.effect === 'raises' && (bound || p.key !== 'group.id'))
  const told = JSON.stringify(one.settings)
  if (!outcome.ok) {
    check(raised.length > 0, `${one.role} ${told}: the library raises ${outcome.error}, the profile says nothing`)
    if (raised.length > 0)
      check(
        quotes(raised.map((p) => p.says).join('; '), outcome.error ?? ''),
        `${one.role} ${told}: the library raises ${outcome.error}, the profile says "${raised.map((p) => p.says).join('; ')}"`,
      )
    return
  }
  check(
    raised.length === 0,
    `${one.role} ${told}: the library takes it, the profile says "${raised.map((p) => p.says).join('; ')}"`,
  )
  for (const [spelled, value] of Object.entries(outcome.effective ?? {})) {
    const canonical = profile.canonical(spelled)
    const effective = canonical === undefined ? undefined : variant.settings.get(canonical)
    if (canonical === undefined || effective === undefined || effective.value.kind === 'unknown' || value === null) continue
    if (['bootstrap.servers', 'client.id'].includes(canonical)) continue
    const real = asCanonical(profile, canonical, value, one.role, version)
    const expected = literals(effective.value)
    check(
      sameDefault(expected, real),
      `${one.role} ${told}: ${spelled} is ${show(real)} in the library, ${show(expected)} in the profile`,
    )
  }
}

/** True when what the profile says holds every longer stretch of the library's own message; what stands in quotes, braces or digits varies. */
function quotes(says: string, error: string): boolean {
  const own = /^KafkaException: KafkaError\{code=(\w+),val=-?\d+,str="(?:Failed to create \w+: )?(.*)"\}$/s
  const stretches = error
    .replace(own, 'KafkaException $1: $2')
    .split(/https?:\S+|['"{}()]|\d+|\.\s*$/)
    .map((stretch) => stretch.trim())
    .filter((stretch) => stretch.length >= 12)
  return stretches.length > 0 ? stretches.every((stretch) => says.includes(stretch)) : says.includes(error)
}

function show(value: Literal | readonly Literal[] | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}
