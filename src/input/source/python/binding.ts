import type { Binary, BoolOp, Expression } from '../program/syntax.ts'

// What binds closer than what, where the grammar has it otherwise than Python.

/** The grammar reads `not a and b` as `not (a and b)`; Python negates `a` alone. */
export function notOfFirst(operand: BoolOp, start: number): Expression {
  const { left } = operand
  const negated: Expression =
    left.kind === 'bool' && left.start === operand.start
      ? notOfFirst(left, start)
      : { kind: 'unary', operator: 'not', operand: left, start, end: left.end }
  return { ...operand, left: negated, start }
}

/** The grammar reads `a and not b or c` as `a and (not b or c)`; to Python, `and` binds before `or`, and both from the left. */
export function beforeNot(operator: BoolOp['operator'], first: Expression, right: Expression, start: number): Expression {
  if (right.kind !== 'bool' || (operator === 'or' && right.operator === 'and'))
    return { kind: 'bool', operator, left: first, right, start, end: right.end }
  const { left } = right
  const inner: Expression =
    left.kind === 'bool' && left.start === right.start
      ? beforeNot(operator, first, left, start)
      : { kind: 'bool', operator, left: first, right: left, start, end: left.end }
  return { ...right, left: inner, start }
}

/** The grammar reads `await a + b` as `await (a + b)`; Python awaits `a` alone. */
export function awaitOfFirst(value: Binary, start: number): Expression {
  const { left } = value
  const awaited: Expression =
    left.kind === 'binary' && left.start === value.start
      ? awaitOfFirst(left, start)
      : { kind: 'await', value: left, start, end: left.end }
  return { ...value, left: awaited, start }
}
