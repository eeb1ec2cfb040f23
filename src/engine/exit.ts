import { SEVERITIES, type Severity } from '../rule/finding.ts'
import { plural } from '../text/plural.ts'
import type { Report } from './report.ts'

export const FAIL_ON = [...SEVERITIES, 'never'] as const
export type FailOn = (typeof FAIL_ON)[number]

/** The exit code of an audit, and why, in words for the last line of a report. */
export interface Verdict {
  readonly code: 0 | 1 | 3
  readonly reason: string
}

/** 1: findings at or above `failOn`; else 3: incomplete, or under `strict` anything left out; else 0. The format has no say in it. */
export function verdictOf(report: Report, options: { readonly failOn: FailOn; readonly strict: boolean }): Verdict {
  const { failOn } = options
  const counted = failOn === 'never' ? 0 : atOrAbove(report, failOn)
  if (counted > 0) return { code: 1, reason: `${plural(counted, 'finding')} at or above --fail-on ${failOn}` }
  if (!report.complete) return { code: 3, reason: `the audit is incomplete: ${incompleteReason(report)}` }
  if (options.strict && report.skipped.length > 0)
    return { code: 3, reason: `${plural(report.skipped.length, 'file')} not read in full, and --strict` }
  return { code: 0, reason: failOn === 'never' ? '--fail-on never' : `nothing at or above --fail-on ${failOn}` }
}

function atOrAbove(report: Report, least: Severity): number {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(least) + 1).reduce((sum, severity) => sum + report.summary.findings[severity], 0)
}

function incompleteReason(report: Report): string {
  const failed = report.failures.map((failure) => failure.rule)
  const unreadable = report.skipped.filter((skipped) => skipped.kind === 'unreadable')
  const parts = [
    ...(failed.length > 0 ? [`${plural(failed.length, 'rule')} failed (${failed.join(', ')})`] : []),
    ...(report.cluster?.problems ?? []).slice(0, 1).map(({ reason }) => reason),
    ...(unreadable.length > 0 ? [`${plural(unreadable.length, 'file')} could not be read`] : []),
  ]
  return parts.join(', ')
}
