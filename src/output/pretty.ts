import type { Report, ReportFinding } from '../engine/report.ts'
import type { Location } from '../model/location.ts'
import type { Severity } from '../rule/finding.ts'
import { visible } from '../text/control.ts'
import { drawFrame, gutterWidth, type Mark } from '../text/frame.ts'
import type { Style } from '../text/style.ts'
import { wrap } from '../text/wrap.ts'
import { clientList } from './client-list.ts'
import { pipelineLines } from './pipeline-lines.ts'
import { type Rendering, showLocation } from './rendering.ts'
import { summaryLines } from './summary.ts'

/** For people: the clients, each finding with its source, and what was and was not looked at. */
export async function pretty(report: Report, rendering: Rendering): Promise<string> {
  const blocks = report.findings
    .filter((finding) => finding.status === 'reported')
    .map((finding) => findingLines(finding, rendering).join('\n'))
  if (rendering.quiet) return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
  const clients = report.clients.length === 0 ? [] : [await clientBlock(report, rendering)]
  const pipelines = pipelineLines(report, rendering)
  const guarantees = pipelines.length === 0 ? [] : [pipelines.join('\n')]
  return `${[...clients, ...guarantees, ...blocks, summaryLines(report, rendering).join('\n')].join('\n\n')}\n`
}

async function clientBlock(report: Report, rendering: Rendering): Promise<string> {
  if (rendering.everySetting) return clientList(report.clients, rendering)
  return (await import('./client-table.ts')).clientTable(report.clients, rendering)
}

export function severityStyle(severity: Severity, style: Style): (text: string) => string {
  const paint = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.cyan
  return (text) => style.bold(paint(text))
}

function findingLines(finding: ReportFinding, rendering: Rendering): string[] {
  const { style, width, fromHere } = rendering
  const { severity, rule, message, location, subject } = finding
  const header = `${severityStyle(severity, style)(`${severity}[${rule}]`)} ${style.bold(visible(message))}`
  const places = framedPlaces(finding)
  const gutter = gutterWidth(places.flatMap((place) => place.marks))
  const edge = ' '.repeat(gutter)
  const lines = [header]
  places.forEach(({ at, marks }, i) => {
    lines.push(`${edge}${style.blue(i === 0 && location ? '-->' : ':::')} ${showLocation(at, fromHere)}`)
    const source = rendering.documents.get(at.path)
    if (!source) return
    lines.push(`${edge} ${style.blue('|')}`, ...drawFrame(source, marks, gutter, style))
  })
  if (!location) lines.push(`${edge}${style.blue('-->')} ${subject.kind} ${visible(subject.name)}`)
  if (places.length > 0) lines.push(`${edge} ${style.blue('|')}`)
  const note = (label: string, text: string) => noteLines(label, text, gutter, width, style)
  lines.push(...note('why', finding.why), ...note('fix', finding.fix))
  if (finding.trace) lines.push(...note('trace', finding.trace.map(({ text }, i) => `${i + 1}. ${text}`).join('\n')))
  lines.push(...note('confidence', `${finding.confidence} · semcheck explain ${rule}`))
  return lines
}

interface FramedPlace {
  readonly at: Location
  readonly marks: readonly Mark[]
}

/** The place of the finding first, with the related ones of its file; then the other files in the order the rule names them. */
function framedPlaces({ location, related }: ReportFinding): readonly FramedPlace[] {
  const byPath = new Map<string, { at: Location; marks: Mark[] }>()
  const add = (place: Location, label: string | undefined, primary: boolean) => {
    const group = byPath.get(place.path) ?? { at: place, marks: [] }
    const { line, column, endLine, endColumn } = place
    if (group.marks.some((mark) => saysLittleBeside(place, mark))) return
    group.marks.push({ line, column, endLine, endColumn, label, primary })
    byPath.set(place.path, group)
  }
  if (location) add(location, undefined, true)
  for (const { label, location: place } of related) add(place, label, false)
  return [...byPath.values()]
}

/** The same place again, or the call around a marked argument on one line: a second underline would only repeat the first. */
function saysLittleBeside(place: Location, mark: Mark): boolean {
  const sameStart = place.line === mark.line && place.column === mark.column
  if (sameStart && place.endLine === mark.endLine) return true
  const oneLine = place.line === place.endLine && mark.line === mark.endLine && place.line === mark.line
  return oneLine && place.column <= mark.column && mark.endColumn <= place.endColumn
}

const NARROWEST = 40

function noteLines(label: string, text: string, gutter: number, width: number, style: Style): string[] {
  const edge = ' '.repeat(gutter + 1)
  const indent = `= ${label}: `.length
  const lines = wrap(text.split('\n').map(visible).join('\n'), Math.max(NARROWEST, width - edge.length - indent))
  return lines.map((line, i) => {
    const lead = i === 0 ? `${style.blue('=')} ${style.bold(`${label}:`)} ` : ' '.repeat(indent)
    return `${edge}${lead}${line}`.trimEnd()
  })
}
