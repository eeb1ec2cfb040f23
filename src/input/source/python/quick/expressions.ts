import type { Expression } from '../../program/syntax.ts'
import { atom } from './atoms.ts'
import { argumentList, parameters } from './lists.ts'
import { KEYWORD, OPERATOR, type Reader, unfit } from './reader.ts'
import { advance, expect, expectKeyword, expectName, isKeyword, isOperator, takes, takesKeyword } from './tokens.ts'

/** Expressions nested more deeply are left to the grammar's reader, which cuts them. */
const MAX_DEEP = 150

/** What binds how strongly; comparisons are 4, operands of `not` as well. */
const PRECEDENCE = new Map<string, number>([
  ['or', 1],
  ['and', 2],
  ...['in', 'is', 'not', '<', '>', '<=', '>=', '==', '!='].map((operator): [string, number] => [operator, 4]),
  ['|', 5],
  ['^', 6],
  ['&', 7],
  ['<<', 8],
  ['>>', 8],
  ['+', 9],
  ['-', 9],
  ...['*', '/', '//', '%', '@'].map((operator): [string, number] => [operator, 10]),
  ['**', 12],
])
const COMPARISON = 4
const SIGN = 11
const POWER = 12

/** An expression that is no tuple. */
export function test(r: Reader): Expression {
  if (isKeyword(r, 'lambda')) return lambda(r)
  const { start } = r
  const then = operation(r, 1)
  if (!takesKeyword(r, 'if')) return then
  let { deep } = r
  const condition = operation(r, 1)
  deep = Math.max(deep, r.deep)
  expectKeyword(r, 'else')
  const otherwise = test(r)
  nested(r, Math.max(deep, r.deep) + 1)
  return { kind: 'conditional', test: condition, then, otherwise, start, end: r.last }
}

function lambda(r: Reader): Expression {
  const { start } = r
  advance(r)
  const params = parameters(r, false)
  expect(r, ':')
  const body = test(r)
  nested(r, r.deep + 1)
  return { kind: 'lambda', parameters: params, body, start, end: r.last }
}

function nested(r: Reader, deep: number): void {
  if (deep > MAX_DEEP) unfit()
  r.deep = deep
}

/** Operands and the operators between them that bind at least so strongly. */
export function operation(r: Reader, least: number): Expression {
  const { start } = r
  const not = isKeyword(r, 'not')
  let left = operand(r)
  let { deep } = r
  for (;;) {
    const binds = r.kind === OPERATOR || r.kind === KEYWORD ? PRECEDENCE.get(r.value) : undefined
    if (binds === undefined || binds < least) break
    const operator = operatorAt(r)
    // Its end is that of what it negates, parentheses aside.
    if (not && left.kind === 'unary' && binds < COMPARISON) left = { ...left, end: left.operand.end }
    const right = operation(r, binds === POWER ? POWER : binds + 1)
    deep = Math.max(deep, r.deep) + 1
    if (deep > MAX_DEEP) unfit()
    const span = { start, end: r.last }
    if (operator === 'and' || operator === 'or') left = { kind: 'bool', operator, left, right, ...span }
    else if (binds === COMPARISON) left = { kind: 'compare', operator, left, right, ...span }
    else left = { kind: 'binary', operator, left, right, ...span }
  }
  r.deep = deep
  return left
}

function operatorAt(r: Reader): string {
  const { value } = r
  advance(r)
  if (value === 'not') {
    expectKeyword(r, 'in')
    return 'not in'
  }
  return value === 'is' && takesKeyword(r, 'not') ? 'is not' : value
}

function operand(r: Reader): Expression {
  const { start, value } = r
  if (r.kind === OPERATOR && (value === '-' || value === '+' || value === '~')) {
    advance(r)
    const inner = operation(r, SIGN)
    nested(r, r.deep + 1)
    return { kind: 'unary', operator: value, operand: inner, start, end: r.last }
  }
  if (r.kind !== KEYWORD) return primary(r)
  if (value === 'not') {
    advance(r)
    const inner = operation(r, COMPARISON)
    nested(r, r.deep + 1)
    return { kind: 'unary', operator: 'not', operand: inner, start, end: r.last }
  }
  if (value === 'await') {
    advance(r)
    const inner = primary(r)
    nested(r, r.deep + 1)
    return { kind: 'await', value: inner, start, end: r.last }
  }
  return primary(r)
}

/** An atom with the attributes, calls and subscripts after it. */
function primary(r: Reader): Expression {
  const { start } = r
  let node = atom(r)
  let { deep } = r
  for (;;) {
    if (takes(r, '.')) {
      node = { kind: 'attribute', object: node, name: expectName(r), start, end: r.last }
    } else if (isOperator(r, '(')) {
      r.deep = deep
      const { positional, keywords } = argumentList(r)
      deep = r.deep
      node = { kind: 'call', callee: node, positional, keywords, start, end: r.last }
    } else if (isOperator(r, '[')) {
      r.deep = deep
      node = subscript(r, node, start)
      deep = r.deep
    } else break
    if (++deep > MAX_DEEP) unfit()
  }
  r.deep = deep
  return node
}

function subscript(r: Reader, object: Expression, start: number): Expression {
  let { deep } = r
  advance(r)
  const indices: Expression[] = []
  let colon = false
  let comma = false
  while (!isOperator(r, ']')) {
    if (takes(r, ':')) colon = true
    else if (takes(r, ',')) comma = true
    else {
      indices.push(test(r))
      deep = Math.max(deep, r.deep)
      if (!isOperator(r, ':') && !isOperator(r, ',') && !isOperator(r, ']')) unfit()
    }
  }
  advance(r)
  r.deep = deep
  const [first] = indices
  const end = r.last
  const span = { start: first?.start ?? object.end, end: end - 1 }
  if (colon) return { kind: 'subscript', object, index: { kind: 'slice', parts: indices, ...span }, start, end }
  if (!first) return unfit()
  return { kind: 'subscript', object, index: comma ? { kind: 'tuple', items: indices, ...span } : first, start, end }
}
