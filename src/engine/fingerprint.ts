import { createHash } from 'node:crypto'
import type { RuleFinding } from './evaluate.ts'

/**
 * A name for a finding that stays when lines move: rule, path, subject and what the rule calls its key; equals are counted in their order.
 * Sixteen hexadecimal digits of SHA-256, in the order of the findings given.
 */
export function fingerprints(findings: readonly RuleFinding[]): readonly string[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const identity = JSON.stringify([finding.rule, finding.location?.path ?? '', finding.subject.id, finding.key ?? ''])
    const ordinal = seen.get(identity) ?? 0
    seen.set(identity, ordinal + 1)
    return createHash('sha256').update(`${identity}${ordinal}`).digest('hex').slice(0, 16)
  })
}
