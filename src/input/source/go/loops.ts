import type { SyntaxNode } from '@lezer/common'
import type { Expression, Statement } from '../program/syntax.ts'
import { childrenOf, type Lifting, nameNode, resolve, spanOf, textOf } from './lifting.ts'

/** Methods that give a channel: each turn of a loop over it receives. */
const CHANNEL = /\.(?:Messages|Events|Errors|Successes|Channel\w*|Chan\w*|Notifications|Done)\(\)$/

/** A `for` in its forms: over something, with clauses, with a condition, without end. */
export function loop(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const span = spanOf(node)
  const body = node.getChild('Block')
  const forever: Expression = { kind: 'boolean', value: true, start: span.start, end: span.start + 3 }
  const range = node.getChild('RangeClause')
  if (range) return over(l, range, body, span, forever)
  const clause = node.getChild('ForClause')
  if (!clause) {
    const [test] = childrenOf(node).filter((child) => child !== body && child.name !== 'Block')
    return [{ kind: 'while', test: test ? l.expression(l, test) : forever, body: turnsOf(l, body), otherwise: [], ...span }]
  }
  const parts: (SyntaxNode | undefined)[] = [undefined, undefined, undefined]
  let at = 0
  for (let child = clause.firstChild; child; child = child.nextSibling)
    if (child.name === ';') at++
    else if (/^[A-Z]/.test(child.name)) parts[at] = child
  const [init, test, update] = parts
  const first = init ? l.statements(l, [init]) : []
  const asked = test ? l.expression(l, test) : forever
  const turns = [...turnsOf(l, body), ...(update ? l.statements(l, [update]) : [])]
  return [...first, { kind: 'while', test: asked, body: turns, otherwise: [], ...span }]
}

function over(
  l: Lifting,
  range: SyntaxNode,
  body: SyntaxNode | null,
  span: { start: number; end: number },
  forever: Expression,
): readonly Statement[] {
  const parts = childrenOf(range)
  const iterable = parts.at(-1)
  const targets = parts.slice(0, -1)
  if (!iterable) return []
  const named = (node: SyntaxNode): Expression =>
    node.name === 'DefName' ? resolve(l, textOf(l, node), spanOf(node)) : l.expression(l, node)
  const [key, value] = targets
  if (CHANNEL.test(textOf(l, iterable))) {
    const received = l.expression(l, iterable)
    const at = spanOf(iterable)
    const first: Statement = key
      ? { kind: 'assign', targets: [named(key)], value: received, ...at }
      : { kind: 'expression', value: received, ...at }
    return [{ kind: 'while', test: forever, body: [first, ...turnsOf(l, body)], otherwise: [], ...span }]
  }
  const ignored = nameNode('_', span)
  const items = l.expression(l, iterable)
  const pairs = value !== undefined && key !== undefined && textOf(l, key) !== '_'
  const target: Expression = pairs
    ? { kind: 'tuple', items: [named(key), named(value)], ...spanOf(range) }
    : value
      ? named(value)
      : key
        ? named(key)
        : ignored
  const at = spanOf(iterable)
  const asked: Expression = pairs
    ? { kind: 'call', callee: nameNode('range', at), positional: [items], keywords: [], ...at }
    : items
  return [{ kind: 'for', async: false, target, iterable: asked, body: turnsOf(l, body), otherwise: [], ...span }]
}

function turnsOf(l: Lifting, body: SyntaxNode | null): readonly Statement[] {
  return body ? l.statements(l, childrenOf(body)) : []
}
