import type { EffectiveSetting } from '../model/setting.ts'
import { type Literal, possibleLiterals, showValue } from '../model/value.ts'
import { capConfidence } from './across.ts'
import type { Confidence } from './finding.ts'

/** What can be said of a setting against a condition that its bad values meet. */
export type Decision =
  | { readonly kind: 'clear' }
  | {
      readonly kind: 'met'
      /** The values that meet the condition. */
      readonly literals: readonly Literal[]
      /** Where a condition in the program chooses, and another choice would be clear. */
      readonly sometimes: boolean
      readonly confidence: Confidence
    }
  | { readonly kind: 'undecided'; readonly reason: string }

/**
 * Holds a setting against a condition. A setting that the library version does not have is clear. Of several possible values, all must meet
 * it for a plain finding; if only some do, the confidence is low.
 */
export function decide(effective: EffectiveSetting | undefined, isBad: (literal: Literal) => boolean): Decision {
  if (effective === undefined) return { kind: 'clear' }
  const { value } = effective
  const literals = possibleLiterals(value)
  if (!literals) return { kind: 'undecided', reason: reasonOf(effective) }
  const bad = literals.filter(isBad)
  if (bad.length === 0) {
    if (effective.overridable === undefined) return { kind: 'clear' }
    const name = effective.spelled ?? effective.key
    return {
      kind: 'undecided',
      reason: `\`${name}\` is ${showValue(value)}, unless what comes after it says otherwise: ${effective.overridable}`,
    }
  }
  const sometimes = bad.length < literals.length
  return { kind: 'met', literals: bad, sometimes, confidence: sometimes ? 'low' : effective.confidence }
}

/** "`acks` is unknown: options come from a parameter". */
function reasonOf(effective: EffectiveSetting): string {
  const { value, origin } = effective
  const name = effective.spelled ?? effective.key
  if (origin.kind === 'unknown') return `\`${name}\` is unknown: ${origin.reason}`
  if (value.kind === 'unknown') return `\`${name}\` is unknown: ${value.reason}`
  return `\`${name}\` is ${showValue(value)}, which is no literal`
}

/** The least of several confidences. */
export function leastConfidence(first: Confidence, ...others: readonly Confidence[]): Confidence {
  return others.reduce(capConfidence, first)
}
