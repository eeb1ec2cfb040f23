import type { DictEntry, Expression } from '../../program/syntax.ts'
import { numberLiteral, stringLiteral } from '../convert-literals.ts'
import { clausesUntil, item, itemsAfter, startsClause } from './lists.ts'
import { KEYWORD, NAME, NUMBER, OPERATOR, type Reader, STRING, unfit } from './reader.ts'
import { strings } from './strings.ts'
import { advance, isKeyword, isOperator, takes } from './tokens.ts'

/** A name, a literal, or something in brackets. */
export function atom(r: Reader): Expression {
  const { kind, value, start, end } = r
  r.deep = 0
  switch (kind) {
    case NAME:
      advance(r)
      return { kind: 'name', name: value, start, end }
    case STRING: {
      advance(r)
      const source = r.text.slice(start, end)
      if (r.kind === STRING || isFormat(source)) return strings(r, start, end)
      return stringLiteral(source, start, end)
    }
    case NUMBER:
      advance(r)
      return numberLiteral(r.text.slice(start, end), start, end)
    case KEYWORD:
      advance(r)
      if (value === 'None') return { kind: 'none', start, end }
      if (value === 'True' || value === 'False') return { kind: 'boolean', value: value === 'True', start, end }
      return unfit()
    case OPERATOR:
      advance(r)
      if (value === '(') return parenthesised(r, start)
      if (value === '[') return list(r, start)
      if (value === '{') return braces(r, start)
      return value === '...' ? { kind: 'ellipsis', start, end } : unfit()
    default:
      return unfit()
  }
}

function isFormat(source: string): boolean {
  const code = source.charCodeAt(0)
  return code !== 34 && code !== 39 && /^\w*f/i.test(source)
}

function parenthesised(r: Reader, start: number): Expression {
  if (takes(r, ')')) return { kind: 'tuple', items: [], start, end: r.last }
  if (isKeyword(r, 'yield')) {
    const value = r.yielded(r)
    if (!takes(r, ')')) unfit()
    return value
  }
  const first = item(r)
  if (startsClause(r)) {
    const clauses = clausesUntil(r, ')')
    return { kind: 'comprehension', type: 'generator', element: first, clauses, start, end: r.last }
  }
  if (isOperator(r, ',')) return { kind: 'tuple', items: itemsAfter(r, first, ')'), start, end: r.last }
  if (first.kind === 'starred' || !takes(r, ')')) unfit()
  r.deep++
  return first
}

function list(r: Reader, start: number): Expression {
  if (takes(r, ']')) return { kind: 'list', items: [], start, end: r.last }
  const first = item(r)
  if (startsClause(r)) {
    const clauses = clausesUntil(r, ']')
    return { kind: 'comprehension', type: 'list', element: first, clauses, start, end: r.last }
  }
  return { kind: 'list', items: itemsAfter(r, first, ']'), start, end: r.last }
}

function braces(r: Reader, start: number): Expression {
  if (takes(r, '}')) return { kind: 'dict', entries: [], start, end: r.last }
  if (isOperator(r, '**')) return dict(r, start, undefined)
  const first = item(r)
  if (isOperator(r, ':')) return dict(r, start, first)
  if (startsClause(r)) {
    const clauses = clausesUntil(r, '}')
    return { kind: 'comprehension', type: 'set', element: first, clauses, start, end: r.last }
  }
  return { kind: 'set', items: itemsAfter(r, first, '}'), start, end: r.last }
}

/** A dict whose first key is read, if it begins with one. */
function dict(r: Reader, start: number, first: Expression | undefined): Expression {
  const entries: DictEntry[] = []
  let { deep } = r
  let key = first
  for (;;) {
    const at = r.start
    if (!key && takes(r, '**')) {
      const value = r.test(r)
      entries.push({ value, start: at, end: value.end })
    } else {
      key ??= r.test(r)
      deep = Math.max(deep, r.deep)
      if (!takes(r, ':')) unfit()
      const value = r.test(r)
      if (startsClause(r) && entries.length === 0) {
        const clauses = clausesUntil(r, '}')
        r.deep = Math.max(deep, r.deep)
        return { kind: 'comprehension', type: 'dict', key, element: value, clauses, start, end: r.last }
      }
      entries.push({ key, value, start: key.start, end: value.end })
      key = undefined
    }
    deep = Math.max(deep, r.deep)
    if (!takes(r, ',') || isOperator(r, '}')) break
  }
  if (!takes(r, '}')) unfit()
  r.deep = deep + 1
  return { kind: 'dict', entries, start, end: r.last }
}
