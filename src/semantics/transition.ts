import type { CommitBehaviour } from '../model/commit.ts'
import type { Step } from '../model/handler.ts'
import type { Location } from '../model/location.ts'
import type { Program } from './program.ts'
import type { Instance, State } from './state.ts'

/** What is run: a handler with what its client does by itself. */
export interface Pipeline {
  readonly program: Program
  readonly commit: CommitBehaviour
  /** Offsets are stored as messages are handed over, not only where the program stores them. */
  readonly storesAlone: boolean
  readonly messages: number
  /** Writes of its producers survive a change of leader, and are not written twice when an acknowledgement is lost. */
  readonly safeWrites: boolean
  readonly idempotentWrites: boolean
}

/** One thing that happens, in words, and what is then. */
export interface Transition {
  readonly state: State
  readonly text: string
  readonly location?: Location
  /** An effect was done a second time. */
  readonly duplicated?: Step
}

/** Stands for work that was handed on, among the effects that are done. */
export const WORKED = 1 << 30

export const name = (message: number) => `m${message}`

export function withInstance(state: State, i: number, changes: Partial<Instance>): State {
  return { ...state, instances: state.instances.map((one, j) => (j === i ? { ...one, ...changes } : one)) }
}

/** Messages that a step is about: the one in hand, or all of the batch. */
export function about({ hand, from, position }: Instance): readonly number[] {
  if (hand >= 0) return [hand]
  return Array.from({ length: Math.max(0, position - from) }, (_, n) => from + n)
}
