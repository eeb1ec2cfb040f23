import type { Attempt, Catch, Handler, Jump, Node, Step } from '../model/handler.ts'

/** One step on a way through a handler. */
export interface Taken {
  readonly step: Step
  /** It threw, and what it does was not done. */
  readonly failed?: boolean
  /** It stands where an exception was caught, or where one passes. */
  readonly zone?: 'catch' | 'finally'
  /** Innermost loop over the messages of one batch. */
  readonly inBatch?: boolean
}

/** One way through a handler, for one message. */
export interface Way {
  readonly steps: readonly Taken[]
  /** How it ends: at the end of the turn, out of the loop, or with an exception. */
  readonly ends: 'turn' | 'leave' | 'raise'
  /** The catch that took an exception, after which the way went on. */
  readonly caught?: Catch
  /** What a branch on a mark found. */
  readonly seen?: boolean
}

type Exit = 'fall' | Jump['to']

interface Part {
  readonly steps: readonly Taken[]
  readonly exit: Exit
  readonly caught?: Catch
  readonly seen?: boolean
}

/** Ways that are kept: more say nothing new, and real handlers have few. */
const MAX_WAYS = 400

/** The ways through one turn of a handler: through each branch, and with an exception at the first step that may throw in each `try`. */
export function waysThrough({ body }: Pick<Handler, 'body'>): readonly Way[] {
  return through(body, {}).map(({ steps, exit, caught, seen }) => ({
    steps,
    ends: exit === 'raise' ? 'raise' : exit === 'leave' ? 'leave' : 'turn',
    ...(caught ? { caught } : {}),
    ...(seen === undefined ? {} : { seen }),
  }))
}

interface Where {
  readonly zone?: Taken['zone']
  readonly inBatch?: boolean
}

const NOTHING: Part = { steps: [], exit: 'fall' }

function through(nodes: readonly Node[], where: Where): readonly Part[] {
  let parts: readonly Part[] = [NOTHING]
  for (const node of nodes) {
    const next = partsOf(node, where)
    if (next.length === 1 && next[0] === NOTHING) continue
    parts = parts.flatMap((part) => (part.exit === 'fall' ? next.map((one) => joined(part, one)) : [part])).slice(0, MAX_WAYS)
  }
  return parts
}

function joined(a: Part, b: Part): Part {
  const caught = b.caught ?? a.caught
  const seen = b.seen ?? a.seen
  return {
    steps: b.steps.length === 0 ? a.steps : [...a.steps, ...b.steps],
    exit: b.exit,
    ...(caught ? { caught } : {}),
    ...(seen === undefined ? {} : { seen }),
  }
}

function partsOf(node: Node, where: Where): readonly Part[] {
  switch (node.kind) {
    case 'jump':
      return [{ steps: [], exit: node.to }]
    case 'branch':
      return node.paths.flatMap(({ label, body }) => {
        // without a message there is nothing to lose
        if (label === 'nothing') return [{ steps: [], exit: 'next' as const }]
        const parts = through(body, where)
        return node.on.kind === 'seen' ? parts.map((part) => ({ ...part, seen: label === 'seen' })) : parts
      })
    case 'loop': {
      const inBatch = where.inBatch === true || node.over === 'messages'
      return through(node.body, { ...where, ...(inBatch ? { inBatch } : {}) }).map((part) => ending(part, ['next', 'leave']))
    }
    case 'call':
      return through(node.body, where).map((part) => ending(part, ['return']))
    case 'together':
      return through(node.body, where)
    case 'attempt':
      return attempt(node, where)
    default:
      return [{ steps: [{ step: node, ...where }], exit: 'fall' }]
  }
}

/** What ends inside goes on after it. */
function ending(part: Part, exits: readonly Exit[]): Part {
  return exits.includes(part.exit) ? { ...part, exit: 'fall' } : part
}

function attempt(node: Attempt, where: Where): readonly Part[] {
  const tried = through(node.body, where)
  const whole = tried
    .filter(({ exit }) => exit !== 'raise')
    .flatMap((part) => (part.exit === 'fall' ? after(part, node.otherwise, where) : [part]))
  const failed = [...tried.filter(({ exit }) => exit === 'raise'), ...tried.flatMap((part) => failing(part))]
  const caught = failed.flatMap((part): readonly Part[] => {
    const all = node.catches.find(({ takes }) => takes === 'all')
    const some = node.catches.filter(({ takes }) => takes === 'some')
    return [
      ...(all ? through(all.body, { ...where, zone: 'catch' }).map((one) => ({ ...joined(part, one), caught: all })) : [part]),
      ...(all ? [] : some.flatMap((one) => through(one.body, { ...where, zone: 'catch' }).map((inner) => joined(part, inner)))),
    ]
  })
  const parts = [...whole, ...caught].slice(0, MAX_WAYS)
  if (node.finally.length === 0) return parts
  const last = through(node.finally, { ...where, zone: 'finally' })
  return parts
    .flatMap((part) => last.map((one) => ({ ...joined(part, one), exit: one.exit === 'fall' ? part.exit : one.exit })))
    .slice(0, MAX_WAYS)
}

function after(part: Part, nodes: readonly Node[], where: Where): readonly Part[] {
  return through(nodes, where).map((one) => joined(part, one))
}

/** The same way, broken off at its first step that may throw. */
function failing(part: Part): readonly Part[] {
  const at = part.steps.findIndex(({ step, failed }) => !failed && mayThrow(step))
  if (at < 0) return []
  const broken = part.steps[at] as Taken
  return [{ ...part, steps: [...part.steps.slice(0, at), { ...broken, failed: true }], exit: 'raise' }]
}

/** Something that is done for the message, and may go wrong. */
export function mayThrow(step: Step): boolean {
  return acts(step) || (step.kind === 'mark' && step.store !== 'memory')
}

/** What happens once the message is in hand: a turn may do other things before. */
export function sinceReceived({ steps }: Way): readonly Taken[] {
  const at = steps.findIndex(({ step }) => step.kind === 'receive')
  return at < 0 ? steps : steps.slice(at + 1)
}

/** Something outside changes, or may. */
export function acts(step: Step): boolean {
  return step.kind === 'effect' || step.kind === 'produce' || step.kind === 'hand-off' || (step.kind === 'unknown' && step.mayAct)
}
