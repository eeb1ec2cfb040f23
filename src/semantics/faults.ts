import { commitsStored } from '../model/commit.ts'
import type { Fault } from '../model/verdict.ts'
import { fresh, type Instance, type State } from './state.ts'
import { about, type Pipeline, type Transition, WORKED, withInstance } from './transition.ts'

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
  const last = commitsStored(commit) ? instance.stored : instance.position
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
export function restarts(pipeline: Pipeline, state: State, i: number, text: string): readonly Transition[] {
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

/** What a fault does to an instance, where it can strike now; `left` is how many may still come. */
export function faulty(
  pipeline: Pipeline,
  state: State,
  i: number,
  instance: Instance,
  fault: Fault,
  left: number,
): readonly Transition[] {
  switch (fault) {
    case 'crash':
      return instance.zombie ? [] : restarts(pipeline, state, i, 'CRASH, and a restart')
    case 'revoked': {
      if (instance.at !== pipeline.program.start || instance.zombie) return []
      const last = commitsStored(pipeline.commit) ? instance.stored : instance.position
      const committed = pipeline.commit.onRevoke ? Math.max(state.committed, last) : state.committed
      // the process lives on: what it has begun is done in the end
      const begun = {
        ...state,
        committed,
        outputs: state.outputs.map((one) => (one === 1 ? 2 : one)),
        processed: state.processed.map((one, m) => ((instance.work & (1 << m)) !== 0 ? 1 : one)),
        instances: state.instances.map((one, j) => (j === i ? { ...one, work: 0 } : one)),
      }
      return restarts(pipeline, begun, i, 'the partition is taken away, and another process goes on')
    }
    case 'evicted': {
      if (about(instance).length === 0 || instance.zombie) return []
      return meanwhile(pipeline, state, i).map((before) => {
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
      if (left === 2) return instance.zombie ? [] : restarts(pipeline, state, i, 'CRASH, and a restart')
      return state.marks.includes(1)
        ? [{ state: { ...state, marks: state.marks.map(() => 0) }, text: 'the dedupe store forgets its marks' }]
        : []
    case 'leader-lost':
      return !pipeline.safeWrites && state.outputs.includes(2)
        ? [
            {
              state: {
                ...state,
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
        { state: state, text: 'an acknowledgement is lost, and the producer writes the message again', duplicated: step.step },
      ]
    }
    default:
      return []
  }
}
