import type { Fault } from '../model/verdict.ts'
import { faulty, restarts } from './faults.ts'
import { perform } from './perform.ts'
import { acting, type Instruction } from './program.ts'
import { type Instance, type State, set } from './state.ts'
import { about, name, namesOf, type Pipeline, type Transition, withInstance } from './transition.ts'

/** What one process may do next. `always`: the first message makes every effect throw. */
export function movesOf(pipeline: Pipeline, state: State, i: number, always: boolean): readonly Transition[] {
  const own = advance(pipeline, state, i, always)
  return own.length === 0 ? own : own.map((next) => settled(pipeline, next, i, always))
}

/** What a fault may do to one process; between steps nothing can be told apart. `left` is how many faults may still come. */
export function strikesOn(pipeline: Pipeline, state: State, i: number, fault: Fault, left: number): readonly Transition[] {
  const instance = state.instances[i] as Instance
  const instruction = pipeline.program.code[instance.at]
  if (instruction?.kind !== 'step') return []
  if (fault !== 'throws-once') return faulty(pipeline, state, i, instance, fault, left)
  const thrown = throwing(state, i, instruction)
  return thrown ? [settled(pipeline, thrown, i, false)] : []
}

/** Goes on through what has one way only and does nothing that shows. */
function settled(pipeline: Pipeline, transition: Transition, i: number, always: boolean): Transition {
  let now = transition
  for (let steps = 0; steps < 50; steps++) {
    const kind = pipeline.program.code[now.state.instances[i]?.at ?? -1]?.kind
    if (kind !== 'caught' && kind !== 'together' && kind !== 'turn' && kind !== 'left' && kind !== 'failed' && kind !== 'each')
      return now
    const [next] = advance(pipeline, now.state, i, always)
    if (!next) return now
    const text = next.text === '' ? now.text : now.text === '' ? next.text : `${now.text}, ${next.text}`
    now = { ...now, state: next.state, text }
  }
  return now
}

function advance(pipeline: Pipeline, state: State, i: number, always: boolean): readonly Transition[] {
  const instance = state.instances[i] as Instance
  const instruction = pipeline.program.code[instance.at] as Instruction
  const go = (at: number, text: string, changes: Partial<Instance> = {}): Transition => ({
    state: withInstance(state, i, { at, ...changes }),
    text,
  })
  switch (instruction.kind) {
    case 'step':
      return stepOf(pipeline, state, i, instruction, always)
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
      return [go(instruction.next, '')]
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

type StepInstruction = Extract<Instruction, { kind: 'step' }>

function stepOf(
  pipeline: Pipeline,
  state: State,
  i: number,
  instruction: StepInstruction,
  always: boolean,
): readonly Transition[] {
  const { step, next, thrown } = instruction
  const instance = state.instances[i] as Instance
  const messages = about(instance)
  if (always && messages.includes(0)) {
    const failing = throwing(state, i, instruction)
    if (failing) return [failing]
  }
  const done = perform(pipeline, withInstance(state, i, { at: next }), i, instruction, messages)
  if (!done) return []
  const told: Transition = { location: step.location, ...done }
  // a commit that waits is told that the group has gone on without it
  if (step.kind === 'commit' && step.mode === 'sync' && instance.zombie)
    return [{ ...told, state: withInstance(state, i, { at: thrown, failed: true }) }]
  return [told]
}

/** The step throws, where it is one that is about messages and may. */
function throwing(state: State, i: number, { step, thrown }: StepInstruction): Transition | undefined {
  const messages = about(state.instances[i] as Instance)
  if (!acting(step) || messages.length === 0 || step.kind === 'hand-off' || (step.kind === 'produce' && step.mode === 'buffered'))
    return undefined
  return {
    state: withInstance(state, i, { at: thrown, failed: true }),
    text: `${step.text} throws for ${namesOf(messages)}`,
    location: step.location,
  }
}
