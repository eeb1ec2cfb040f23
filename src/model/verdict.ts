import type { Location } from './location.ts'

/** What may go wrong. */
export const FAULTS = [
  'none',
  'crash',
  'throws-once',
  'throws-always',
  'revoked',
  'evicted',
  'ack-lost',
  'leader-lost',
  'store-forgets',
] as const
export type Fault = (typeof FAULTS)[number]

export const LOSSES = ['lost', 'duplicated', 'stuck'] as const
export type Loss = (typeof LOSSES)[number]

/** One step of a trace, in words; with its place where it stands in the code. */
export interface TraceStep {
  readonly text: string
  readonly location?: Location
}

/** How it comes about, shortest first, and what that rests on beside the code that was read. */
export interface Evidence {
  readonly trace: readonly TraceStep[]
  readonly assumptions: readonly string[]
  /** True where it takes a step that could not be read to be an effect, or to throw. */
  readonly uncertain: boolean
}

/** What one fault does to a pipeline. Absent outcomes cannot come about within the bounds of the search. */
export interface Cell {
  readonly fault: Fault
  readonly lost?: Evidence
  readonly duplicated?: Evidence
  readonly stuck?: Evidence
}

export type Guarantee = 'at-most-once' | 'at-least-once' | 'exactly-once-effect' | 'exactly-once-in-kafka' | 'none' | 'unknown'

/** The judgement of one pipeline: a consumer with its handler, under every fault. */
export interface Verdict {
  /** Id of the consumer. */
  readonly consumer: string
  /** Id of its handler. */
  readonly handler: string
  readonly cells: readonly Cell[]
  readonly guarantee: Guarantee
  /** What keeps it from more, in one sentence. */
  readonly weakest?: string
  /** What holds for all of it: durable effects, one partition in order, a unique key on the mark. */
  readonly assumptions: readonly string[]
  /** True where the search was cut at its bounds. */
  readonly bounded: boolean
}
