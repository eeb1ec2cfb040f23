import type { CommitBehaviour } from '../../src/model/commit.ts'
import type { Node } from '../../src/model/handler.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { judge } from '../../src/semantics/judge.ts'
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
  transaction,
  unlessSeen,
} from './build.ts'

export interface Shape {
  readonly name: string
  readonly commit?: CommitBehaviour
  readonly storesAlone?: boolean
  readonly body: readonly Node[]
  readonly after?: readonly Node[]
  readonly lost: boolean
  readonly duplicated: boolean
  readonly stuck?: boolean
}

/** design.md's table, row by row. */
export const SHAPES: readonly Shape[] = [
  {
    name: 'auto-commit on poll, effect in the loop',
    commit: { ...ON_POLL, onClose: false },
    body: [receive(), effect()],
    lost: false,
    duplicated: true,
  },
  {
    name: 'the same, the handler throws, close() at last',
    commit: ON_POLL,
    body: [receive(), effect()],
    after: [close()],
    lost: true,
    duplicated: true,
  },
  {
    name: 'auto-commit in the background, stored at hand-over',
    commit: BACKGROUND,
    body: [receive(), effect()],
    lost: true,
    duplicated: true,
  },
  {
    name: 'the same, stored after the effect',
    commit: BACKGROUND,
    storesAlone: false,
    body: [receive(), effect(), store()],
    lost: false,
    duplicated: true,
  },
  { name: 'effect, then synchronous commit', body: [receive(), effect(), commit()], lost: false, duplicated: true },
  {
    name: 'effect, then asynchronous commit',
    body: [receive(), effect(), commit('message', 'async')],
    lost: false,
    duplicated: true,
  },
  { name: 'synchronous commit, then effect', body: [receive(), commit(), effect()], lost: true, duplicated: false },
  {
    name: 'commit without offsets in the loop over a batch',
    body: [receive('several'), loop('messages', [effect(), commit('position')])],
    lost: true,
    duplicated: true,
  },
  {
    name: 'throws, is caught and not committed, the loop goes on',
    body: [receive(), attempt([effect()], [jump('next')]), commit()],
    lost: true,
    duplicated: true,
  },
  { name: 'throws, is caught, committed', body: [receive(), attempt([effect()], []), commit()], lost: true, duplicated: true },
  { name: 'always throws and is rethrown', body: [receive(), effect(), commit()], lost: false, duplicated: true, stuck: true },
  { name: 'work handed to a thread, then commit', body: [receive(), handOff(), commit()], lost: true, duplicated: true },
  { name: 'produce without waiting, then commit', body: [receive(), produce(), commit()], lost: true, duplicated: true },
  { name: 'produce, flush, then commit', body: [receive(), produce(), flush(), commit()], lost: false, duplicated: true },
  {
    name: 'SET NX before the effect, skip if present',
    body: [receive(), unlessSeen(true, [effect()]), commit()],
    lost: true,
    duplicated: true,
  },
  {
    name: 'check, effect, mark',
    body: [receive(), unlessSeen(false, [effect(), mark()]), commit()],
    lost: false,
    duplicated: true,
  },
  {
    name: 'an idempotent effect, then commit',
    body: [receive(), effect({ idempotent: true }), commit()],
    lost: false,
    duplicated: false,
  },
  {
    name: 'consume, transform, produce in one transaction',
    body: [receive(), transaction('begin'), produce(), transaction('send-offsets'), transaction('commit-transaction')],
    lost: false,
    duplicated: false,
  },
  {
    name: 'the same with a database effect inside',
    body: [receive(), transaction('begin'), effect(), produce(), transaction('send-offsets'), transaction('commit-transaction')],
    lost: false,
    duplicated: true,
  },
]

export function verdictOf({ commit: behaviour = MANUAL, storesAlone = true, body, after = [] }: Shape): Verdict {
  return judge({
    consumer: 'c',
    handler: handler(body, after),
    commit: behaviour,
    storesAlone,
    safeWrites: true,
    idempotentWrites: true,
  })
}
