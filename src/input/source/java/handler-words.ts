import { knownCall } from '../../../knowledge/effects/java.ts'
import { sqlCall } from '../../../knowledge/effects/sql.ts'
import type { HandOff } from '../../../model/handler.ts'
import type { HandlerWords } from '../program/handlers/words.ts'
import { JAVA_REDIS } from './redis.ts'

const HANDS_ON: Readonly<Record<string, HandOff['to']>> = {
  submit: 'pool',
  execute: 'pool',
  supplyAsync: 'pool',
  runAsync: 'pool',
  invokeAll: 'pool',
  offer: 'queue',
}
const QUERIES = new Set([
  'update',
  'execute',
  'executeUpdate',
  'batchUpdate',
  'query',
  'queryForObject',
  'executeQuery',
  'prepareStatement',
])

/** Java between poll and commit. */
export const JAVA_WORDS: HandlerWords = {
  knownCall(call, dotted, receiver) {
    const method = call.callee.kind === 'attribute' ? call.callee.name : undefined
    const [first] = call.positional
    if (method !== undefined && QUERIES.has(method) && first?.kind === 'string') {
      const known = sqlCall(first.value)
      // a statement that is prepared is not run yet
      if (known) return method === 'prepareStatement' ? 'harmless' : known
    }
    return knownCall(dotted, method, receiver, call.positional.length)
  },
  redis: JAVA_REDIS,
  exits: (dotted) => dotted === 'System.exit' || dotted === 'Runtime.getRuntime().halt',
  waits(dotted, call) {
    if (dotted !== 'Thread.sleep' && !/(?:^|\.)TimeUnit\.\w+\.sleep$/.test(dotted)) return undefined
    const [first] = call.positional
    if (first?.kind !== 'number') return 'unknown'
    return dotted === 'Thread.sleep' ? first.value : dotted.includes('SECONDS') ? first.value * 1000 : 'unknown'
  },
  starts: () => undefined,
  acknowledges: ({ callee }, type) =>
    callee.kind === 'attribute' && callee.name === 'acknowledge' && type === 'org.springframework.kafka.support.Acknowledgment',
  runsApart: (decorators) => decorators.includes('Async'),
  handsOn: (method) => (Object.hasOwn(HANDS_ON, method) ? HANDS_ON[method] : undefined),
  catchesAll: (type) => type === 'Exception' || type === 'Throwable' || type === 'RuntimeException',
  promises: false,
  typed: true,
}
