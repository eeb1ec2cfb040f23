import type { CommitBehaviour } from '../model/commit.ts'
import type { Committed, Step } from '../model/handler.ts'
import type { Location } from '../model/location.ts'
import type { Fault } from '../model/verdict.ts'
import { acting, type Instruction, type Program } from './program.ts'
import { fresh, type Instance, type State, set } from './state.ts'

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

/** Everything that may happen next. */
export function successors(pipeline: Pipeline, state: State, fault: Fault): readonly Transition[] {
  return state.instances.flatMap((instance, i) => {
    const own = advance(pipeline, state, i, fault).map((next) => settled(pipeline, next, i, fault))
    // between steps nothing can be told apart
    if (pipeline.program.code[instance.at]?.kind !== 'step') return own
    return [...own, ...(state.faults > 0 ? faulty(pipeline, state, i, instance, fault) : [])]
  })
}

/** Goes on through what has one way only and does nothing that shows. */
function settled(pipeline: Pipeline, transition: Transition, i: number, fault: Fault): Transition {
  let now = transition
  for (let steps = 0; steps < 50; steps++) {
    const kind = pipeline.program.code[now.state.instances[i]?.at ?? -1]?.kind
    if (kind !== 'caught' && kind !== 'together' && kind !== 'turn' && kind !== 'left' && kind !== 'failed' && kind !== 'each')
      return now
    const [next] = advance(pipeline, now.state, i, fault)
    if (!next) return now
    const text = [now.text, next.text].filter((one) => one !== '').join(', ')
    now = { ...now, state: next.state, text }
  }
  return now
}

const name = (message: number) => `m${message}`

function withInstance(state: State, i: number, changes: Partial<Instance>): State {
  return { ...state, instances: state.instances.map((one, j) => (j === i ? { ...one, ...changes } : one)) }
}

/** Messages that a step is about: the one in hand, or all of the batch. */
function about({ hand, from, position }: Instance): readonly number[] {
  if (hand >= 0) return [hand]
  return Array.from({ length: Math.max(0, position - from) }, (_, n) => from + n)
}

function advance(pipeline: Pipeline, state: State, i: number, fault: Fault): readonly Transition[] {
  const instance = state.instances[i] as Instance
  const instruction = pipeline.program.code[instance.at] as Instruction
  const go = (at: number, text: string, changes: Partial<Instance> = {}): Transition => ({
    state: withInstance(state, i, { at, ...changes }),
    text,
  })
  switch (instruction.kind) {
    case 'step':
      return stepOf(pipeline, state, i, instruction, fault)
    case 'choose': {
      const { on, paths } = instruction.branch
      return paths.flatMap(({ label }, n) => {
        const to = instruction.to[n] as number
        if (on.kind === 'received') return (label === 'message') === about(instance).length > 0 ? [go(to, '')] : []
        if (on.kind !== 'seen') return [go(to, '')]
        const [message] = about(instance)
        const there = message !== undefined && state.marks[message] === 1
        if ((label === 'seen') !== there) return []
        // skipped, though nothing may have been done for it
        if (there) return [go(to, `${name(message)} is marked as seen`, { failed: instance.failed || !wasDone(state, message) })]
        if (!on.claim || message === undefined) return [go(to, '')]
        return [
          {
            ...go(to, `${name(message)} is marked (${instruction.branch.text})`),
            state: { ...withInstance(state, i, { at: to }), marks: set(state.marks, message, 1) },
          },
        ]
      })
    }
    case 'each': {
      const finished = instance.hand < 0 ? state : finish(state, i)
      const to = (at: number, text: string, changes: Partial<Instance>) => ({
        state: withInstance(finished, i, { at, failed: false, ...changes }),
        text,
      })
      return instance.from < instance.position
        ? [to(instruction.body, `take ${name(instance.from)}`, { hand: instance.from, from: instance.from + 1 })]
        : [to(instruction.next, '', { hand: -1 })]
    }
    case 'again':
      return [go(instruction.body, ''), ...(instruction.endless ? [] : [go(instruction.next, '')])]
    case 'caught':
      return [go(instruction.next, 'the exception is caught', { failed: instance.failed && !instruction.catch.recovers })]
    case 'together':
      return [go(instruction.next, '', { together: instruction.begins ? 0 : -1 })]
    case 'turn':
      return [endOfTurn(pipeline, state, i)]
    case 'left':
      return [go(pipeline.program.after, 'the loop is left')]
    case 'failed':
      return [go(pipeline.program.after, 'the exception leaves the loop', { failed: true })]
    case 'over':
      // whoever supervises it starts it again
      return instance.failed && !instance.zombie ? restarts(pipeline, state, i, 'the process ends, and is started again') : []
  }
}

const wasDone = (state: State, message: number) => state.done[message] !== 0 || state.outputs[message] === 2

/** The turn is over: what it was about is done, unless it failed. */
function endOfTurn(pipeline: Pipeline, state: State, i: number): Transition {
  const instance = state.instances[i] as Instance
  const finished = finish(state, i)
  if (instance.zombie) return { state: { ...finished, instances: finished.instances.filter((_, j) => j !== i) }, text: '' }
  return {
    state: withInstance(finished, i, { at: pipeline.program.start, hand: -1, from: instance.position, failed: false }),
    text: '',
  }
}

/** The messages in hand count as processed, unless something failed. */
function finish(state: State, i: number): State {
  const instance = state.instances[i] as Instance
  if (instance.failed) return state
  return { ...state, processed: about(instance).reduce((all, m) => set(all, m, 1), state.processed) }
}

function stepOf(
  pipeline: Pipeline,
  state: State,
  i: number,
  instruction: Extract<Instruction, { kind: 'step' }>,
  fault: Fault,
): readonly Transition[] {
  const { step, next, thrown } = instruction
  const instance = state.instances[i] as Instance
  const messages = about(instance)
  const done = perform(pipeline, withInstance(state, i, { at: next }), i, instruction, messages)
  if (!done) return []
  const told: Transition = { location: step.location, ...done }
  // a commit that waits is told that the group has gone on without it
  if (step.kind === 'commit' && step.mode === 'sync' && instance.zombie)
    return [{ ...told, state: withInstance(state, i, { at: thrown, failed: true }) }]
  if (!acting(step) || messages.length === 0 || step.kind === 'hand-off' || (step.kind === 'produce' && step.mode === 'buffered'))
    return [told]
  const fails = (faults: number): Transition => ({
    state: withInstance({ ...state, faults }, i, { at: thrown, failed: true }),
    text: `${step.text} throws for ${messages.map(name).join(', ')}`,
    location: step.location,
  })
  if (fault === 'throws-always' && messages.includes(0)) return [fails(state.faults)]
  return fault === 'throws-once' && state.faults > 0 ? [told, fails(0)] : [told]
}

function perform(
  pipeline: Pipeline,
  state: State,
  i: number,
  { step, bit }: Extract<Instruction, { kind: 'step' }>,
  messages: readonly number[],
): Omit<Transition, 'location'> | undefined {
  const instance = state.instances[i] as Instance
  const who = instance.zombie ? 'the old process: ' : ''
  const names = messages.map(name).join(', ')
  switch (step.kind) {
    case 'receive': {
      if (instance.zombie || instance.position >= pipeline.messages) return undefined
      const committed = pipeline.commit.when === 'on-poll' ? Math.max(state.committed, instance.position) : state.committed
      const position = step.hands === 'one' ? instance.position + 1 : pipeline.messages
      const hand = step.hands === 'one' ? instance.position : -1
      const from = step.hands === 'one' ? position : instance.position
      const stored = pipeline.storesAlone ? position : instance.stored
      const given = Array.from({ length: position - instance.position }, (_, n) => name(instance.position + n)).join(' ')
      const saved = committed > state.committed ? `, and commits ${committed} first` : ''
      return {
        state: withInstance({ ...state, committed }, i, { position, hand, from, stored }),
        text: `receive returns ${given}${saved}`,
      }
    }
    case 'effect':
    case 'unknown': {
      if (bit === 0) return { state, text: '' }
      const repeated =
        messages.some((m) => ((state.done[m] ?? 0) & bit) !== 0) && !(step.kind === 'effect' && step.idempotent === true)
      const effects = messages.reduce((all, m) => set(all, m, (all[m] ?? 0) | bit), state.done)
      return {
        state: { ...state, done: effects },
        text: `${who}${step.text} for ${names}`,
        ...(repeated ? { duplicated: step } : {}),
      }
    }
    case 'produce': {
      const to = instance.transaction > -2 ? 3 : step.mode === 'awaited' ? 2 : 1
      const repeated = to !== 3 && messages.some((m) => state.outputs[m] === 2)
      const outputs = messages.reduce((all, m) => set(all, m, to), state.outputs)
      // what is put aside is taken care of
      const made = step.deadLetter ? withInstance(state, i, { failed: false }) : state
      return { state: { ...made, outputs }, text: `${who}${step.text} for ${names}`, ...(repeated ? { duplicated: step } : {}) }
    }
    case 'flush':
      return {
        state: { ...state, outputs: state.outputs.map((one) => (one === 1 ? 2 : one)) },
        text: `${step.text}: the broker has what was written`,
      }
    case 'mark':
    case 'unmark':
      return {
        state: { ...state, marks: messages.reduce((all, m) => set(all, m, step.kind === 'mark' ? 1 : 0), state.marks) },
        text: `${step.kind} ${names}`,
      }
    case 'store':
      return {
        state: withInstance(state, i, { stored: offsetOf(step.what, instance) }),
        text: `${step.text} stores ${offsetOf(step.what, instance)}`,
      }
    case 'commit': {
      const offset = offsetOf(step.what, instance)
      if (instance.zombie) return { state, text: 'the old process commits, and is refused' }
      if (step.mode === 'async')
        return { state: withInstance(state, i, { flight: offset }), text: `${step.text} begins to commit ${offset}` }
      return { state: { ...state, committed: offset }, text: `${step.text} commits ${offset}` }
    }
    case 'hand-off': {
      const again = messages.some((m) => ((state.done[m] ?? 0) & WORKED) !== 0)
      const work = messages.reduce((all, m) => all | (1 << m), instance.work)
      return {
        state: withInstance(state, i, { work }),
        text: `${step.text}: ${names} is handed on`,
        ...(again ? { duplicated: step } : {}),
      }
    }
    case 'join':
      return { state: withInstance(state, i, { work: 0 }), text: 'waits for what was handed on' }
    case 'seek': {
      const to =
        step.to === 'committed' ? state.committed : Math.max(0, instance.hand < 0 ? instance.position - 1 : instance.hand)
      return { state: withInstance(state, i, { position: to, from: to, hand: -1, stored: to }), text: `goes back to ${name(to)}` }
    }
    case 'close':
      if (step.what === 'consumer' && pipeline.commit.onClose && !instance.zombie && instance.position > state.committed)
        return { state: { ...state, committed: instance.position }, text: `${step.text} commits ${instance.position}` }
      return { state, text: step.what === 'producer' ? `${step.text}` : '' }
    case 'begin':
      return { state: withInstance(state, i, { transaction: -1 }), text: 'a transaction begins' }
    case 'send-offsets':
      return { state: withInstance(state, i, { transaction: instance.position }), text: 'the offsets go with the transaction' }
    case 'commit-transaction': {
      if (instance.zombie)
        return {
          state: withInstance(state, i, { transaction: -2 }),
          text: 'the old process commits its transaction, and is refused',
        }
      const outputs = state.outputs.map((one) => (one === 3 ? 2 : one))
      const committed = instance.transaction >= 0 ? instance.transaction : state.committed
      return {
        state: withInstance({ ...state, outputs, committed }, i, { transaction: -2 }),
        text: 'the transaction is committed',
      }
    }
    case 'abort':
      return {
        state: withInstance({ ...state, outputs: state.outputs.map((one) => (one === 3 ? 0 : one)) }, i, { transaction: -2 }),
        text: 'the transaction is aborted',
      }
    default:
      return { state, text: '' }
  }
}

function offsetOf(what: Committed, { position, stored, hand }: Instance): number {
  switch (what) {
    case 'position':
      return position
    case 'stored':
      return stored
    case 'own':
      return hand < 0 ? position : hand
    default:
      return hand < 0 ? position : hand + 1
  }
}

/** Stands for work that was handed on, among the effects that are done. */
const WORKED = 1 << 30

/**
 * What may have happened without a line of the program: a timer that commits, a commit that arrives, a buffer that is sent, work that is done.
 * It shows only when a process is gone, so it is decided there: each may have happened, or not yet.
 */
function meanwhile({ commit, program }: Pipeline, state: State, i: number): readonly Transition[] {
  const instance = state.instances[i] as Instance
  let all: readonly Transition[] = [{ state, text: '' }]
  const also = (other: (one: State) => Omit<Transition, 'location'> | undefined) => {
    all = all.flatMap((one) => {
      const more = other(one.state)
      return more ? [one, { ...one, ...more, text: [one.text, more.text].filter((text) => text !== '').join(', ') }] : [one]
    })
  }
  if (instance.flight >= 0)
    also((one) => ({ state: { ...one, committed: instance.flight }, text: `the commit of ${instance.flight} arrives` }))
  const last = commit.what === 'stored' ? instance.stored : instance.position
  if (commit.when === 'background' && !instance.zombie)
    for (let offset = state.committed + 1; offset <= last; offset++)
      also((one) =>
        one.committed < offset
          ? { state: { ...one, committed: offset }, text: `the auto-commit timer commits ${offset}` }
          : undefined,
      )
  if (state.outputs.includes(1))
    also((one) => ({
      state: { ...one, outputs: one.outputs.map((output) => (output === 1 ? 2 : output)) },
      text: 'the broker has what was buffered',
    }))
  if (instance.work !== 0)
    also((one) => {
      const isHanded = (m: number) => (instance.work & (1 << m)) !== 0
      const repeated = one.done.some((bits, m) => isHanded(m) && (bits & WORKED) !== 0)
      const step = program.code.find((code) => code.kind === 'step' && code.step.kind === 'hand-off')
      const worked = {
        ...one,
        processed: one.processed.map((flag, m) => (isHanded(m) ? 1 : flag)),
        done: one.done.map((bits, m) => (isHanded(m) ? bits | WORKED : bits)),
      }
      return {
        state: withInstance(worked, i, { work: 0 }),
        text: 'the work that was handed on is done',
        ...(repeated && step?.kind === 'step' ? { duplicated: step.step } : {}),
      }
    })
  return all
}

/** The process is gone, with everything that it had in memory; another one starts at what is committed. */
function restarts(pipeline: Pipeline, state: State, i: number, text: string): readonly Transition[] {
  const { program } = pipeline
  return meanwhile(pipeline, state, i).map((before) => {
    const now = before.state
    const instance = now.instances[i] as Instance
    const gone = (m: number) => now.outputs[m] === 1 || now.outputs[m] === 3 || (instance.work & (1 << m)) !== 0
    // what it had done all that was to be done for
    const finished = instance.failed || program.ahead[instance.at] ? [] : about(instance)
    const processed = now.processed.map((one, m) => (gone(m) ? 0 : finished.includes(m) ? 1 : one))
    const outputs = now.outputs.map((one) => (one === 1 || one === 3 ? 0 : one))
    const instances = now.instances.map((one, j) => (j === i ? fresh(program.start, now.committed) : one))
    const told = `${text} at m${now.committed}`
    return {
      ...before,
      state: { ...now, processed, outputs, instances },
      text: before.text === '' ? told : `${before.text}; ${told}`,
    }
  })
}

function faulty(pipeline: Pipeline, state: State, i: number, instance: Instance, fault: Fault): readonly Transition[] {
  const spent = { ...state, faults: state.faults - 1 }
  switch (fault) {
    case 'crash':
      return instance.zombie ? [] : restarts(pipeline, spent, i, 'CRASH, and a restart')
    case 'revoked': {
      if (instance.at !== pipeline.program.start || instance.zombie) return []
      const committed = pipeline.commit.onRevoke ? Math.max(state.committed, instance.position) : state.committed
      // the process lives on: what it has begun is done in the end
      const begun = {
        ...spent,
        committed,
        outputs: state.outputs.map((one) => (one === 1 ? 2 : one)),
        processed: state.processed.map((one, m) => ((instance.work & (1 << m)) !== 0 ? 1 : one)),
        instances: state.instances.map((one, j) => (j === i ? { ...one, work: 0 } : one)),
      }
      return restarts(pipeline, begun, i, 'the partition is taken away, and another process goes on')
    }
    case 'evicted': {
      if (about(instance).length === 0 || instance.zombie) return []
      return meanwhile(pipeline, spent, i).map((before) => {
        const old = withInstance(before.state, i, { zombie: true, flight: -1 })
        const successor = fresh(pipeline.program.start, old.committed)
        const told = `the process is too slow and loses the partition; another one goes on at m${old.committed}`
        return {
          ...before,
          state: { ...old, instances: [...old.instances, successor] },
          text: before.text === '' ? told : `${before.text}; ${told}`,
        }
      })
    }
    case 'store-forgets':
      // it matters only for a message that comes again
      if (state.faults === 2) return instance.zombie ? [] : restarts(pipeline, spent, i, 'CRASH, and a restart')
      return state.marks.includes(1)
        ? [{ state: { ...spent, marks: state.marks.map(() => 0) }, text: 'the dedupe store forgets its marks' }]
        : []
    case 'leader-lost':
      return !pipeline.safeWrites && state.outputs.includes(2)
        ? [
            {
              state: {
                ...spent,
                outputs: state.outputs.map((one) => (one === 2 ? 0 : one)),
                processed: state.processed.map((one, m) => (state.outputs[m] === 2 ? 0 : one)),
              },
              text: 'the leader fails with what only it had',
            },
          ]
        : []
    case 'ack-lost': {
      const step = pipeline.program.code.find((one) => one.kind === 'step' && one.step.kind === 'produce')
      if (pipeline.idempotentWrites || !state.outputs.includes(2) || step?.kind !== 'step') return []
      return [
        { state: spent, text: 'an acknowledgement is lost, and the producer writes the message again', duplicated: step.step },
      ]
    }
    default:
      return []
  }
}
