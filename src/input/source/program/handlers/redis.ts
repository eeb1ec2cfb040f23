import type { Node } from '../../../../model/handler.ts'
import { rootOf } from '../redis/calls.ts'
import type { RedisCall } from '../redis/dialect.ts'
import type { Call, Expression } from '../syntax.ts'
import { at, type Context } from './context.ts'
import { keyOf } from './origins.ts'

/** Names under which programs keep a Redis client. */
const REDIS = /(?:^|_)(?:redis|cache|rds|r|rc)(?:_|$)|redis|jedis|lettuce/i

/** The command of a call on what goes by the name of a Redis client. */
export function redisCommand(ctx: Context, call: Call): RedisCall | undefined {
  const { redis } = ctx.modules.language.words
  if (call.callee.kind !== 'attribute' || !REDIS.test(nameOf(rootOf(call.callee.object, redis)))) return undefined
  return redis.command(call)
}

/** A write of one key in Redis: an effect, or where only existence matters a mark. */
export function redisStep(ctx: Context, call: Call): Node | undefined {
  const command = redisCommand(ctx, call)
  if (!command) return undefined
  const here = at(ctx, call)
  const key = keyOf(ctx, command.key)
  switch (command.kind) {
    case 'mark':
      return { kind: 'mark', ...here, store: 'redis', key, ttl: ttlOf(command) }
    case 'write':
    case 'overwrite':
      // where the value says nothing, that the key is there does
      return command.spelled.startsWith('set') && isConstant(command.value)
        ? { kind: 'mark', ...here, store: 'redis', key, ttl: ttlOf(command) }
        : { kind: 'effect', ...here, system: 'cache', idempotent: true, durable: true, confidence: 'medium', key }
    case 'delete':
      return { kind: 'unmark', ...here, store: 'redis', key, ttl: 'unknown' }
    default:
      return undefined
  }
}

/** In milliseconds. */
export function ttlOf({ ttl }: RedisCall): number | 'unknown' | 'never' {
  if (ttl === undefined) return 'never'
  if (ttl === 'hidden' || ttl.amount.kind !== 'number' || ttl.milliseconds === undefined) return 'unknown'
  return ttl.amount.value * ttl.milliseconds
}

function nameOf(node: Expression): string {
  return node.kind === 'name' ? node.name : node.kind === 'attribute' ? node.name : ''
}

/** `1`, `"1"`, `True`: the value says nothing, that it is there does. */
function isConstant(node: Expression | undefined): boolean {
  return node?.kind === 'number' || node?.kind === 'string' || node?.kind === 'boolean'
}
