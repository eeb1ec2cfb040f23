import { knownCall } from '../../../knowledge/effects/python.ts'
import type { HandOff } from '../../../model/handler.ts'
import type { HandlerWords } from '../program/handlers/words.ts'
import { PYTHON_REDIS } from './redis.ts'

/** The program ends there. */
const EXITS = new Set(['sys.exit', 'os._exit', 'exit', 'quit', 'os.abort'])

const STARTS: Readonly<Record<string, HandOff['to']>> = {
  'threading.Thread': 'thread',
  'multiprocessing.Process': 'process',
  'asyncio.create_task': 'task',
  'asyncio.ensure_future': 'task',
}

const HANDS_ON: Readonly<Record<string, HandOff['to']>> = {
  submit: 'pool',
  apply_async: 'pool',
  create_task: 'task',
  run_in_executor: 'pool',
  put: 'queue',
  put_nowait: 'queue',
}

/** Python between poll and commit. */
export const PYTHON_WORDS: HandlerWords = {
  knownCall: (call, dotted) => knownCall(dotted, call.callee.kind === 'attribute' ? call.callee.name : undefined),
  redis: PYTHON_REDIS,
  exits: (dotted) => EXITS.has(dotted),
  waits(dotted, call) {
    if (dotted !== 'time.sleep' && dotted !== 'asyncio.sleep') return undefined
    const [first] = call.positional
    return first?.kind === 'number' ? first.value * 1000 : 'unknown'
  },
  starts: (dotted) => (Object.hasOwn(STARTS, dotted) ? STARTS[dotted] : undefined),
  handsOn: (method) => (Object.hasOwn(HANDS_ON, method) ? HANDS_ON[method] : undefined),
  catchesAll: (type) => type === 'Exception' || type === 'BaseException',
  promises: false,
}
