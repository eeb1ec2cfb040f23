import type { Location, Related } from '../model/location.ts'
import type { TraceStep } from '../model/verdict.ts'

export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

export const CONFIDENCES = ['high', 'medium', 'low'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** What a finding or a missing verdict is about. `id` is stable under edits elsewhere; `kind` tells the reader what it names. */
export interface Subject {
  readonly kind: 'client' | 'topic' | 'group' | 'transactional-id' | 'broker' | 'key' | 'file'
  readonly id: string
  /** For people: `KafkaConsumer in worker.run`. */
  readonly name: string
}

/** What a rule yields; the engine adds rule id, fingerprint and status. */
export interface Finding {
  readonly kind: 'finding'
  readonly subject: Subject
  readonly severity: Severity
  readonly confidence: Confidence
  /** Shown under the default persona, or only under `pedantic`. */
  readonly persona?: 'pedantic'
  /** What is wrong, in one sentence, with the value and where it comes from. */
  readonly message: string
  /** Why it matters with this library: what is lost, repeated or refused, and when. */
  readonly why: string
  /** What to do, as an imperative. */
  readonly fix: string
  /** The setting's own line, or the construction for an absent key; null for what only the cluster says. */
  readonly location: Location | null
  readonly related: readonly Related[]
  /** Where an ignore comment may stand besides `location`: the construction of an absent key's client. */
  readonly anchors?: readonly Location[]
  /** What of the finding does not change when lines move, beside rule, path and subject: the canonical setting, the value. */
  readonly key?: string
  /** Timeline that proves it, step by step; a step that stands in the code with its place. */
  readonly trace?: readonly TraceStep[]
}

/** A rule could not be decided for a subject. Never a pass. */
export interface NotEvaluated {
  readonly kind: 'not-evaluated'
  readonly subject: Subject
  /** What was missing: a need of the rule. */
  readonly need: Need
  readonly reason: string
  readonly location?: Location | null
}

export const NEEDS = [
  'settings',
  'version',
  'topics',
  'handler',
  'deployment',
  'cluster.metadata',
  'cluster.configs',
  'cluster.groups',
  'cluster.offsets',
  'cluster.transactions',
  'cluster.acls',
  'redis',
] as const
export type Need = (typeof NEEDS)[number]

export function notEvaluated(subject: Subject, need: Need, reason: string, location: Location | null = null): NotEvaluated {
  return { kind: 'not-evaluated', subject, need, reason, location }
}
