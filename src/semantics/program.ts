import type { Attempt, Branch, Catch, Handler, Loop, Node, Step } from '../model/handler.ts'

/** One instruction of a handler laid out flat; numbers are places in the program. */
export type Instruction =
  | { readonly kind: 'step'; readonly step: Step; readonly next: number; readonly thrown: number; readonly bit: number }
  | { readonly kind: 'choose'; readonly branch: Branch; readonly to: readonly number[] }
  /** Takes the next message of a batch in hand, or goes on when there is none. */
  | { readonly kind: 'each'; readonly body: number; readonly next: number }
  | { readonly kind: 'again'; readonly body: number; readonly next: number; readonly endless: boolean }
  | { readonly kind: 'caught'; readonly catch: Catch; readonly next: number }
  | { readonly kind: 'together'; readonly begins: boolean; readonly next: number }
  | { readonly kind: 'turn' | 'left' | 'failed' | 'over' }

/** A handler as a program. `start` is a turn of its loop; `after` is what runs when the loop is left. */
export interface Program {
  readonly code: readonly Instruction[]
  readonly start: number
  readonly after: number
  /** Loops over batches take messages in hand one by one; otherwise steps are about all that was received. */
  readonly batches: boolean
  /** By place: whether a step that acts may still come in the turn. */
  readonly ahead: readonly boolean[]
}

interface Exits {
  readonly next: number
  readonly raise: number
  readonly turn: number
  readonly leave: number
  readonly back: number
}

/** Lays a handler out flat. `finally` is laid out once for each way that leads through it. */
export function compile(handler: Handler): Program {
  const code: Instruction[] = []
  const bits = bitsOf(handler)
  let batches = false
  const emit = (instruction: Instruction) => code.push(instruction) - 1

  function sequence(nodes: readonly Node[], exits: Exits): number {
    return nodes.reduceRight((next, node) => one(node, { ...exits, next }), exits.next)
  }

  function one(node: Node, exits: Exits): number {
    switch (node.kind) {
      case 'jump':
        return { next: exits.turn, leave: exits.leave, return: exits.back, raise: exits.raise }[node.to]
      case 'branch':
        return emit({ kind: 'choose', branch: node, to: node.paths.map(({ body }) => sequence(body, exits)) })
      case 'loop':
        return loop(node, exits)
      case 'call':
        return sequence(node.body, { ...exits, back: exits.next })
      case 'together': {
        const end = emit({ kind: 'together', begins: false, next: exits.next })
        return emit({ kind: 'together', begins: true, next: sequence(node.body, { ...exits, next: end }) })
      }
      case 'attempt':
        return attempt(node, exits)
      default:
        return emit({
          kind: 'step',
          step: node,
          next: exits.next,
          thrown: exits.raise,
          bit: bits.get(node) ?? 0,
        })
    }
  }

  function loop(node: Loop, exits: Exits): number {
    if (node.over === 'other') return sequence(node.body, { ...exits, turn: exits.next, leave: exits.next })
    const head = emit({ kind: 'over' })
    const body = sequence(node.body, { ...exits, next: head, turn: head, leave: exits.next })
    if (node.over === 'messages') {
      batches = true
      code[head] = { kind: 'each', body, next: exits.next }
    } else code[head] = { kind: 'again', body, next: exits.next, endless: node.bound === 'none' || node.bound === undefined }
    return head
  }

  function attempt(node: Attempt, exits: Exits): number {
    const through = throughFinally(node, exits)
    const inside: Exits = {
      next: through(exits.next),
      raise: through(exits.raise),
      turn: through(exits.turn),
      leave: through(exits.leave),
      back: through(exits.back),
    }
    const all = node.catches.find(({ takes }) => takes === 'all')
    const taken = all ? emit({ kind: 'caught', catch: all, next: sequence(all.body, inside) }) : inside.raise
    return sequence(node.body, { ...inside, next: sequence(node.otherwise, inside), raise: taken })
  }

  function throughFinally(node: Attempt, exits: Exits): (to: number) => number {
    if (node.finally.length === 0) return (to) => to
    const known = new Map<number, number>()
    return (to) => {
      const before = known.get(to)
      if (before !== undefined) return before
      const entry = sequence(node.finally, { ...exits, next: to })
      known.set(to, entry)
      return entry
    }
  }

  const over = emit({ kind: 'over' })
  const stops: Exits = { next: over, raise: over, turn: over, leave: over, back: over }
  const after = sequence(handler.after, stops)
  const turn = emit({ kind: 'turn' })
  const left = emit({ kind: 'left' })
  const failed = emit({ kind: 'failed' })
  const start = sequence(handler.body, { next: turn, raise: failed, turn, leave: left, back: turn })
  return { code, start, after, batches, ahead: aheadOf(code) }
}

/** As many steps as can be told apart by the bits of a number, two of which stand for something else. */
const MOST_BITS = 29

/**
 * A bit for each step whose doing counts, the same wherever the step is laid out. Where there are more than can be told apart, what is known to
 * act comes first, and the rest is not counted.
 */
function bitsOf(handler: Handler): ReadonlyMap<Step, number> {
  const steps = [...handler.body, ...handler.after].flatMap(actingIn)
  const known = steps.filter(({ kind }) => kind !== 'unknown')
  const ordered = steps.length > MOST_BITS ? [...known, ...steps.filter(({ kind }) => kind === 'unknown')] : steps
  return new Map(ordered.slice(0, MOST_BITS).map((step, i) => [step, 1 << i]))
}

function actingIn(node: Node): readonly Step[] {
  switch (node.kind) {
    case 'jump':
      return []
    case 'branch':
      return node.paths.flatMap(({ body }) => body.flatMap(actingIn))
    case 'attempt':
      return [node.body, ...node.catches.map(({ body }) => body), node.otherwise, node.finally].flat().flatMap(actingIn)
    case 'loop':
    case 'call':
    case 'together':
      return node.body.flatMap(actingIn)
    default:
      return acting(node) ? [node] : []
  }
}

/** Backwards until nothing changes: a step that acts, or a way to one. */
function aheadOf(code: readonly Instruction[]): readonly boolean[] {
  const ahead = code.map((one) => one.kind === 'step' && (acting(one.step) || one.step.kind === 'commit-transaction'))
  for (let changed = true; changed; ) {
    changed = false
    code.forEach((one, at) => {
      if (ahead[at] || (one.kind === 'step' && one.step.kind === 'receive')) return
      if (onward(one).some((to) => ahead[to])) {
        ahead[at] = true
        changed = true
      }
    })
  }
  return ahead
}

function onward(one: Instruction): readonly number[] {
  switch (one.kind) {
    case 'step':
    case 'caught':
    case 'together':
      return [one.next]
    case 'choose':
      return one.to
    case 'each':
    case 'again':
      return [one.body, one.next]
    default:
      return []
  }
}

/** A step whose doing counts: once is right, twice is a duplicate. */
export function acting(step: Step): boolean {
  return step.kind === 'effect' || step.kind === 'produce' || step.kind === 'hand-off' || (step.kind === 'unknown' && step.mayAct)
}
