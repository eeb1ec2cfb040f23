import type { Step } from '../model/handler.ts'
import type { Fault, Loss, TraceStep } from '../model/verdict.ts'
import { type Graph, newGraph } from './graph.ts'
import type { Instruction } from './program.ts'
import { initial } from './state.ts'
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
  readonly id: number
  readonly left: number
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

/** The graphs of a pipeline: as it is, and with a message that always makes it throw; each with and without what was done counted. */
export interface Graphs {
  readonly usual: CountedGraph
  readonly poisoned: CountedGraph
}

export interface CountedGraph {
  /** Tells states apart by the effects that were done, as is needed to see one done again. */
  readonly counting: Graph
  /** Does not, and is so much the smaller. */
  readonly plain: Graph
}

export function graphsOf(pipeline: Pipeline): Graphs {
  const counted = (always: boolean): CountedGraph => ({
    counting: newGraph(pipeline, { always, counting: true }),
    plain: newGraph(pipeline, { always, counting: false }),
  })
  return { usual: counted(false), poisoned: counted(true) }
}

/** What a fault leads to, with the shortest way to each outcome. */
export function search({ usual, poisoned }: Graphs, fault: Fault): Found {
  const { counting, plain } = fault === 'throws-always' ? poisoned : usual
  if (!concerns(fault, plain.pipeline)) return NOTHING
  const repeating = shortest(counting, fault, 'duplicated')
  const losing = shortest(plain, fault, 'lost')
  const { duplicated } = repeating.outcomes
  const { repeated } = repeating
  return {
    outcomes: { ...losing.outcomes, ...(duplicated ? { duplicated } : {}) },
    ...(repeated ? { repeated } : {}),
    states: repeating.states + losing.states,
    bounded: (repeating.bounded && !duplicated) || (losing.bounded && !losing.outcomes.lost),
  }
}

/** The shortest way to an outcome, or all that can be seen without one. */
function shortest(graph: Graph, fault: Fault, wanted: 'lost' | 'duplicated'): Found {
  if (fault !== 'evicted') return breadthFirst(graph, fault, wanted, false)
  // two processes come in many orders, most of which are the same: whether it can happen is found without those, how it does with them
  const reduced = breadthFirst(graph, fault, wanted, true)
  if (!reduced.outcomes[wanted]) return reduced
  const exact = breadthFirst(graph, fault, wanted, false)
  return exact.outcomes[wanted] || !exact.bounded ? exact : reduced
}

/** Breadth first, so that the first way found is a shortest one; ends once what is wanted has been found. */
function breadthFirst(graph: Graph, fault: Fault, wanted: 'lost' | 'duplicated', reduced: boolean): Found {
  const { pipeline } = graph
  // what a store forgets matters only where a message comes again
  const faults = fault === 'none' || fault === 'throws-always' ? 0 : fault === 'store-forgets' ? 2 : 1
  const first = graph.idOf(initial(pipeline.program.start, pipeline.messages))
  const seen: Seen[] = [{ id: first, left: faults, before: -1, by: undefined }]
  graph.restart()
  graph.visit(first, faults)
  const found = (outcomes: Found['outcomes'], more: Partial<Found> = {}): Found => ({
    outcomes,
    states: seen.length,
    bounded: false,
    ...more,
  })
  // the first message fails for ever, and nothing ever gets past it
  let blocked = fault === 'throws-always' && wanted === 'lost'
  for (let at = 0; at < seen.length; at++) {
    const { id, left } = seen[at] as Seen
    if (blocked) {
      const { committed, processed } = graph.stateOf(id)
      if (committed > 0 || processed[0] === 1) blocked = false
    }
    for (const striking of left > 0 ? [false, true] : [false]) {
      const remaining = striking ? left - 1 : left
      for (const { to, by } of striking ? graph.strikes(id, fault, left, reduced) : graph.moves(id, reduced)) {
        if (wanted === 'duplicated' && by.duplicated)
          return found({ duplicated: [...wayTo(seen, at), ...[...told(by)].reverse()] }, { repeated: by.duplicated })
        if (!graph.visit(to, remaining)) continue
        seen.push({ id: to, left: remaining, before: at, by })
        const lost = wanted === 'lost' ? graph.lostIn(to) : undefined
        if (lost !== undefined) return found({ lost: [...wayTo(seen, seen.length - 1), { text: `m${lost} is never processed` }] })
      }
    }
    if (seen.length > MAX_STATES) return found({}, { bounded: true })
  }
  if (!blocked || seen.length === 1) return found({})
  return found({ stuck: [...wayTo(seen, firstFailure(seen)), { text: 'and so again, for ever: nothing after m0 is read' }] })
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
