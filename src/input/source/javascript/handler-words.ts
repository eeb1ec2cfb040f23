import { knownCall } from '../../../knowledge/effects/javascript.ts'
import { effect } from '../../../knowledge/effects/known-call.ts'
import { sqlCall } from '../../../knowledge/effects/sql.ts'
import type { HandlerWords } from '../program/handlers/words.ts'
import type { Call, Expression } from '../program/syntax.ts'
import { JAVASCRIPT_REDIS } from './redis.ts'

const QUERIES = new Set(['query', 'execute', 'raw', '$executeRaw', '$queryRaw'])

/** JavaScript between poll and commit. */
export const JAVASCRIPT_WORDS: HandlerWords = {
  knownCall(call, dotted, receiver) {
    if (dotted === 'fetch' || dotted === 'node-fetch' || dotted === 'node-fetch.default' || dotted === 'cross-fetch')
      return fetched(call)
    const method = call.callee.kind === 'attribute' ? call.callee.name : undefined
    if (method !== undefined && QUERIES.has(method)) return sqlCall(textOf(call.positional[0]) ?? '')
    return knownCall(dotted, method, receiver)
  },
  redis: JAVASCRIPT_REDIS,
  exits: (dotted) => dotted === 'process.exit' || dotted === 'process.abort',
  // `setTimeout` calls back: waiting is a promise around it
  waits: (dotted, call) => {
    if (!/^(?:node:)?timers\/promises\.setTimeout$/.test(dotted)) return undefined
    const [first] = call.positional
    return first?.kind === 'number' ? first.value : 'unknown'
  },
  starts: (dotted) =>
    dotted === 'setImmediate' || dotted === 'process.nextTick' || dotted === 'queueMicrotask' ? 'task' : undefined,
  handsOn: () => undefined,
  catchesAll: () => true,
  callsBack: new Set(['map', 'forEach', 'flatMap', 'filter', 'reduce', 'some', 'every']),
  promises: true,
}

/** `fetch` reads unless it is told otherwise. */
function fetched(call: Call): ReturnType<HandlerWords['knownCall']> {
  const [, options] = call.positional
  if (!options) return 'harmless'
  if (options.kind !== 'dict') return effect('http', 'high', { idempotent: 'unknown' })
  const method = options.entries.find(({ key }) => key?.kind === 'string' && key.value === 'method')?.value
  const word = textOf(method)?.toUpperCase()
  if (!method || word === 'GET' || word === 'HEAD') return 'harmless'
  if (word === undefined) return effect('http', 'high', { idempotent: 'unknown' })
  return effect('http', 'high', { idempotent: word === 'PUT' || word === 'DELETE' })
}

/** The text of a string, with nothing where values are put in. */
function textOf(node: Expression | undefined): string | undefined {
  if (node?.kind === 'string') return node.value
  return node?.kind === 'fstring' ? node.parts.map((part) => (typeof part === 'string' ? part : '')).join('') : undefined
}
