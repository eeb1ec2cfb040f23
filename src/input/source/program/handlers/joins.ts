import type { Call, Expression } from '../syntax.ts'

/** Functions that wait for what they are given, once they are awaited where they are coroutines. */
const WAITS = new Set(['concurrent.futures.wait', 'concurrent.futures.as_completed'])
const WAITS_AWAITED = new Set(['asyncio.gather', 'asyncio.wait', 'asyncio.wait_for'])
/** Blocks that are left when everything that was begun in them is done. */
const WAITING_BLOCKS = new Set([
  'concurrent.futures.ThreadPoolExecutor',
  'concurrent.futures.ProcessPoolExecutor',
  'asyncio.TaskGroup',
])

/** Whether a call waits for work that was handed over: `future.result()`, `thread.join()`, `await asyncio.gather(…)`. */
export function joins(call: Call, dotted: string | undefined, awaited: boolean): boolean {
  if (dotted !== undefined && (WAITS.has(dotted) || (awaited && WAITS_AWAITED.has(dotted)))) return true
  if (call.callee.kind !== 'attribute') return false
  const { name } = call.callee
  if (name === 'result') return true
  // a text joins what it is given; a thread, process or queue is given at most how long to wait
  return name === 'join' && call.positional.every(isTime)
}

function isTime({ kind }: Expression): boolean {
  return kind === 'number'
}

/** Whether leaving a `with` block of this call waits for the work begun in it. */
export function joinsAtEnd(dotted: string | undefined): boolean {
  return dotted !== undefined && WAITING_BLOCKS.has(dotted)
}
