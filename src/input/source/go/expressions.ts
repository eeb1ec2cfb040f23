import type { SyntaxNode } from '@lezer/common'
import type { Span } from '../../../text/span.ts'
import type { Call, Expression } from '../program/syntax.ts'
import { functionDef } from './functions.ts'
import { childrenOf, givenName, isType, type Lifting, nameNode, resolve, spanOf, textOf, unknown } from './lifting.ts'
import { made, newOf, typedLiteral } from './literals.ts'

const DEEPEST = 250

/** Translates one expression. Functions in it are put before the statement it stands in, and stand here by their names. */
export function expression(l: Lifting, node: SyntaxNode | null | undefined): Expression {
  if (!node) return { kind: 'none', start: 0, end: 0 }
  if (l.depth > DEEPEST) {
    l.tooDeep ??= spanOf(node)
    return unknown(spanOf(node))
  }
  l.depth++
  try {
    return translate(l, node)
  } finally {
    l.depth--
  }
}

const POSTFIX = /^(?:SelectorExpr|CallExpr|IndexExpr|SliceExpr|TypeAssertion)$/

/**
 * The grammar (@lezer/go 1.0.1) lets operators bind closer than what follows an operand: `500 * time.Second` is `(500 * time).Second` to it. True
 * for a chain of selectors and calls that begins with an operator nothing is put around: what follows belongs to its last operand.
 */
function beginsWithOperator(node: SyntaxNode | undefined): boolean {
  let at = node
  while (at && POSTFIX.test(at.name)) at = childrenOf(at)[0]
  return at?.name === 'BinaryExp' || at?.name === 'UnaryExp'
}

/** Puts something in the place of the last operand. */
function onLast(node: Expression, end: number, put: (last: Expression) => Expression): Expression {
  if (node.kind === 'unary') return { ...node, end, operand: onLast(node.operand, end, put) }
  if (node.kind === 'binary' || node.kind === 'bool' || node.kind === 'compare')
    return { ...node, end, right: onLast(node.right, end, put) }
  return put(node)
}

function translate(l: Lifting, node: SyntaxNode): Expression {
  const span = spanOf(node)
  const children = childrenOf(node)
  switch (node.name) {
    case 'VariableName':
      return resolve(l, textOf(l, node), span)
    case 'Bool':
      return { kind: 'boolean', value: textOf(l, node) === 'true', ...span }
    case 'Nil':
      return { kind: 'none', ...span }
    case 'String':
    case 'Rune':
      return { kind: 'string', value: unquoted(textOf(l, node)), ...span }
    case 'Number': {
      const written = textOf(l, node).replace(/_/g, '')
      const value = /^0[0-7]+$/.test(written) ? Number.parseInt(written, 8) : Number(written)
      return Number.isNaN(value) ? unknown(span) : { kind: 'number', value, float: /^[^xX]*[.eE]/.test(written), ...span }
    }
    case 'SelectorExpr':
    case 'IndexExpr':
    case 'SliceExpr':
    case 'TypeAssertion':
      return children[0] ? following(l, node, expression(l, children[0]), span) : unknown(span)
    case 'Conversion':
      return expression(
        l,
        children.find((child) => !isType(child)),
      )
    case 'TypedLiteral':
      return typedLiteral(l, node)
    case 'FunctionLiteral':
      return nameNode(functionNamed(l, node, 'func'), span)
    case 'CallExpr':
      return call(l, node)
    case 'UnaryExp':
      return unary(l, node)
    case 'BinaryExp':
      return binary(l, node)
    default:
      return /^Paren/.test(node.name) && children[0] ? expression(l, children[0]) : unknown(span)
  }
}

function unquoted(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1)
  const inner = text.slice(1, -1)
  if (!inner.includes('\\')) return inner
  const plain: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' }
  return inner.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/g, (_, code: string) => {
    if (/^[xuU]./.test(code)) return codePoint(Number.parseInt(code.slice(1), 16))
    return /^[0-7]{3}$/.test(code) ? codePoint(Number.parseInt(code, 8)) : (plain[code] ?? code)
  })
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}

/** Puts a function before the statement, under a name of its own, and gives that name. */
export function functionNamed(l: Lifting, node: SyntaxNode, hint: string): string {
  const name = givenName(l, hint)
  l.prelude.push(functionDef(l, node, name))
  return name
}

/** What only changes a value's type. */
const CONVERSIONS = new Set(
  'string bool byte rune int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64 any'.split(' '),
)

/** What comes after an operand, or after the last one of an operator. */
function following(l: Lifting, node: SyntaxNode, object: Expression, span: Span): Expression {
  return beginsWithOperator(childrenOf(node)[0])
    ? onLast(object, span.end, (last) => postfix(l, node, last, { start: last.start, end: span.end }))
    : postfix(l, node, object, span)
}

/** What comes after an operand: a field, an index, a call. */
function postfix(l: Lifting, node: SyntaxNode, object: Expression, span: Span): Expression {
  const [, second] = childrenOf(node)
  switch (node.name) {
    case 'SelectorExpr':
      return second ? { kind: 'attribute', object, name: textOf(l, second), ...span } : unknown(span)
    case 'IndexExpr':
      return { kind: 'subscript', object, index: expression(l, second), ...span }
    case 'CallExpr':
      return { kind: 'call', callee: object, positional: argumentsOf(l, node, argumentNodes(node)), keywords: [], ...span }
    // a part of it is of the same things
    default:
      return object
  }
}

function argumentNodes(node: SyntaxNode): readonly SyntaxNode[] {
  const list = node.getChild('Arguments')
  return list ? childrenOf(list) : []
}

function call(l: Lifting, node: SyntaxNode): Expression {
  const span = spanOf(node)
  const [callee] = childrenOf(node)
  const given = argumentNodes(node)
  if (!callee) return unknown(span)
  if (beginsWithOperator(callee)) return following(l, node, expression(l, callee), span)
  if (callee.name === 'make') return made(node, given)
  if (callee.name === 'new') return newOf(l, node, given)
  const named = textOf(l, callee)
  if (given.length === 1 && (CONVERSIONS.has(named) || named === 'time.Duration')) return expression(l, given[0])
  return callOf(l, node, given)
}

/** A call with those of its arguments that are given. */
export function callOf(l: Lifting, node: SyntaxNode, given: readonly SyntaxNode[]): Call {
  const [callee] = childrenOf(node)
  return {
    kind: 'call',
    callee: expression(l, callee),
    positional: argumentsOf(l, node, given),
    keywords: [],
    ...spanOf(node),
  }
}

function argumentsOf(l: Lifting, node: SyntaxNode, given: readonly SyntaxNode[]): readonly Expression[] {
  const [callee] = childrenOf(node)
  const hint = callee ? (textOf(l, callee).match(/\w+$/)?.[0] ?? 'func') : 'func'
  return given
    .filter((one) => !isType(one))
    .map((one): Expression => {
      const value = one.name === 'FunctionLiteral' ? nameNode(functionNamed(l, one, hint), spanOf(one)) : expression(l, one)
      return one.nextSibling?.name === '...' ? { kind: 'starred', value, ...spanOf(one) } : value
    })
}

function unary(l: Lifting, node: SyntaxNode): Expression {
  const operand = expression(l, childrenOf(node)[0])
  const span = spanOf(node)
  const sign = l.text[node.from]
  if (sign === '!') return { kind: 'unary', operator: 'not', operand, ...span }
  if (sign === '-' || sign === '+') return { kind: 'unary', operator: sign, operand, ...span }
  // pointers are what they point to, and what a channel gives is asked of the channel
  return sign === '^' ? { kind: 'unary', operator: '~', operand, ...span } : operand
}

const COMPARED = new Set(['==', '!=', '<', '>', '<=', '>='])

function binary(l: Lifting, node: SyntaxNode): Expression {
  const span = spanOf(node)
  const [a, b] = childrenOf(node)
  if (!a || !b) return unknown(span)
  const left = expression(l, a)
  const right = expression(l, b)
  const operator = operatorOf(l, a, b)
  return POSTFIX.test(a.name) && beginsWithOperator(a)
    ? bound(left, right, operator, span)
    : binaryOf(left, right, operator, span)
}

/** An operator after a longer operand that was read with the operators before it: the one that binds closer takes the operand between. */
function bound(left: Expression, right: Expression, operator: string, span: Span): Expression {
  if (
    (left.kind === 'binary' || left.kind === 'bool' || left.kind === 'compare') &&
    closeness(left.operator) < closeness(operator)
  )
    return { ...left, end: span.end, right: bound(left.right, right, operator, { start: left.right.start, end: span.end }) }
  return binaryOf(left, right, operator, span)
}

/** Go's precedence of binary operators. */
function closeness(operator: string): number {
  if (operator === '||' || operator === 'or') return 1
  if (operator === '&&' || operator === 'and') return 2
  if (COMPARED.has(operator) || operator === 'is' || operator === 'is not') return 3
  return /^[+|^-]$/.test(operator) ? 4 : 5
}

function operatorOf(l: Lifting, left: SyntaxNode, right: SyntaxNode): string {
  return l.text
    .slice(left.to, right.from)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
    .trim()
}

function binaryOf(left: Expression, right: Expression, operator: string, span: Span): Expression {
  if (operator === '&&' || operator === '||')
    return { kind: 'bool', operator: operator === '&&' ? 'and' : 'or', left, right, ...span }
  if (!COMPARED.has(operator)) return { kind: 'binary', operator, left, right, ...span }
  const absent = left.kind === 'none' || right.kind === 'none'
  return { kind: 'compare', operator: absent ? (operator === '==' ? 'is' : 'is not') : operator, left, right, ...span }
}
