import type { Committed, Node, Step } from '../../src/model/handler.ts'
import type { Judged } from '../../src/semantics/judge.ts'

/** What came of one run with random timing. */
export interface Outcome {
  readonly lost: boolean
  readonly duplicated: boolean
}

class Crash extends Error {}
class Thrown extends Error {}
class Jumped extends Error {
  readonly to: string
  constructor(to: string) {
    super(to)
    this.to = to
  }
}

const MESSAGES = 2

/**
 * Plays a handler as a program would run, with a fault at a random moment: an interpreter of the tree that shares nothing with the search. What
 * it sees happen is possible; the model must not exclude it.
 */
export function simulate(
  { handler, commit, storesAlone }: Judged,
  random: () => number,
  fault: 'crash' | 'throws-once',
): Outcome {
  let committed = 0
  let budget = 1
  const counts = new Map<Step, number[]>()
  const outputs = new Array<number>(MESSAGES).fill(0)
  const marks = new Set<number>()
  const acted = new Set<number>()
  const completed = new Set<number>()
  let duplicated = false

  /** One process, until it has read everything, crashes or ends. */
  function process(): boolean {
    let position = committed
    let stored = committed
    let hand = -1
    let from = position
    let buffer: number[] = []
    let failed = false
    // gone already: the turn is only followed to its end to see whether anything was still to be done
    let ghost = false
    let wouldAct = false
    const about = () => (hand >= 0 ? [hand] : Array.from({ length: position - from }, (_, i) => from + i))

    function moment(): void {
      if (ghost) return
      const last = commit.what === 'stored' ? stored : position
      if (commit.when === 'background' && random() < 0.3) committed = Math.max(committed, last)
      if (buffer.length > 0 && random() < 0.2) flush()
      if (fault === 'crash' && budget > 0 && random() < 0.15) {
        budget--
        ghost = true
      }
    }
    function flush(): void {
      for (const m of buffer) outputs[m] = 2
      buffer = []
    }
    function act(step: Step, again: boolean): void {
      if (fault === 'throws-once' && budget > 0 && about().length > 0 && random() < 0.3) {
        budget--
        failed = true
        throw new Thrown()
      }
      for (const m of about()) {
        const done = counts.get(step) ?? new Array<number>(MESSAGES).fill(0)
        done[m] = (done[m] ?? 0) + 1
        counts.set(step, done)
        if (again && (done[m] ?? 0) > 1) duplicated = true
        acted.add(m)
      }
    }
    const offset = (what: Committed) =>
      what === 'position' ? position : what === 'stored' ? stored : hand < 0 ? position : what === 'own' ? hand : hand + 1

    function run(nodes: readonly Node[]): void {
      for (const node of nodes) one(node)
    }
    function one(node: Node): void {
      switch (node.kind) {
        case 'jump':
          if (node.to === 'raise') throw new Thrown()
          throw new Jumped(node.to)
        case 'branch': {
          if (node.on.kind === 'seen') {
            const [m = -1] = about()
            const seen = marks.has(m)
            if (seen && !acted.has(m)) failed = true
            if (!seen && node.on.claim && !ghost) marks.add(m)
            run(node.paths.find(({ label }) => label === (seen ? 'seen' : 'new'))?.body ?? [])
          } else run(node.paths[Math.floor(random() * node.paths.length)]?.body ?? [])
          return
        }
        case 'attempt':
          try {
            run(node.body)
            run(node.otherwise)
          } catch (error) {
            const [caught] = node.catches
            if (!(error instanceof Thrown) || !caught) throw error
            if (ghost) wouldAct = true
            run(caught.body)
          } finally {
            run(node.finally)
          }
          return
        case 'loop':
          while (from < position) {
            if (hand >= 0 && !failed && !wouldAct) completed.add(hand)
            if (ghost) throw new Crash()
            failed = false
            hand = from++
            try {
              run(node.body)
            } catch (error) {
              if (!(error instanceof Jumped) || error.to !== 'next') throw error
            }
          }
          if (hand >= 0 && !failed && !wouldAct) completed.add(hand)
          hand = -1
          return
        case 'call':
        case 'together':
          run(node.body)
          return
        default:
          moment()
          if (!ghost) step(node)
          else if (node.kind === 'effect' || node.kind === 'produce' || node.kind === 'unknown') wouldAct = true
      }
    }
    function step(node: Step): void {
      switch (node.kind) {
        case 'receive':
          if (commit.when === 'on-poll') committed = Math.max(committed, position)
          from = position
          if (node.hands === 'one') {
            hand = position++
            from = position
          } else position = MESSAGES
          if (storesAlone) stored = position
          if (commit.when === 'on-delivery') committed = Math.max(committed, position)
          return
        case 'effect':
          act(node, node.idempotent !== true)
          return
        case 'unknown':
          act(node, true)
          return
        case 'produce':
          if (node.mode === 'awaited') {
            act(node, true)
            for (const m of about()) outputs[m] = 2
          } else {
            for (const m of about()) if (outputs[m] !== 2) outputs[m] = 1
            buffer.push(...about())
          }
          return
        case 'flush':
          flush()
          return
        case 'store':
          stored = offset(node.what)
          return
        case 'commit':
          if (node.mode === 'sync' || random() < 0.5) committed = offset(node.what)
          return
        case 'mark':
          for (const m of about()) marks.add(m)
          return
        case 'close':
          if (commit.onClose) committed = Math.max(committed, commit.what === 'stored' ? stored : position)
          return
        default:
      }
    }

    try {
      while (position < MESSAGES) {
        failed = false
        hand = -1
        from = position
        try {
          run(handler.body)
        } catch (error) {
          if (!(error instanceof Jumped)) throw error
          if (error.to === 'leave') return true
        }
        if (!failed && !wouldAct) for (const m of about()) completed.add(m)
        if (ghost) throw new Crash()
      }
      return true
    } catch (error) {
      if (error instanceof Crash) return false
      if (!(error instanceof Thrown)) throw error
      if (ghost) return false
      run(handler.after)
      return false
    }
  }

  for (let lives = 0; lives < 4 && !process(); lives++);
  const lost = Array.from({ length: MESSAGES }, (_, m) => m).some(
    (m) => m < committed && !completed.has(m) && !acted.has(m) && outputs[m] === 0,
  )
  return { lost, duplicated }
}
