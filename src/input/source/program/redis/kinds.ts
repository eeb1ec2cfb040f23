import { lookUp } from '../../../../text/table.ts'
import type { RedisCall } from './dialect.ts'

const KINDS: Readonly<Record<string, RedisCall['kind']>> = {
  setnx: 'mark',
  hsetnx: 'mark',
  msetnx: 'mark',
  expire: 'expire',
  pexpire: 'expire',
  expireat: 'expire',
  pexpireat: 'expire',
  setex: 'overwrite',
  psetex: 'overwrite',
  getset: 'deadline',
  incr: 'counter',
  incrby: 'counter',
  del: 'delete',
  unlink: 'delete',
  get: 'read',
  hset: 'write',
  sadd: 'write',
}

/** What a command of that name does to its key, in lower case as Redis has it; undefined for those that play no part. */
export function kindOfCommand(name: string): RedisCall['kind'] | undefined {
  return lookUp(KINDS, name)
}
