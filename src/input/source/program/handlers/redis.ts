import type { Node } from '../../../../model/handler.ts'
import type { Call, Expression } from '../syntax.ts'
import { at, type Context } from './context.ts'
import { keyOf } from './origins.ts'

/** Names under which programs keep a Redis client. */
const REDIS = /(?:^|_)(?:redis|cache|rds|r|rc)(?:_|$)|redis/i

/** A write of one key in Redis: an effect, or where only existence matters a mark. */
export function redisStep(ctx: Context, call: Call, method: string | undefined): Node | undefined {
  if (method === undefined || call.callee.kind !== 'attribute' || !REDIS.test(nameOf(call.callee.object))) return undefined
  const [key] = call.positional
  if (!key) return undefined
  const word = (name: string) => call.keywords.find((one) => one.name === name)?.value
  const here = at(ctx, call)
  if (method === 'set' || method === 'setex' || method === 'hset' || method === 'sadd' || method === 'setnx') {
    const exclusive = method === 'setnx' || isTrue(word('nx'))
    const flag = exclusive || isConstant(call.positional[1])
    if (!flag)
      return {
        kind: 'effect',
        ...here,
        system: 'cache',
        idempotent: true,
        durable: true,
        confidence: 'medium',
        key: keyOf(ctx, key),
      }
    const ttl = word('ex') ?? (method === 'setex' ? call.positional[1] : undefined)
    return {
      kind: 'mark',
      ...here,
      store: 'redis',
      key: keyOf(ctx, key),
      ttl: ttl?.kind === 'number' ? ttl.value * 1000 : ttl || word('px') ? 'unknown' : 'never',
    }
  }
  if (method === 'delete') return { kind: 'unmark', ...here, store: 'redis', key: keyOf(ctx, key), ttl: 'unknown' }
  return undefined
}

function nameOf(node: Expression): string {
  return node.kind === 'name' ? node.name : node.kind === 'attribute' ? node.name : ''
}

const isTrue = (node: Expression | undefined) => node?.kind === 'boolean' && node.value

/** `1`, `"1"`, `True`: the value says nothing, that it is there does. */
function isConstant(node: Expression | undefined): boolean {
  return node?.kind === 'number' || node?.kind === 'string' || node?.kind === 'boolean'
}
