import type { ClusterFacts } from '../model/cluster.ts'
import type { Facts } from '../model/facts.ts'
import type { Finding, Need, NotEvaluated, Severity } from './finding.ts'

/** A small project as text, by path: what the catalogue test audits and the documentation shows. */
export type Example = Readonly<Record<string, string>>

/** A cluster that an example meets, with what is special about it in words, since its facts are long. */
export interface Staged {
  readonly says: string
  readonly cluster: ClusterFacts
}

export interface Rule {
  readonly id: string
  /** One line, without a full stop: `acknowledged records can be lost on leader failover`. */
  readonly summary: string
  /** The severities it may give; the first is its usual one. */
  readonly severities: readonly Severity[]
  readonly needs: readonly Need[]
  /** In general; a finding's own `why` is specific to its library. */
  readonly why: string
  readonly fix: string
  readonly ignoreWhen: string
  readonly references: readonly string[]
  /** `cluster` where the rule asks one: the bad project meets the bad cluster, the good one the good. */
  readonly examples: {
    readonly bad: Example
    readonly good: Example
    readonly cluster?: { readonly bad: Staged; readonly good: Staged }
  }
  check(facts: Facts): Iterable<Finding | NotEvaluated>
}

/** Names the type, so that a rule file reads as data and its mistakes show at the definition. */
export function defineRule(rule: Rule): Rule {
  return rule
}
