import type { Report, ReportFinding } from '../engine/report.ts'
import type { Severity } from '../rule/finding.ts'
import { visible } from '../text/control.ts'
import { plural } from '../text/plural.ts'
import type { FromHere, Rendering } from './rendering.ts'

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' }

/** GitHub shows this many annotations of each type for a step; the rest stand in the log only. */
const SHOWN_BY_GITHUB = 10

/** Workflow commands, worst first, and a line on those that GitHub will not show beside the code. */
export function github(report: Report, { fromHere }: Rendering): string {
  const reported = report.findings.filter((finding) => finding.status === 'reported')
  const lines = reported.map((finding) => annotation(finding, fromHere))
  const beyond = (['error', 'warning', 'info'] as const)
    .map((severity) => ({ severity, count: report.summary.findings[severity] - SHOWN_BY_GITHUB }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
  if (beyond.length > 0)
    lines.push(
      `semcheck: GitHub shows ${SHOWN_BY_GITHUB} annotations of each type for a step; only in this log: ${beyond.join(', ')}`,
    )
  return lines.map((line) => `${line}\n`).join('')
}

function annotation({ location, severity, rule, message, why, fix, subject }: ReportFinding, fromHere: FromHere): string {
  const place: Record<string, string | number> = {}
  if (location) {
    place.file = fromHere(location.path)
    place.line = location.line
    place.endLine = location.endLine
    // columns that span lines make GitHub drop the annotation
    if (location.line === location.endLine) {
      place.col = location.column
      place.endColumn = location.endColumn
    }
  }
  const properties = { ...place, title: `semcheck ${rule}` }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(visible(String(value)))}`)
  const text = [message, `why: ${why}`, `fix: ${fix}`].map(visible).join('\n')
  return `::${COMMANDS[severity]} ${list.join(',')}::${escapeData(location ? text : `${visible(subject.name)}: ${text}`)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
