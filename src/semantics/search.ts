import type { Step } from '../model/handler.ts'
import type { Fault, Loss, TraceStep } from '../model/verdict.ts'
import type { Instruction } from './program.ts'
import { successors } from './run.ts'
import { holds, initial, keyOf, type State } from './state.ts'
import type { Pipeline, Transition } from './transition.ts'

/** States looked at for one fault: real handlers have some hundred. */
export const MAX_STATES = 1500

/** What one fault leads to, with the shortest way there. */
export interface Found {
  readonly outcomes: Readonly<Partial<Record<Loss, readonly TraceStep[]>>>
  /** The effect that was repeated. */
  readonly repeated?: Step
  readonly states: number
  readonly bounded: boolean
}

interface Seen {
  readonly state: State
  readonly before: number
  readonly by: Transition | undefined
}

/** Whether a fault can strike at all: what is not there cannot be lost. */
function concerns(fault: Fault, { program, commit }: Pipeline): boolean {
  const has = (holds: (one: Instruction) => boolean) => program.code.some(holds)
  const produces = () => has((one) => one.kind === 'step' && one.step.kind === 'produce')
  switch (fault) {
    case 'store-forgets':
      return has(
        (one) => (one.kind === 'choose' && one.branch.on.kind === 'seen') || (one.kind === 'step' && one.step.kind === 'mark'),
      )
    case 'ack-lost':
    case 'leader-lost':
      return produces()
    case 'revoked':
      return commit.onRevoke || has((one) => one.kind === 'step' && one.step.kind === 'receive')
    default:
      return true
  }
}

const NOTHING: Found = { outcomes: {}, states: 0, bounded: false }

/** Breadth first, so that the first way found is a shortest one. */
export function search(pipeline: Pipeline, fault: Fault): Found {
  if (!concerns(fault, pipeline)) return NOTHING
  // what a store forgets matters only where a message comes again
  const faults = fault === 'none' || fault === 'throws-always' ? 0 : fault === 'store-forgets' ? 2 : 1
  const first = initial(pipeline.program.start, pipeline.messages, faults)
  const seen: Seen[] = [{ state: first, before: -1, by: undefined }]
  const keys = new Set([keyOf(first)])
  const outcomes: Partial<Record<Loss, readonly TraceStep[]>> = {}
  let repeated: Step | undefined
  let passed = false
  for (let at = 0; at < seen.length; at++) {
    const { state } = seen[at] as Seen
    if (state.committed > 0 || state.processed[0] === 1) passed = true
    for (const next of successors(pipeline, state, fault)) {
      if (next.duplicated && !outcomes.duplicated) {
        outcomes.duplicated = [...wayTo(seen, at), ...[...told(next)].reverse()]
        repeated = next.duplicated
      }
      const key = keyOf(next.state)
      if (keys.has(key)) continue
      keys.add(key)
      seen.push({ state: next.state, before: at, by: next })
      if (!outcomes.lost) {
        const lost = lostIn(next.state, pipeline)
        if (lost !== undefined) outcomes.lost = [...wayTo(seen, seen.length - 1), { text: `m${lost} is never processed` }]
      }
    }
    // more ways to the same say nothing new
    if (outcomes.lost && outcomes.duplicated && fault !== 'throws-always') break
    if (seen.length > MAX_STATES) break
  }
  const bounded = seen.length > MAX_STATES && !(outcomes.lost && outcomes.duplicated)
  // the first message fails for ever, and nothing ever gets past it
  if (fault === 'throws-always' && !passed && !bounded && seen.length > 1)
    outcomes.stuck = [...wayTo(seen, firstFailure(seen)), { text: 'and so again, for ever: nothing after m0 is read' }]
  return { outcomes, ...(repeated ? { repeated } : {}), states: seen.length, bounded }
}

/** A message that counts as done, that nobody holds, and that never was. */
function lostIn(state: State, { commit }: Pipeline): number | undefined {
  // what a timer or a commit under way will commit sooner or later is as good as committed
  const soon = state.instances.map(({ flight, stored, position, zombie }) => {
    if (zombie) return -1
    return commit.when === 'background' ? Math.max(flight, commit.what === 'stored' ? stored : position) : flight
  })
  const committed = Math.max(state.committed, ...soon)
  for (let m = 0; m < committed && m < state.processed.length; m++)
    if (state.processed[m] === 0 && state.outputs[m] !== 1 && state.outputs[m] !== 3 && !holds(state, m)) return m
  return undefined
}

function firstFailure(seen: readonly Seen[]): number {
  const at = seen.findIndex(({ by }) => by?.text.includes(' throws for ') ?? false)
  return Math.max(at, 0)
}

/** Latest first, as the way is read backwards. */
function told({ text, location }: Transition): readonly TraceStep[] {
  return text
    .split('; ')
    .map((one) => ({ text: one, ...(location ? { location } : {}) }))
    .reverse()
}

function wayTo(seen: readonly Seen[], at: number): readonly TraceStep[] {
  const steps: TraceStep[] = []
  for (let i = at; i >= 0; ) {
    const { by, before } = seen[i] as Seen
    if (by && by.text !== '') steps.push(...told(by))
    i = before
  }
  return steps.reverse()
}
