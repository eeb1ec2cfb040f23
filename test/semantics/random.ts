import type { CommitBehaviour } from '../../src/model/commit.ts'
import type { Handler, Node } from '../../src/model/handler.ts'
import type { Judged } from '../../src/semantics/judge.ts'
import {
  attempt,
  BACKGROUND,
  close,
  commit,
  effect,
  flush,
  handler,
  handOff,
  jump,
  loop,
  MANUAL,
  mark,
  ON_POLL,
  produce,
  receive,
  store,
  unknown,
  unlessSeen,
} from './build.ts'

/** A generator of numbers that gives the same ones for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let at = seed >>> 0
  return () => {
    at = (at + 0x6d2b79f5) >>> 0
    let t = at
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A handler of about `size` steps, with branches, tries and loops. */
export function randomHandler(next: () => number, size: number): Handler {
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T
  let left = size
  const steps = (depth: number): Node[] => {
    const nodes: Node[] = []
    const count = 1 + Math.floor(next() * 4)
    for (let i = 0; i < count && left > 0; i++) {
      left--
      const kind = next()
      if (depth < 3 && kind < 0.12) nodes.push(attempt(steps(depth + 1), pick([[], [jump('next')], [jump('raise')], [commit()]])))
      else if (depth < 3 && kind < 0.2) nodes.push(unlessSeen(next() < 0.5, steps(depth + 1)))
      else if (depth < 3 && kind < 0.3) {
        const branch: Node = {
          kind: 'branch',
          location: receive().location,
          text: 'if',
          on: { kind: 'any' },
          paths: [
            { label: 'then', body: steps(depth + 1) },
            { label: 'else', body: [] },
          ],
        }
        nodes.push(branch)
      } else
        nodes.push(
          pick([
            () => effect(),
            () => effect({ idempotent: true }),
            () => commit('message', next() < 0.7 ? 'sync' : 'async'),
            () => commit('position'),
            () => produce(next() < 0.5 ? 'buffered' : 'awaited'),
            flush,
            store,
            () => mark(),
            unknown,
            handOff,
          ])(),
        )
    }
    return nodes
  }
  const several = next() < 0.2
  const body: Node[] = []
  while (left > 0) body.push(...steps(0))
  return handler(
    [receive(several ? 'several' : 'one'), ...(several ? [loop('messages', body)] : body)],
    next() < 0.5 ? [close()] : [],
  )
}

export function randomPipeline(next: () => number, size: number): Judged {
  const behaviours: readonly CommitBehaviour[] = [MANUAL, ON_POLL, BACKGROUND]
  return {
    consumer: 'c',
    handler: randomHandler(next, size),
    commit: behaviours[Math.floor(next() * behaviours.length)] as CommitBehaviour,
    storesAlone: next() < 0.7,
    safeWrites: next() < 0.5,
    idempotentWrites: next() < 0.5,
  }
}
