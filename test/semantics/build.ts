import type { CommitBehaviour } from '../../src/model/commit.ts'
import type {
  Attempt,
  Branch,
  Commit,
  Effect,
  Handler,
  HandOff,
  Jump,
  Loop,
  Mark,
  Node,
  Produce,
  Step,
} from '../../src/model/handler.ts'
import type { Location } from '../../src/model/location.ts'

const location: Location = { path: 'worker.py', line: 1, column: 1, endLine: 1, endColumn: 2 }
const at = (text: string) => ({ location, text })

export const receive = (hands: 'one' | 'several' = 'one'): Step => ({ kind: 'receive', ...at('poll()'), hands })
export const effect = (rest: Partial<Effect> = {}): Step => ({
  kind: 'effect',
  ...at('charge()'),
  system: 'http',
  idempotent: false,
  durable: true,
  confidence: 'high',
  ...rest,
})
export const commit = (what: Commit['what'] = 'message', mode: Commit['mode'] = 'sync'): Step => ({
  kind: 'commit',
  ...at('commit()'),
  mode,
  what,
  checked: mode === 'sync',
  limited: false,
})
export const store = (): Step => ({ kind: 'store', ...at('store_offsets()'), what: 'message' })
export const produce = (mode: Produce['mode'] = 'buffered', rest: Partial<Produce> = {}): Step => ({
  kind: 'produce',
  ...at('produce()'),
  mode,
  checked: true,
  deadLetter: false,
  ...rest,
})
export const flush = (): Step => ({ kind: 'flush', ...at('flush()'), complete: true })
export const mark = (ttl: Mark['ttl'] = 60_000): Step => ({ kind: 'mark', ...at('mark()'), store: 'redis', ttl })
export const handOff = (): HandOff => ({ kind: 'hand-off', ...at('submit()'), to: 'pool', body: [] })
export const unknown = (): Step => ({ kind: 'unknown', ...at('process()'), why: 'not followed', mayAct: true })
export const close = (): Step => ({ kind: 'close', ...at('close()'), what: 'consumer' })
export const transaction = (kind: 'begin' | 'commit-transaction' | 'abort' | 'send-offsets', metadata = true): Step => ({
  kind,
  ...at(kind),
  ...(kind === 'send-offsets' ? { metadata } : {}),
})

export const jump = (to: Jump['to']): Node => ({ kind: 'jump', ...at(to), to })

export function attempt(body: readonly Node[], caught?: readonly Node[], rest: Partial<Attempt> = {}): Attempt {
  const catches = caught ? [{ ...at('except Exception'), takes: 'all' as const, recovers: false, body: caught }] : []
  return { kind: 'attempt', ...at('try'), body, catches, otherwise: [], finally: [], ...rest }
}

export function loop(over: Loop['over'], body: readonly Node[], bound?: Loop['bound']): Loop {
  return { kind: 'loop', ...at('for'), over, body, ...(bound === undefined ? {} : { bound }) }
}

/** `claim` marks in the same step; without it the mark is only looked for. Skips what was seen. */
export function unlessSeen(claim: boolean, body: readonly Node[]): Branch {
  return {
    kind: 'branch',
    ...at(claim ? 'SET NX' : 'GET'),
    on: { kind: 'seen', claim, store: 'redis', ttl: 60_000 },
    paths: [
      { label: 'seen', body: [jump('next')] },
      { label: 'new', body },
    ],
  }
}

export function handler(body: readonly Node[], after: readonly Node[] = []): Handler {
  return { id: 'h', consumers: ['c'], name: 'worker', shape: 'loop', location, body, after, uncaught: 'ends', confidence: 'high' }
}

export const MANUAL: CommitBehaviour = {
  when: 'never',
  what: 'position',
  onClose: false,
  onRevoke: false,
  loses: 'no',
  says: '',
  citation: '',
}
/** kafka-python and Java. */
export const ON_POLL: CommitBehaviour = { ...MANUAL, when: 'on-poll', onClose: true, onRevoke: true, loses: 'on-exception' }
/** librdkafka and aiokafka. */
export const BACKGROUND: CommitBehaviour = {
  ...MANUAL,
  when: 'background',
  what: 'stored',
  onClose: true,
  onRevoke: true,
  loses: 'yes',
}
