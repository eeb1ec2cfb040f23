import type { Client, Variant } from '../model/facts.ts'
import type { Confidence, Finding, Need, NotEvaluated, Severity, Subject } from './finding.ts'
import { notEvaluated } from './finding.ts'

/** What a rule says of one variant: nothing, a finding without its subject, or that it cannot be decided. */
export type Judgement = Omit<Finding, 'kind' | 'subject'> | { readonly undecided: string; readonly need: Need } | undefined

const SEVERITY_RANK: Record<Severity, number> = { error: 2, warning: 1, info: 0 }
const CONFIDENCE_RANK: Record<Confidence, number> = { high: 2, medium: 1, low: 0 }

export function clientSubject(client: Client): Subject {
  return { kind: 'client', id: client.id, name: client.name }
}

/**
 * Judges a client in every library version it may be in. All versions agree that something is wrong: the mildest of their findings.
 * None does: nothing. They differ: not evaluated, naming the boundary and `--assume`. Never the worst case as a fact.
 */
export function* across(client: Client, judge: (variant: Variant) => Judgement): Generator<Finding | NotEvaluated> {
  const subject = clientSubject(client)
  const judged = client.variants.map((variant) => ({ variant, judgement: judge(variant) }))
  const flagged = judged.filter((j) => j.judgement !== undefined && !('undecided' in j.judgement))
  const undecided = judged.find((j) => j.judgement !== undefined && 'undecided' in j.judgement)
  if (flagged.length === judged.length) {
    const findings = flagged.map((j) => j.judgement as Omit<Finding, 'kind' | 'subject'>)
    const mildest = findings.reduce((a, b) => (weight(b) < weight(a) ? b : a))
    yield { kind: 'finding', subject, ...mildest, confidence: capConfidence(mildest.confidence, client.confidence) }
    return
  }
  if (flagged.length > 0 && judged.some((j) => j.judgement === undefined)) {
    yield notEvaluated(subject, 'version', boundaryReason(judged), client.location)
    return
  }
  if (undecided !== undefined) {
    const { need, undecided: reason } = undecided.judgement as { undecided: string; need: Need }
    yield notEvaluated(subject, need, reason, client.location)
  }
}

function weight(finding: Omit<Finding, 'kind' | 'subject'>): number {
  return SEVERITY_RANK[finding.severity] * 3 + CONFIDENCE_RANK[finding.confidence]
}

export function capConfidence(a: Confidence, b: Confidence): Confidence {
  return CONFIDENCE_RANK[a] <= CONFIDENCE_RANK[b] ? a : b
}

function boundaryReason(judged: readonly { variant: Variant; judgement: Judgement }[]): string {
  const flagged = judged.filter((j) => j.judgement !== undefined && !('undecided' in j.judgement)).map((j) => j.variant)
  const silent = judged.filter((j) => j.judgement === undefined).map((j) => j.variant)
  const library = (flagged[0] as Variant).library
  return `true for ${tellVersions(flagged)}, not for ${tellVersions(silent)}, and the project does not say which: pin it, or pass --assume ${library}=<version>`
}

/** "kafka-python before 2.2.0", "kafka-python 2.2.0 up to 3.0.0 and kafka-python-ng": neighbouring classes of one library as one stretch. */
export function tellVersions(variants: readonly Variant[]): string {
  const stretches: { library: string; name: string; from: string; until: string | undefined }[] = []
  for (const { library, libraryTitle, from, until } of variants) {
    const last = stretches.at(-1)
    if (last?.library === library && last.until === from) last.until = until
    else stretches.push({ library, name: libraryTitle, from, until })
  }
  const told = stretches.map(({ name, from, until }) => {
    if (from === '0') return until === undefined ? name : `${name} before ${until}`
    return until === undefined ? `${name} from ${from}` : `${name} ${from} up to ${until}`
  })
  return told.length > 1 ? `${told.slice(0, -1).join(', ')} and ${told.at(-1)}` : (told[0] ?? '')
}
