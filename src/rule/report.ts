import type { Client, SettingProblem, Variant } from '../model/facts.ts'
import type { Related } from '../model/location.ts'
import type { EffectiveSetting } from '../model/setting.ts'
import type { Literal } from '../model/value.ts'
import { capConfidence, type Judgement } from './across.ts'
import type { Decision } from './decide.ts'
import type { Confidence, Finding, Severity } from './finding.ts'
import { placeOf, tellSetting } from './settings.ts'
import { showLiteral, spellingOf } from './spelling.ts'

interface Statement {
  readonly severity: Severity
  readonly confidence: Confidence
  readonly message: string
  readonly why: string
  readonly fix: string
  readonly persona?: 'pedantic'
  /** Places beside those that any finding about the setting shows. */
  readonly related?: readonly Related[]
}

/** A finding about a setting: it stands at the setting's own line, or at the construction where the key is absent. */
export function aboutSetting(
  client: Client,
  effective: EffectiveSetting,
  statement: Statement,
): Omit<Finding, 'kind' | 'subject'> {
  const { location, related, anchors } = placeOf(client, effective)
  const { related: more = [], ...rest } = statement
  return { ...rest, location, related: [...related, ...more], anchors, key: keyOf(effective) }
}

/** What of a setting stays the same when lines move. */
function keyOf(effective: EffectiveSetting): string {
  return effective.value.kind === 'known' ? `${effective.key}=${effective.value.value}` : effective.key
}

/** What is said of a problem: how sure it is, the problem itself knows; `atMost` lowers that. */
export type ProblemStatement = Omit<Statement, 'confidence'> & { readonly atMost?: Confidence }

/** A finding about something that the library refuses, ignores or replaces: it stands where that is written. */
export function aboutProblem(
  client: Client,
  problem: SettingProblem,
  statement: ProblemStatement,
): Omit<Finding, 'kind' | 'subject'> {
  const { related: more = [], atMost = 'high', ...rest } = statement
  return {
    ...rest,
    confidence: capConfidence(problem.confidence, atMost),
    location: problem.location,
    related: [{ label: client.name, location: client.location }, ...(problem.related ?? []), ...more],
    anchors: [client.location],
    key: problem.spelled,
  }
}

/** "`acks` is 1", "`acks` is not set and kafka-python 2.0.2 defaults to 1", "`acks` is 1, or 'all' by a condition". */
export function tellDecided(
  client: Client,
  variant: Variant,
  effective: EffectiveSetting,
  met: Extract<Decision, { kind: 'met' }>,
): string {
  const values = met.literals.map((literal) => shown(client, literal)).join(' or ')
  const told = tellSetting(variant, effective, spellingOf(variant, effective.key, effective), values)
  if (!met.sometimes) return told + tellOverridable(effective)
  const others = effective.value.kind === 'either' ? effective.value.values.filter((v) => !met.literals.includes(v)) : []
  return `${told} on one branch, and ${others.map((literal) => shown(client, literal)).join(' or ')} on another`
}

/** What is said of a setting that something unseen may override. */
export function tellOverridable({ overridable }: EffectiveSetting): string {
  return overridable === undefined ? '' : ', unless what comes after it says otherwise'
}

/** What the library does, with the setting's name and the version in question. */
export function tellProblem(variant: Variant, { says, spelled }: SettingProblem): string {
  const told = says.includes(spelled) ? says.charAt(0).toUpperCase() + says.slice(1) : `\`${spelled}\`: ${says}`
  return `${told.replace(/\.$/, '')} (${variant.title})`
}

/** A fix given as a clause, as an imperative sentence. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? '' : '.')
}

/** Strings stand bare in messages: quotes would only be read as part of the value. */
function shown(client: Client, literal: Literal): string {
  return typeof literal === 'string' ? literal : showLiteral(client, literal)
}

export function undecided(reason: string): Judgement {
  return { undecided: reason, need: 'settings' }
}
