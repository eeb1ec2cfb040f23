import type { Expression } from '../syntax.ts'
import { walk } from '../walk.ts'
import { type Context, textOf } from './context.ts'
import type { Decided } from './decided.ts'
import { keyOf, originsOf } from './origins.ts'
import { redisCommand, ttlOf } from './redis.ts'

export function decide(ctx: Context, test: Expression): Decided {
  const received = receivedWhen(ctx, test)
  if (received !== undefined)
    return { on: { kind: 'received' }, labels: received ? ['message', 'nothing'] : ['nothing', 'message'], limits: false }
  const seen = seenWhen(ctx, test)
  if (seen) return seen
  return { on: { kind: 'any' }, labels: ['then', 'else'], limits: limits(ctx, test) }
}

/** True where the condition holds with a message in hand, false where it holds without one; undefined where it is about something else. */
function receivedWhen(ctx: Context, test: Expression): boolean | undefined {
  if (isMessage(ctx, test)) return true
  if (test.kind === 'unary' && test.operator === 'not') {
    const inner = receivedWhen(ctx, test.operand)
    return inner === undefined ? undefined : !inner
  }
  if (test.kind === 'compare' && isMessage(ctx, test.left) && test.right.kind === 'none') {
    if (test.operator === 'is' || test.operator === '==') return false
    if (test.operator === 'is not' || test.operator === '!=') return true
  }
  if (test.kind === 'compare' && isError(ctx, test.left) && test.right.kind === 'none')
    return test.operator === 'is' || test.operator === '=='
  if (isError(ctx, test)) return false
  if (test.kind === 'bool') {
    const parts = [test.left, test.right].map((part) => receivedWhen(ctx, part))
    // `msg is None or msg.error()`: without; `msg and not msg.error()`: with
    if (parts.every((part) => part !== undefined) && parts[0] === parts[1]) return parts[0]
  }
  return undefined
}

function isMessage(ctx: Context, node: Expression): boolean {
  if (node.kind !== 'name') return false
  const origins = ctx.origins.get(node.name)
  return origins !== undefined && (origins.has('message') || origins.has('batch'))
}

/** `msg.error()`: an event that is no message. */
function isError(ctx: Context, node: Expression): boolean {
  return (
    node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.name === 'error' && isMessage(ctx, node.callee.object)
  )
}

const LOOKS = new Set(['get', 'exists', 'sismember', 'hexists', 'has', '__contains__'])

/** Whether something that the message names was there before: a look-up, or a write that only succeeds the first time. */
export function seenWhen(ctx: Context, test: Expression): Decided | undefined {
  if (test.kind === 'unary' && test.operator === 'not') {
    const inner = seenWhen(ctx, test.operand)
    return inner && { ...inner, labels: [inner.labels[1], inner.labels[0]] }
  }
  if (test.kind === 'compare' && (test.operator === 'in' || test.operator === 'not in') && fromMessage(ctx, test.left)) {
    if (!/seen|process|done|handled|dedup|visited/i.test(textOf(ctx.scope.file, test.right))) return undefined
    const labels = test.operator === 'in' ? (['seen', 'new'] as const) : (['new', 'seen'] as const)
    return {
      on: { kind: 'seen', claim: false, store: 'memory', key: keyOf(ctx, test.left), ttl: 'unknown' },
      labels,
      limits: false,
    }
  }
  if (test.kind === 'await') return seenWhen(ctx, test.value)
  if (test.kind === 'name') return ctx.claims.get(test.name)
  if (test.kind === 'compare') return comparedWhen(ctx, test)
  if (test.kind !== 'call' || test.callee.kind !== 'attribute') return undefined
  const [first] = test.positional
  // `Boolean.TRUE.equals(taken)`, `"OK".equals(answer)`
  if (test.callee.name === 'equals' && first) {
    const sense = senseOf(test.callee.object)
    return sense === undefined ? undefined : turned(seenWhen(ctx, first), sense)
  }
  const command = redisCommand(ctx, test) ?? ctx.modules.language.words.redis.command(test)
  if (command?.kind === 'mark' && !command.needsClient && fromMessage(ctx, command.key))
    return {
      on: { kind: 'seen', claim: true, store: 'redis', key: keyOf(ctx, command.key), ttl: ttlOf(command) },
      labels: ['new', 'seen'],
      limits: false,
    }
  if (!first || !fromMessage(ctx, first)) return undefined
  if (!LOOKS.has(test.callee.name) || !/redis|cache|seen|dedup|store|r$/i.test(textOf(ctx.scope.file, test.callee.object)))
    return undefined
  return {
    on: { kind: 'seen', claim: false, store: 'redis', key: keyOf(ctx, first), ttl: 'unknown' },
    labels: ['seen', 'new'],
    limits: false,
  }
}

/** `answer === 'OK'`, `taken == 1`, `answer is None`: the answer of a claim, or of a look-up, beside what it is when it holds or when it does not. */
function comparedWhen(ctx: Context, { operator, left, right }: Extract<Expression, { kind: 'compare' }>): Decided | undefined {
  const equal = /^(?:===?|is)$/.test(operator)
  if (!equal && !/^(?:!==?|is not)$/.test(operator)) return undefined
  const sense = senseOf(right)
  return sense === undefined ? undefined : turned(seenWhen(ctx, left), sense === equal)
}

/** True for what a command answers that did something, false for what one answers that did not. */
function senseOf(node: Expression): boolean | undefined {
  if (node.kind === 'none') return false
  if (node.kind === 'boolean') return node.value
  if (node.kind === 'number') return node.value === 0 ? false : node.value === 1 ? true : undefined
  if (node.kind === 'string') return node.value === 'OK' ? true : undefined
  if (node.kind !== 'attribute') return undefined
  return node.name === 'TRUE' ? true : node.name === 'FALSE' ? false : undefined
}

function turned(decided: Decided | undefined, sense: boolean): Decided | undefined {
  return !decided || sense ? decided : { ...decided, labels: [decided.labels[1], decided.labels[0]] }
}

function fromMessage(ctx: Context, node: Expression): boolean {
  return [...originsOf(ctx, node)].some((origin) => origin !== 'batch')
}

/** `count % n == 0`, `len(batch) >= n`, `time.time() - last > interval`: not for every message. */
function limits(ctx: Context, test: Expression): boolean {
  let found = false
  walk(test, (node) => {
    if (node.kind === 'binary' && node.operator === '%') found = true
    if (node.kind === 'compare' && /^[<>]=?$/.test(node.operator)) found = true
    return !found
  })
  return found && !touchesMessage(ctx, test)
}

function touchesMessage(ctx: Context, test: Expression): boolean {
  const origins = originsOf(ctx, test)
  return origins.has('value') || origins.has('message')
}
