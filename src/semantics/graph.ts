import { commitsStored } from '../model/commit.ts'
import type { Fault } from '../model/verdict.ts'
import type { Instruction } from './program.ts'
import { movesOf, strikesOn } from './run.ts'
import { holds, keyOf, type Relevant, type State } from './state.ts'
import { about, type Pipeline, type Transition, WORKED } from './transition.ts'

/** One thing that may happen, and the place in the graph that it leads to. */
export interface Edge {
  readonly to: number
  readonly by: Transition
}

/** The states that a pipeline can come to, each worked out once and used for every fault. */
export interface Graph {
  readonly pipeline: Pipeline
  /** Forgets which states were visited. */
  restart(): void
  /** Visits a state with so many faults still to come; false where it was visited before. */
  visit(id: number, left: number): boolean
  idOf(state: State): number
  stateOf(id: number): State
  /** The message that is lost there, if there is one. */
  lostIn(id: number): number | undefined
  /**
   * What may happen without a fault. `reduced` leaves out orders that come to the same: where one process does something that no other can tell,
   * it does it at once.
   */
  moves(id: number, reduced: boolean): readonly Edge[]
  /** What a fault may do, where `left` of them may still come; `reduced` as above. */
  strikes(id: number, fault: Fault, left: number, reduced: boolean): readonly Edge[]
}

/** `always`: the first message makes every effect throw; `counting`: states differ by the effects that were done. */
export function newGraph(pipeline: Pipeline, { always, counting }: { always: boolean; counting: boolean }): Graph {
  const shared = sharedBy(pipeline)
  const relevant = relevantIn(pipeline, shared, counting)
  const states: State[] = []
  const lost: (number | undefined)[] = []
  const ids = new Map<string, number>()
  const whole: (readonly Edge[] | undefined)[] = []
  const reduced: (readonly Edge[] | undefined)[] = []

  function idOf(state: State): number {
    const key = keyOf(state, relevant)
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = states.push(state) - 1
    ids.set(key, id)
    lost.push(lostOf(state, pipeline))
    return id
  }

  const edge = (by: Transition): Edge => ({ to: idOf(by.state), by })

  function allMoves(id: number): readonly Edge[] {
    const known = whole[id]
    if (known) return known
    const state = states[id] as State
    const edges: Edge[] = []
    for (let i = 0; i < state.instances.length; i++) for (const by of movesOf(pipeline, state, i, always)) edges.push(edge(by))
    whole[id] = edges
    return edges
  }

  /** What a process does next that no other can tell; undefined where none is about to. */
  function privateMoves(state: State): readonly Transition[] | undefined {
    const alone = state.instances.findIndex(({ zombie, at }) => isPrivate(pipeline.program.code[at], zombie, shared))
    const own = alone < 0 ? [] : movesOf(pipeline, state, alone, always)
    return own.length === 0 ? undefined : own
  }

  /** Goes on as long as there is one way only that nobody can tell. */
  function onward(by: Transition): Transition {
    let now = by
    for (let steps = 0; steps < 50 && now.state.instances.length > 1; steps++) {
      const next = privateMoves(now.state)
      if (next?.length !== 1) break
      const [only] = next as readonly [Transition]
      const text = only.text === '' ? now.text : now.text === '' ? only.text : `${now.text}; ${only.text}`
      const duplicated = now.duplicated ?? only.duplicated
      now = { ...only, text, ...(duplicated ? { duplicated } : {}) }
    }
    return now
  }

  /** True where the one process is about to do an effect, and can still lose the partition when that is done. */
  function comesToo(id: number): boolean {
    const [instance] = (states[id] as State).instances
    const instruction = instance && pipeline.program.code[instance.at]
    if (instruction?.kind !== 'step' || (instruction.step.kind !== 'effect' && instruction.step.kind !== 'unknown')) return false
    const edges = allMoves(id)
    return (
      edges.length > 0 &&
      edges.every(({ to }) => {
        const [next] = (states[to] as State).instances
        return next !== undefined && pipeline.program.code[next.at]?.kind === 'step' && about(next).length > 0
      })
    )
  }

  // by three times the id, and the number of faults still to come
  const visits: number[] = []
  let round = 0

  return {
    pipeline,
    restart: () => {
      round++
    },
    visit(id, left) {
      const at = id * 3 + left
      if (visits[at] === round) return false
      while (visits.length <= at) visits.push(0)
      visits[at] = round
      return true
    },
    idOf,
    stateOf: (id) => states[id] as State,
    lostIn: (id) => lost[id],
    moves(id, isReduced) {
      const state = states[id] as State
      // one process alone has nobody to do things before or after
      if (!isReduced || state.instances.length === 1) return allMoves(id)
      const known = reduced[id]
      if (known) return known
      const own = privateMoves(state)
      const edges = own ? own.map((by) => edge(onward(by))) : allMoves(id)
      reduced[id] = edges
      return edges
    },
    strikes: (id, fault, left, isReduced) => {
      const state = states[id] as State
      // taken away before an effect or after it: the old process does it all the same
      if (isReduced && fault === 'evicted' && comesToo(id)) return []
      const edges: Edge[] = []
      for (let i = 0; i < state.instances.length; i++)
        for (const by of strikesOn(pipeline, state, i, fault, left))
          edges.push(edge(isReduced && fault === 'evicted' && !counting && !shared.marks ? withoutBystander(by) : by))
      return edges
    },
  }
}

/**
 * Where nothing looks at marks, the old process changes nothing for the new one. As long as the new one is handed all that the old one has,
 * nothing can be lost with the old one that is not lost without it.
 */
function withoutBystander(by: Transition): Transition {
  const { instances, committed } = by.state
  const old = instances.find(({ zombie }) => zombie)
  if (old?.work !== 0 || Math.min(old.from, old.hand < 0 ? old.from : old.hand) < committed) return by
  return { ...by, state: { ...by.state, instances: instances.filter((one) => one !== old) } }
}

/** What the processes of a program share in an order that matters. */
interface Shared {
  /** Something looks at the marks. */
  readonly marks: boolean
  /** Outputs wait in a buffer or a transaction, and something else may send them off. */
  readonly outputs: boolean
}

function sharedBy({ program }: Pipeline): Shared {
  const steps = program.code.flatMap((one) => (one.kind === 'step' ? [one.step] : []))
  return {
    marks: program.code.some((one) => one.kind === 'choose' && one.branch.on.kind === 'seen'),
    outputs: steps.some((step) => (step.kind === 'produce' && step.mode === 'buffered') || step.kind === 'begin'),
  }
}

/** Effects that are harmless when repeated count only where a mark makes the program skip a message. */
function relevantIn({ program, commit, safeWrites, idempotentWrites }: Pipeline, { marks }: Shared, counting: boolean): Relevant {
  const skips = marks
  let done = counting ? WORKED : 0
  let stored = commitsStored(commit)
  for (const one of program.code) {
    if (one.kind !== 'step') continue
    if (counting && !(one.step.kind === 'effect' && one.step.idempotent === true)) done |= one.bit
    if (one.step.kind === 'commit' && one.step.what === 'stored') stored = true
  }
  return { done, skips, marks, stored, safe: safeWrites && idempotentWrites }
}

/** Something that no other process can tell from not being done yet. Effects count however they come: done twice is done twice. */
function isPrivate(instruction: Instruction | undefined, zombie: boolean, shared: Shared): boolean {
  if (instruction?.kind === 'choose') return instruction.branch.on.kind !== 'seen'
  if (instruction?.kind === 'again') return !instruction.endless
  if (instruction?.kind !== 'step') return false
  switch (instruction.step.kind) {
    case 'effect':
    case 'unknown':
    case 'wait':
    case 'store':
    case 'join':
    case 'hand-off':
      return true
    case 'mark':
    case 'unmark':
      return !shared.marks
    case 'produce':
    case 'flush':
      return !shared.outputs
    // what the old process commits is refused
    case 'commit':
    case 'close':
      return zombie
    default:
      return false
  }
}

/** A message that counts as done, that nobody holds, and that never was. */
function lostOf(state: State, { commit }: Pipeline): number | undefined {
  // what a timer or a commit under way will commit sooner or later is as good as committed
  let { committed } = state
  for (const { flight, stored, position, zombie } of state.instances) {
    if (zombie) continue
    const timed = commit.when === 'background' ? (commitsStored(commit) ? stored : position) : -1
    committed = Math.max(committed, flight, timed)
  }
  for (let m = 0; m < committed && m < state.processed.length; m++)
    if (state.processed[m] === 0 && state.outputs[m] !== 1 && state.outputs[m] !== 3 && !holds(state, m)) return m
  return undefined
}
