import type { Client, Facts } from '../model/facts.ts'
import type { Commit, Handler, Step } from '../model/handler.ts'
import type { Location, Related } from '../model/location.ts'
import type { TraceStep } from '../model/verdict.ts'
import { type Way, waysThrough } from '../semantics/paths.ts'
import { clientSubject } from './across.ts'
import type { Confidence, Finding, Severity } from './finding.ts'

/** A handler with the consumers it serves and the ways through it. */
export interface Handled {
  readonly handler: Handler
  /** At least one. */
  readonly consumers: readonly [Client, ...Client[]]
  readonly ways: readonly Way[]
}

const KNOWN = new WeakMap<Facts, readonly Handled[]>()

/** The handlers whose consumers are known, each with its ways. */
export function handledBy(facts: Facts): readonly Handled[] {
  const before = KNOWN.get(facts)
  if (before) return before
  const all = facts.handlers.flatMap((handler): Handled[] => {
    const [first, ...rest] = facts.clients.filter(({ id }) => handler.consumers.includes(id))
    return first ? [{ handler, consumers: [first, ...rest], ways: waysThrough(handler) }] : []
  })
  KNOWN.set(facts, all)
  return all
}

interface Statement {
  readonly severity: Severity
  readonly confidence: Confidence
  readonly message: string
  readonly why: string
  readonly fix: string
  readonly location: Location
  readonly related?: readonly Related[]
  readonly key?: string
  readonly trace?: readonly (string | TraceStep)[]
}

/** A finding at a step of a handler. An ignore comment may stand there or at the consumer. */
export function aboutStep({ consumers: [client] }: Handled, { related = [], trace, ...statement }: Statement): Finding {
  return {
    kind: 'finding',
    subject: clientSubject(client),
    related: [...related, { label: client.name, location: client.location }],
    anchors: [client.location],
    ...statement,
    ...(trace ? { trace: trace.map((step) => (typeof step === 'string' ? { text: step } : step)) } : {}),
  }
}

/** One statement for each place, the surest first. */
export function oncePerPlace(findings: readonly Finding[]): readonly Finding[] {
  const rank = { high: 2, medium: 1, low: 0 } as const
  const byPlace = new Map<string, Finding>()
  for (const finding of findings) {
    const key = JSON.stringify(finding.location)
    const before = byPlace.get(key)
    if (!before || rank[finding.confidence] > rank[before.confidence]) byPlace.set(key, finding)
  }
  return [...byPlace.values()]
}

/** Whether offsets that the handler commits are anybody's: a consumer without a group commits nothing. */
export function commits({ consumers }: Handled): boolean {
  return consumers.some(({ group }) => group.kind !== 'absent')
}

export const isCommit = (step: Step): step is Commit => step.kind === 'commit'

/** Says that the message is done: a commit, or a store that a commit will follow. */
export function acknowledges(step: Step): boolean {
  return step.kind === 'commit' || step.kind === 'store'
}

/** What a step does, in a word, for messages. */
export function tellStep(step: Step): string {
  const text = `\`${step.text}\``
  switch (step.kind) {
    case 'effect':
      return `${text} (${step.system})`
    case 'produce':
      return `${text} (a message)`
    case 'hand-off':
      return `${text} (handed to a ${step.to})`
    default:
      return text
  }
}

/** How sure it is that a step changes something outside. */
export function sureOf(step: Step): Confidence {
  if (step.kind === 'effect') return step.confidence === 'low' ? 'low' : 'medium'
  if (step.kind === 'produce' || step.kind === 'hand-off') return 'medium'
  return 'low'
}
