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

const NAMES = ['m0', 'm1', 'm2', 'm3']

export function name(message: number): string {
  return NAMES[message] ?? `m${message}`
}

/** Names of messages, in order; those of the few that are searched with are at hand. */
export function namesOf(messages: readonly number[]): string {
  const [first] = messages
  return messages.length === 1 && first !== undefined ? name(first) : messages.map(name).join(', ')
}

/** Field by field: it runs for every state that is searched, and copying with `...` costs several times as much. */
export function withInstance(state: State, i: number, changes: Partial<Instance>): State {
  const one = state.instances[i] as Instance
  const changed: Instance = {
    at: changes.at ?? one.at,
    position: changes.position ?? one.position,
    hand: changes.hand ?? one.hand,
    from: changes.from ?? one.from,
    stored: changes.stored ?? one.stored,
    flight: changes.flight ?? one.flight,
    failed: changes.failed ?? one.failed,
    zombie: changes.zombie ?? one.zombie,
    work: changes.work ?? one.work,
    transaction: changes.transaction ?? one.transaction,
  }
  const { committed, done, outputs, processed, marks } = state
  if (state.instances.length === 1) return { committed, instances: [changed], done, outputs, processed, marks }
  const instances = state.instances.slice()
  instances[i] = changed
  return { committed, instances, done, outputs, processed, marks }
}

/** Messages that a step is about: the one in hand, or all of the batch. */
export function about({ hand, from, position }: Instance): readonly number[] {
  if (hand >= 0) return [hand]
  return Array.from({ length: Math.max(0, position - from) }, (_, n) => from + n)
}
