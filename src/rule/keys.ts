import type { KeyWrite } from '../model/store.ts'
import type { Subject } from './finding.ts'

export function keySubject(write: KeyWrite): Subject {
  return { kind: 'key', id: write.id, name: `${write.command} ${write.key}` }
}

/** How the write and its time to live become one step, in the words of the library where they are known. */
export function atomicFix(write: KeyWrite): string {
  if (write.purpose === 'counter')
    return write.library === 'redis-py'
      ? 'Put both into `pipeline(transaction=True)` or one Lua script, or create the key first with `set(key, 0, nx=True, ex=ttl)`.'
      : 'Put both into MULTI/EXEC or one Lua script, or create the key first with `SET key 0 NX EX ttl`.'
  if (/hsetnx/i.test(write.command))
    return 'Put both into one Lua script or MULTI/EXEC, or use a key of its own with `SET key value NX EX ttl`.'
  return write.library === 'redis-py'
    ? 'Use one command: `set(key, value, nx=True, ex=ttl)`.'
    : 'Use one command: `SET key value NX EX ttl`.'
}
