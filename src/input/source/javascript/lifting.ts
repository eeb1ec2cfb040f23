import type * as Babel from '@babel/types'
import type { Span } from '../../../text/span.ts'
import type { Expression, Name, Statement, UnknownExpression } from '../program/syntax.ts'
import type { BlockScope } from './scopes.ts'

/** What the translation of one file carries along. */
export interface Lifting {
  readonly text: string
  block: BlockScope
  /** Statements that come before the one being translated: functions that stand inside of it. */
  prelude: Statement[]
  depth: number
  /** The first place that is nested too deeply. */
  tooDeep?: Span
  readonly expression: (l: Lifting, node: Babel.Node | null | undefined) => Expression
  readonly statements: (l: Lifting, nodes: readonly Babel.Node[]) => readonly Statement[]
}

export function spanOf(node: Babel.Node): Span {
  return { start: node.start ?? 0, end: node.end ?? 0 }
}

export function unknown(node: Babel.Node): UnknownExpression {
  return { kind: 'unknown', ...spanOf(node) }
}

export function nameNode(name: string, at: Span): Name {
  return { kind: 'name', name, start: at.start, end: at.end }
}

/** Runs a translation in another block. */
export function within<T>(l: Lifting, block: BlockScope, translate: () => T): T {
  const before = l.block
  l.block = block
  try {
    return translate()
  } finally {
    l.block = before
  }
}

/** The name of a property where it is written down: `a`, `'a'`, `1`. */
export function keyText(node: Babel.Node): string | undefined {
  if (node.type === 'Identifier' || node.type === 'PrivateName') return node.type === 'Identifier' ? node.name : node.id.name
  if (node.type === 'StringLiteral') return node.value
  if (node.type === 'NumericLiteral') return String(node.value)
  return undefined
}

/** Removes what says nothing at run time: types, `as`, `!`, parentheses. */
export function bare(node: Babel.Node): Babel.Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'TypeCastExpression':
    case 'ParenthesizedExpression':
      return bare(node.expression)
    default:
      return node
  }
}
