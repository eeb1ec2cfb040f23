import type { TreeCursor } from '@lezer/common'
import type { Span } from '../../../text/span.ts'
import type { Expression, Statement, UnknownExpression } from '../program/syntax.ts'

/** One conversion of a grammar tree. The cursor stands at the node being converted, before and after each function here. */
export interface Conversion {
  readonly text: string
  readonly cursor: TreeCursor
  depth: number
  /** Converts the expression at the cursor. */
  readonly expression: (c: Conversion) => Expression
  /** Converts the statements among the children of the node at the cursor. */
  readonly statements: (c: Conversion) => Statement[]
  /** First place that was nested too deeply to be read. */
  tooDeep?: Span
}

/** True for tokens that no conversion looks at: comments and what error recovery dropped. */
function isNoise(cursor: TreeCursor): boolean {
  return cursor.name === 'Comment' || (cursor.type.isError && cursor.from === cursor.to)
}

/** Visits the children, noise aside. */
export function forChildren(c: Conversion, visit: (name: string) => void): void {
  const { cursor } = c
  if (!cursor.firstChild()) return
  do {
    if (!isNoise(cursor)) visit(cursor.name)
  } while (cursor.nextSibling())
  cursor.parent()
}

export function unknownAt(span: Span): UnknownExpression {
  return { kind: 'unknown', start: span.start, end: span.end }
}

const TOKENS = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', '*', '**', ';', '@', 'At', 'AssignOp', 'FormatSelfDoc'])

/** True for a child that is an expression, not punctuation, an operator or a keyword. */
export function isOperand(name: string): boolean {
  const first = name.charCodeAt(0)
  // Grammar nodes are capitalised, keywords and punctuation are not; `None` is both a keyword and an expression.
  return first >= 65 && first <= 90 && !TOKENS.has(name) && !name.endsWith('Op') && name !== 'TypeDef' && name !== 'Body'
}

/** The elements of a display, a subscript or an unparenthesised tuple, stars kept. */
export function items(c: Conversion): Expression[] {
  const found: Expression[] = []
  let star: number | undefined
  forChildren(c, (name) => {
    if (name === '*') star = c.cursor.from
    else if (isOperand(name) || name === '...') {
      const value = c.expression(c)
      found.push(star === undefined ? value : { kind: 'starred', value, start: star, end: value.end })
      star = undefined
    }
  })
  return found
}

/** One expression as it is, several as the tuple they form without parentheses. */
export function tupleOf(parts: readonly Expression[]): Expression | undefined {
  const [first, ...rest] = parts
  if (!first) return undefined
  if (rest.length === 0 && first.kind !== 'starred') return first
  return { kind: 'tuple', items: parts, start: first.start, end: (parts.at(-1) as Expression).end }
}
