import type { Report, ReportNotEvaluated } from '../engine/report.ts'
import { compareText } from '../model/location.ts'
import { SEVERITIES } from '../rule/finding.ts'
import { visible } from '../text/control.ts'
import { plural } from '../text/plural.ts'
import { wrap } from '../text/wrap.ts'
import { clusterLines } from './cluster-lines.ts'
import type { Rendering } from './rendering.ts'

/** Groups that are listed before the rest is only counted; the JSON report has them all. */
const LISTED = 8

/** The last lines of the report for people: every finding that was made is accounted for, and everything that was not looked at. */
export function summaryLines(report: Report, rendering: Rendering): readonly string[] {
  const { style, verdict } = rendering
  return [
    ...findingsLine(report, rendering),
    ...hiddenLine(report),
    ...coverageLine(report),
    ...clusterLines(report),
    ...notEvaluatedLines(report.notEvaluated, rendering),
    ...skippedLines(report, rendering),
    ...report.failures.map(({ rule, message }) => `  rule ${rule} failed: ${visible(message)}`),
    (verdict.code === 0 ? style.green : style.red)(`Exit ${verdict.code}: ${verdict.reason}`),
  ]
}

function findingsLine({ summary }: Report, { style }: Rendering): string[] {
  const { error, warning, info } = summary.findings
  const total = error + warning + info
  if (total === 0) return [style.green(style.bold('No findings.'))]
  const parts = SEVERITIES.filter((severity) => summary.findings[severity] > 0).map((severity) =>
    severity === 'info' ? `${summary.findings.info} info` : plural(summary.findings[severity], severity),
  )
  return [style.bold(`${plural(total, 'finding')}: ${parts.join(', ')}`)]
}

function hiddenLine({ summary }: Report): string[] {
  const { pedantic, lowConfidence } = summary.hidden
  const parts = [
    ...(summary.ignored > 0 ? [`${summary.ignored} ignored by comment`] : []),
    ...(pedantic > 0 ? [`${pedantic} pedantic (--persona pedantic)`] : []),
    ...(lowConfidence > 0 ? [`${lowConfidence} of low confidence (--persona auditor)`] : []),
  ]
  return parts.length > 0 ? [`  not shown: ${parts.join(', ')}`] : []
}

function coverageLine({ summary, clients }: Report): string[] {
  const { consumer, producer } = summary.clients
  const total = consumer + producer
  const files = new Set(clients.map((client) => client.location.path)).size
  const found =
    total === 0
      ? 'no Kafka clients found'
      : `${plural(total, 'client')} (${plural(consumer, 'consumer')}, ${plural(producer, 'producer')}) in ${plural(files, 'file')}`
  const redis = summary.keyWrites > 0 ? `, ${plural(summary.keyWrites, 'Redis mark')}` : ''
  const rules = summary.rules > 0 ? ` · ${plural(summary.rules, 'rule')} run` : ''
  return [`Coverage: ${found}${redis} · ${plural(summary.files, 'file')} chosen${rules}`]
}

function notEvaluatedLines(missing: readonly ReportNotEvaluated[], { width }: Rendering): string[] {
  if (missing.length === 0) return []
  const groups = new Map<string, { reason: string; rules: Set<string>; subjects: Map<string, string>; count: number }>()
  for (const { rule, subject, need, reason } of missing) {
    const key = `${need}\n${reason}`
    const group = groups.get(key) ?? { reason: `${need}: ${reason}`, rules: new Set(), subjects: new Map(), count: 0 }
    group.rules.add(rule)
    group.subjects.set(subject.id, subject.name)
    group.count++
    groups.set(key, group)
  }
  const sorted = [...groups.values()].sort((a, b) => b.count - a.count || compareText(a.reason, b.reason))
  const subjects = new Set(missing.map((one) => one.subject.id)).size
  const lines = sorted.slice(0, LISTED).flatMap(({ reason, rules, subjects: about }) => {
    const who = about.size === 1 ? visible([...about.values()][0] as string) : plural(about.size, 'subject')
    const text = `${who} · ${[...rules].sort(compareText).join(', ')} · ${visible(reason)}`
    return wrap(text, Math.max(40, width - 6)).map((line, i) => `${i === 0 ? '    ' : '      '}${line}`)
  })
  const rest = sorted.slice(LISTED).reduce((sum, group) => sum + group.count, 0)
  return [
    `  not evaluated: ${plural(missing.length, 'question')} about ${plural(subjects, 'subject')} (unknown is not a pass)`,
    ...lines,
    ...(rest > 0 ? [`    and ${rest} more: -f json lists them all`] : []),
  ]
}

function skippedLines({ skipped }: Report, { fromHere }: Rendering): string[] {
  if (skipped.length === 0) return []
  const lines = skipped.slice(0, LISTED).map(({ path, line, reason, hint }) => {
    const place = `${visible(fromHere(path))}${line === undefined ? '' : `:${line}`}`
    return `    ${place}: ${visible(reason)}${hint === undefined ? '' : `; ${visible(hint)}`}`
  })
  const rest = skipped.length - LISTED
  return [
    `  not read in full: ${plural(skipped.length, 'file')}`,
    ...lines,
    ...(rest > 0 ? [`    and ${rest} more: -f json lists them all`] : []),
  ]
}
