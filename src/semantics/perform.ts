import { commitsStored } from '../model/commit.ts'
import type { Committed } from '../model/handler.ts'
import type { Instruction } from './program.ts'
import { type Instance, type State, set } from './state.ts'
import { name, namesOf, type Pipeline, type Transition, WORKED, withInstance } from './transition.ts'

/** What a step does where it succeeds; undefined where it has to wait. */
export function perform(
  pipeline: Pipeline,
  state: State,
  i: number,
  { step, bit }: Extract<Instruction, { kind: 'step' }>,
  messages: readonly number[],
): Omit<Transition, 'location'> | undefined {
  const instance = state.instances[i] as Instance
  const who = instance.zombie ? 'the old process: ' : ''
  const names = namesOf(messages)
  switch (step.kind) {
    case 'receive': {
      if (instance.zombie || instance.position >= pipeline.messages) return undefined
      const position = step.hands === 'one' ? instance.position + 1 : pipeline.messages
      const { when } = pipeline.commit
      const before = when === 'on-poll' ? Math.max(state.committed, instance.position) : state.committed
      // what is committed as it is handed over is committed before anything is done with it
      const committed = when === 'on-delivery' ? Math.max(state.committed, position) : before
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
    case 'close': {
      const last = commitsStored(pipeline.commit) ? instance.stored : instance.position
      if (step.what === 'consumer' && pipeline.commit.onClose && !instance.zombie && last > state.committed)
        return { state: { ...state, committed: last }, text: `${step.text} commits ${last}` }
      return { state, text: step.what === 'producer' ? `${step.text}` : '' }
    }
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
