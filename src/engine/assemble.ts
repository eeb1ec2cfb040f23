import type { SentRequest } from '../model/cluster.ts'
import type { Skipped } from '../model/document.ts'
import type { Facts } from '../model/facts.ts'
import { compareLocations, compareText, type Location } from '../model/location.ts'
import type { Project } from '../model/project.ts'
import { SEVERITIES, type Severity } from '../rule/finding.ts'
import type { Rule } from '../rule/rule.ts'
import { evaluate, hiddenBy, isSelected, type Persona, type RuleFinding, type RuleNotEvaluated, selectRules } from './evaluate.ts'
import { fingerprints } from './fingerprint.ts'
import type { Report, ReportFinding, ReportNotEvaluated, ReportProject, Summary } from './report.ts'
import { reportClient } from './report-client.ts'
import { reportCluster } from './report-cluster.ts'
import { reportPipelines } from './report-pipelines.ts'
import { redactDeep, type Secrets, secretsOf } from './secrets.ts'
import { suppress } from './suppress.ts'
import { TOOL } from './tool.ts'

export interface Judging {
  readonly rules: readonly Rule[]
  /** Rule ids; empty for all. */
  readonly select: readonly string[]
  readonly ignore: readonly string[]
  /** By rule id, from the configuration: replaces the severity of its findings. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>
  readonly persona: Persona
  readonly now: Date
}

export interface Seen {
  readonly facts: Facts
  readonly skipped: readonly Skipped[]
  /** Files chosen for reading. */
  readonly files: number
  /** What was sent to the cluster, where that is wanted. */
  readonly requests?: readonly SentRequest[]
}

/** Evaluates the rules over the facts and puts everything that is known into the one report. */
export function assembleReport({ facts, skipped, files, requests }: Seen, judging: Judging): Report {
  const rules = selectRules(judging.rules, judging)
  const evaluation = evaluate(rules, facts)
  const suppression = suppress(evaluation.findings, facts.documents.values(), {
    ruleIds: judging.rules.map((rule) => rule.id),
    ran: new Set(rules.map((rule) => rule.id)),
    now: judging.now,
  })
  const own = suppression.findings.filter((finding) => isSelected(finding.rule, judging))
  const all = [...evaluation.findings, ...own].map((finding) => ({
    finding: regraded(finding, judging.severities),
    ignoreReason: suppression.reasons.get(finding),
  }))
  all.sort((a, b) => compareFindings(a.finding, b.finding))

  const secrets = secretsOf(facts.documents)
  const hidden = { pedantic: 0, lowConfidence: 0 }
  const findings: ReportFinding[] = []
  const prints = fingerprints(all.map(({ finding }) => finding))
  all.forEach(({ finding, ignoreReason }, i) => {
    const reason = hiddenBy(finding, judging.persona)
    if (reason === undefined) findings.push(reportFinding(finding, prints[i] as string, ignoreReason, secrets))
    else if (ignoreReason === undefined) hidden[reason]++
  })
  const missing = evaluation.notEvaluated.map(reportNotEvaluated).sort(compareNotEvaluated)
  const left = [...skipped].sort((a, b) => compareText(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0))
  const clients = facts.clients
    .map((client) => reportClient(client, secrets))
    .sort((a, b) => compareLocations(a.location, b.location) || compareText(a.id, b.id))
  const report: Report = {
    schemaVersion: 1,
    tool: TOOL,
    root: '.',
    complete:
      evaluation.failures.length === 0 &&
      !skipped.some((one) => one.kind === 'unreadable') &&
      (facts.cluster?.problems ?? []).length === 0,
    summary: summarise(findings, hidden, missing.length, facts, files, rules.length),
    projects: reportProjects(facts),
    clients,
    pipelines: reportPipelines(facts),
    ...(facts.cluster ? { cluster: reportCluster(facts.cluster, requests) } : {}),
    findings,
    notEvaluated: missing,
    skipped: left,
    failures: evaluation.failures,
  }
  return redactDeep(report, secrets.redact)
}

function regraded(finding: RuleFinding, severities: Judging['severities']): RuleFinding {
  const severity = severities[finding.rule]
  return severity === undefined || severity === 'off' ? finding : { ...finding, severity }
}

function compareFindings(a: RuleFinding, b: RuleFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareLocations(a.location, b.location) ||
    compareText(a.rule, b.rule) ||
    compareText(a.subject.id, b.subject.id) ||
    compareText(a.message, b.message)
  )
}

function reportFinding(
  finding: RuleFinding,
  fingerprint: string,
  ignoreReason: string | undefined,
  secrets: Secrets,
): ReportFinding {
  const { rule, severity, confidence, subject, location, related, trace } = finding
  const places: Location[] = [...(location ? [location] : []), ...related.map((one) => one.location)]
  const redact = secrets.redactAbout(places)
  return {
    rule,
    severity,
    confidence,
    status: ignoreReason === undefined ? 'reported' : 'ignored',
    ignoreReason,
    subject,
    message: redact(finding.message),
    why: redact(finding.why),
    fix: redact(finding.fix),
    location,
    related: redactDeep(related, redact),
    trace: trace?.map((step) => ({ ...step, text: redact(step.text) })),
    fingerprint,
  }
}

function reportNotEvaluated({ rule, subject, need, reason, location }: RuleNotEvaluated): ReportNotEvaluated {
  return { rule, subject, need, reason, location: location ?? null }
}

function compareNotEvaluated(a: ReportNotEvaluated, b: ReportNotEvaluated): number {
  return (
    compareLocations(a.location, b.location) ||
    compareText(a.rule, b.rule) ||
    compareText(a.subject.id, b.subject.id) ||
    compareText(a.reason, b.reason)
  )
}

function summarise(
  findings: readonly ReportFinding[],
  hidden: Summary['hidden'],
  notEvaluated: number,
  facts: Facts,
  files: number,
  rules: number,
): Summary {
  const count = (severity: Severity) => findings.filter((f) => f.status === 'reported' && f.severity === severity).length
  const role = (wanted: 'consumer' | 'producer') => facts.clients.filter((client) => client.role === wanted).length
  return {
    findings: { error: count('error'), warning: count('warning'), info: count('info') },
    hidden,
    ignored: findings.filter((f) => f.status === 'ignored').length,
    notEvaluated,
    clients: { consumer: role('consumer'), producer: role('producer') },
    keyWrites: facts.keyWrites.length,
    files,
    rules,
  }
}

/** Lock files name thousands of packages; the report keeps those that decided a client's version. */
function reportProjects(facts: Facts): ReportProject[] {
  const decided = new Set<string>()
  for (const client of facts.clients)
    for (const { evidence } of client.variants)
      if ('dependency' in evidence) decided.add(JSON.stringify(evidence.dependency.location))
  return facts.projects
    .map(({ path, manifests, dependencies }: Project) => ({
      path,
      manifests,
      dependencies: dependencies.filter((dependency) => decided.has(JSON.stringify(dependency.location))),
    }))
    .sort((a, b) => compareText(a.path, b.path))
}
