import type { DedupeKey } from '../../../../model/handler.ts'
import type { Expression } from '../syntax.ts'
import { forEachChild } from '../walk.ts'
import { type Context, type Origin, textOf } from './context.ts'

/** Attributes and methods of a message, in any of the libraries. */
const PARTS: Readonly<Record<string, Origin>> = {
  offset: 'offset',
  partition: 'partition',
  topic: 'topic',
  key: 'message-key',
  value: 'value',
  headers: 'header',
  // a payload holds its message under this name
  message: 'message',
}

/** What of the message an expression is made of. */
export function originsOf(ctx: Context, node: Expression): ReadonlySet<Origin> {
  const found = new Set<Origin>()
  collect(ctx, node, found)
  return found
}

function collect(ctx: Context, node: Expression, found: Set<Origin>): void {
  if (node.kind === 'name') {
    for (const origin of ctx.origins.get(node.name) ?? []) found.add(origin)
    return
  }
  if (node.kind === 'attribute') {
    const inner = originsOf(ctx, node.object)
    const part = Object.hasOwn(PARTS, node.name) ? PARTS[node.name] : undefined
    if (part && inner.has('message')) found.add(part)
    else for (const origin of inner) found.add(origin === 'message' ? 'value' : origin)
    return
  }
  if (node.kind === 'call') {
    collect(ctx, node.callee, found)
    for (const one of node.positional) collect(ctx, one, found)
    for (const one of node.keywords) collect(ctx, one.value, found)
    return
  }
  if (node.kind === 'subscript') {
    collect(ctx, node.object, found)
    if (found.delete('message')) found.add('value')
    return
  }
  if (node.kind === 'lambda') return
  // what is made of each message of a batch is a batch again
  if (node.kind === 'comprehension') {
    for (const { target, value } of node.clauses) if (target) collect(ctx, value, found)
    return
  }
  forEachChild(node, (child) => collect(ctx, child as Expression, found))
}

/** What a dedupe key is made of. */
export function keyOf(ctx: Context, node: Expression): DedupeKey {
  const from = new Set<DedupeKey['from'][number]>()
  for (const origin of originsOf(ctx, node)) {
    if (origin === 'message') from.add('value')
    else if (origin === 'batch') from.add('other')
    else from.add(origin)
  }
  return { text: textOf(ctx.scope.file, node), from: [...from].sort() }
}
