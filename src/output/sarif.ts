import type { Log, ReportingDescriptor, Result, Run, Location as SarifLocation } from 'sarif'
import type { RuleText } from '../engine/ignore-rules.ts'
import type { Report, ReportFinding } from '../engine/report.ts'
import type { Document } from '../model/document.ts'
import type { Location } from '../model/location.ts'
import type { TraceStep } from '../model/verdict.ts'
import type { Severity } from '../rule/finding.ts'
import { stringifyVisibly } from '../text/control.ts'
import { maskRange } from '../text/redact.ts'
import type { FromHere, Rendering } from './rendering.ts'

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>

/** SARIF 2.1.0, as code scanning services take it: relative URIs, 1-based columns in UTF-16 units, fingerprints without line numbers. */
export async function sarif(report: Report, rendering: Rendering): Promise<string> {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report, await rendering.rules(), rendering)],
  }
  return `${stringifyVisibly(log, 2)}\n`
}

function runOf(report: Report, rules: readonly RuleText[], rendering: Rendering): Run {
  const index = new Map(rules.map((rule, i) => [rule.id, i]))
  return {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        semanticVersion: report.tool.version,
        rules: rules.map(descriptor),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: report.complete,
        toolExecutionNotifications: [
          ...report.failures.map(({ rule, message }) => ({
            level: 'error' as const,
            message: { text: message },
            associatedRule: { id: rule },
          })),
          ...report.skipped.map(({ path, line, reason, kind }) => ({
            level: kind === 'unreadable' ? ('error' as const) : ('warning' as const),
            message: { text: reason },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: uriOf(path, rendering.fromHere) },
                  ...(line === undefined ? {} : { region: { startLine: line } }),
                },
              },
            ],
          })),
          ...report.notEvaluated.map(({ rule, reason, location, subject }) => ({
            level: 'note' as const,
            message: { text: `not evaluated for ${subject.name}: ${reason}` },
            associatedRule: { id: rule },
            ...(location === null ? {} : { locations: [place(location, rendering)] }),
          })),
        ],
      },
    ],
    results: report.findings.map((finding) => resultOf(finding, index, rendering)),
  }
}

function descriptor(rule: RuleText): ReportingDescriptor {
  const references = rule.references.map((reference) => `- ${reference}`).join('\n')
  const text = `${rule.why}\n\nFix: ${rule.fix}\n\nWhen to ignore it: ${rule.ignoreWhen}`
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: {
      text,
      markdown: `${rule.why}\n\n**Fix:** ${rule.fix}\n\n**When to ignore it:** ${rule.ignoreWhen}${references ? `\n\n${references}` : ''}`,
    },
    defaultConfiguration: { level: LEVELS[rule.severities[0] ?? 'warning'] },
    properties: { tags: ['kafka', 'delivery-semantics'] },
  }
}

function resultOf(finding: ReportFinding, index: ReadonlyMap<string, number>, rendering: Rendering): Result {
  const { rule, severity, confidence, message, why, fix, location, related, trace, fingerprint } = finding
  const ruleIndex = index.get(rule)
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: `${message}\n\nWhy: ${why}\n\nFix: ${fix}` },
    ...(location ? { locations: [place(location, rendering)] } : {}),
    ...(related.length > 0
      ? {
          relatedLocations: related.map((one, id) => ({
            id,
            ...place(one.location, rendering),
            message: { text: one.label },
          })),
        }
      : {}),
    ...(trace && location ? { codeFlows: [{ threadFlows: [{ locations: traceLocations(trace, location, rendering) }] }] } : {}),
    ...(finding.status === 'ignored'
      ? { suppressions: [{ kind: 'inSource' as const, justification: finding.ignoreReason ?? '' }] }
      : {}),
    partialFingerprints: { 'semcheck/v1': fingerprint },
    properties: { confidence, subject: finding.subject.name },
  }
}

/** Each step where it stands in the code; one that is no line of the program stands where the step before it did, the first where the finding is. */
function traceLocations(trace: readonly TraceStep[], location: Location, rendering: Rendering) {
  let at = location
  return trace.map((step, i) => {
    at = step.location ?? at
    return { executionOrder: i + 1, location: { ...place(at, rendering), message: { text: step.text } } }
  })
}

function place(location: Location, { fromHere, documents }: Rendering): SarifLocation {
  const { path, line, column, endLine, endColumn } = location
  const snippet = snippetOf(location, documents.get(path))
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path, fromHere) },
      region: {
        startLine: line,
        startColumn: column,
        endLine,
        endColumn,
        ...(snippet === undefined ? {} : { snippet: { text: snippet } }),
      },
    },
  }
}

function snippetOf(location: Location, document: Document | undefined): string | undefined {
  if (!document) return undefined
  const offset = (line: number, column: number) => (document.lines[line - 1] ?? document.text.length) + column - 1
  const start = offset(location.line, location.column)
  const end = Math.min(offset(location.endLine, location.endColumn), document.text.length)
  return end > start ? maskRange(document.text, start, end, document.secrets) : undefined
}

function uriOf(path: string, fromHere: FromHere): string {
  return fromHere(path).split('/').map(encodeURIComponent).join('/')
}
