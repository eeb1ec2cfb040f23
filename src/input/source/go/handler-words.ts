import { knownCall } from '../../../knowledge/effects/go.ts'
import { sqlCall } from '../../../knowledge/effects/sql.ts'
import type { HandlerWords } from '../program/handlers/words.ts'
import { isContext } from './contexts.ts'
import { GO_REDIS } from './redis.ts'

const QUERIES = new Set([
  'Exec',
  'ExecContext',
  'MustExec',
  'NamedExec',
  'Query',
  'QueryContext',
  'QueryRow',
  'QueryRowContext',
  'Raw',
])
const UNITS: Readonly<Record<string, number>> = { Millisecond: 1, Second: 1000, Minute: 60_000, Hour: 3_600_000 }

/** Go between poll and commit. */
export const GO_WORDS: HandlerWords = {
  knownCall(call, dotted, receiver) {
    // only a struct that is written down is given its fields by name
    if (call.keywords.length > 0) return 'harmless'
    const method = call.callee.kind === 'attribute' ? call.callee.name : undefined
    if (method !== undefined && QUERIES.has(method)) {
      const text = call.positional.find((one) => one.kind === 'string')
      const known = text?.kind === 'string' ? sqlCall(text.value) : undefined
      if (known) return known
    }
    return knownCall(dotted, method, receiver)
  },
  redis: GO_REDIS,
  exits: (dotted) =>
    /^(?:os\.Exit|log\.(?:Fatal|Panic)\w*|runtime\.Goexit)$/.test(dotted) ||
    /(?:^|\.)(?:logrus|log|logger)\.(?:Fatal|Panic)\w*$/.test(dotted),
  waits(dotted, call) {
    if (dotted !== 'time.Sleep') return undefined
    const [first] = call.positional
    const product = first?.kind === 'binary' && first.operator === '*' ? [first.left, first.right] : [first]
    const count = product.find((one) => one?.kind === 'number')
    const unit = product.find((one) => one?.kind === 'attribute')
    const each = unit?.kind === 'attribute' ? UNITS[unit.name] : undefined
    return each === undefined ? 'unknown' : (count?.kind === 'number' ? count.value : 1) * each
  },
  starts: (dotted) => (dotted === 'go' ? 'thread' : undefined),
  handsOn: (method) => (method === '<-' ? 'queue' : method === 'Submit' ? 'pool' : undefined),
  catchesAll: () => true,
  isContext,
  callsBack: new Set(['EachRecord']),
  promises: false,
  typed: true,
}
