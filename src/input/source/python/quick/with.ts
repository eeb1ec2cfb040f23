import type { Expression, Statement, WithItem } from '../../program/syntax.ts'
import { NAME, type Reader, unfit } from './reader.ts'
import { advance, attempt, expect, expectName, isOperator, takes, takesKeyword } from './tokens.ts'

export function withStatement(r: Reader, start: number, async: boolean): Statement {
  advance(r)
  const items = attempt(r, () => parenthesised(r)) ?? itemsUntil(r, ':')
  const body = r.block(r)
  return { kind: 'with', async, items, body, start, end: r.last }
}

/** `(a as b, c)`; parentheses without any `as` are those of a first item. */
function parenthesised(r: Reader): WithItem[] | undefined {
  if (!takes(r, '(')) return undefined
  const items = itemsUntil(r, ')')
  expect(r, ')')
  return isOperator(r, ':') && items.some((item) => item.target) ? items : undefined
}

function itemsUntil(r: Reader, closing: string): WithItem[] {
  const items: WithItem[] = []
  do {
    if (closing === ')' && isOperator(r, closing)) break
    const context = r.test(r)
    const target = takesKeyword(r, 'as') ? targetOf(r) : undefined
    items.push({ context, ...(target ? { target } : {}) })
  } while (takes(r, ','))
  return items
}

/** A name, dotted or not, or names in parentheses; other targets are for the grammar's reader. */
function targetOf(r: Reader): Expression {
  const { start } = r
  if (takes(r, '(')) {
    const items: Expression[] = []
    do items.push(nameAt(r))
    while (takes(r, ',') && !isOperator(r, ')'))
    expect(r, ')')
    return { kind: 'tuple', items, start, end: r.last }
  }
  let target = nameAt(r)
  while (takes(r, '.')) target = { kind: 'attribute', object: target, name: expectName(r), start, end: r.last }
  return target
}

function nameAt(r: Reader): Expression {
  if (r.kind !== NAME) unfit()
  const { start } = r
  return { kind: 'name', name: expectName(r), start, end: r.last }
}
