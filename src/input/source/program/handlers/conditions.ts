import type { Condition, Path } from '../../../../model/handler.ts'
import type { Expression } from '../syntax.ts'
import { walk } from '../walk.ts'
import { type Context, textOf } from './context.ts'
import { keyOf, originsOf } from './origins.ts'

/** What a condition decides, and which of its two paths is which. */
export interface Decided {
  readonly on: Condition
  readonly labels: readonly [Path['label'], Path['label']]
  /** True where its body runs for some messages only, by count or by time. */
  readonly limits: boolean
}

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
function seenWhen(ctx: Context, test: Expression): Decided | undefined {
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
  if (test.kind !== 'call' || test.callee.kind !== 'attribute') return undefined
  const [key] = test.positional
  if (!key || !fromMessage(ctx, key)) return undefined
  const { name } = test.callee
  const keywordOf = (word: string) => test.keywords.find((one) => one.name === word)?.value
  const nx = keywordOf('nx')
  if (name === 'setnx' || (name === 'set' && nx?.kind === 'boolean' && nx.value)) {
    const ex = keywordOf('ex')
    const ttl = ex?.kind === 'number' ? ex.value * 1000 : ex || keywordOf('px') ? 'unknown' : 'never'
    return {
      on: { kind: 'seen', claim: true, store: 'redis', key: keyOf(ctx, key), ttl },
      labels: ['new', 'seen'],
      limits: false,
    }
  }
  if (!LOOKS.has(name) || !/redis|cache|seen|dedup|store|r$/i.test(textOf(ctx.scope.file, test.callee.object))) return undefined
  return {
    on: { kind: 'seen', claim: false, store: 'redis', key: keyOf(ctx, key), ttl: 'unknown' },
    labels: ['seen', 'new'],
    limits: false,
  }
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
