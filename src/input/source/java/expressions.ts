import type { SyntaxNode } from '@lezer/common'
import type { Call, Expression, Statement } from '../program/syntax.ts'
import { decodeJavaEscapes } from './escapes.ts'
import { functionDef } from './functions.ts'
import {
  childrenOf,
  givenName,
  isType,
  type Lifting,
  nameNode,
  resolve,
  resolveMethod,
  spanOf,
  textOf,
  typeName,
  unknown,
} from './lifting.ts'

const DEEPEST = 250

/** Translates one expression. Lambdas in it are put before the statement it stands in, and stand here by their names. */
export function expression(l: Lifting, node: SyntaxNode | null | undefined): Expression {
  if (!node) return { kind: 'none', start: 0, end: 0 }
  if (l.depth > DEEPEST) {
    l.tooDeep ??= spanOf(node)
    return unknown(node)
  }
  l.depth++
  try {
    return translate(l, node)
  } finally {
    l.depth--
  }
}

function translate(l: Lifting, node: SyntaxNode): Expression {
  const span = spanOf(node)
  const children = childrenOf(node)
  switch (node.name) {
    case 'Identifier':
      return resolve(l, textOf(l, node), span)
    case 'ScopedIdentifier':
      return scoped(l, node)
    case 'this':
      return nameNode('this', span)
    case 'super':
      return { kind: 'call', callee: nameNode('super', span), positional: [], keywords: [], ...span }
    case 'StringLiteral':
      return { kind: 'string', value: decodeJavaEscapes(textOf(l, node).slice(1, -1)), ...span }
    case 'TextBlock':
      return { kind: 'string', value: textOf(l, node).slice(3, -3), ...span }
    case 'CharacterLiteral':
      return { kind: 'string', value: decodeJavaEscapes(textOf(l, node).slice(1, -1)), ...span }
    case 'IntegerLiteral':
    case 'FloatingPointLiteral': {
      const value = Number(
        textOf(l, node)
          .replace(/_/g, '')
          .replace(/[lLfFdD]$/, ''),
      )
      return Number.isNaN(value) ? unknown(node) : { kind: 'number', value, float: node.name !== 'IntegerLiteral', ...span }
    }
    case 'BooleanLiteral':
      return { kind: 'boolean', value: textOf(l, node) === 'true', ...span }
    case 'null':
      return { kind: 'none', ...span }
    case 'ParenthesizedExpression':
      return expression(l, inner(node))
    case 'CastExpression':
      return expression(l, lastOf(node))
    case 'FieldAccess':
      return fieldAccess(l, node)
    case 'ArrayAccess': {
      const [object, index] = operands(node)
      return { kind: 'subscript', object: expression(l, object), index: expression(l, index), ...span }
    }
    case 'MethodInvocation':
      return invocation(l, node)
    case 'ObjectCreationExpression':
      // the grammar takes `X.class` for the beginning of `x.new Y()`
      return /^[\w.]+\.class$/.test(textOf(l, node))
        ? { kind: 'string', value: textOf(l, node).replace(/\.class$/, ''), ...span }
        : creation(l, node)
    case 'ArrayCreationExpression':
      return expression(
        l,
        children.find((child) => child.name === 'ArrayInitializer'),
      )
    case 'ArrayInitializer':
    case 'ElementValueArrayInitializer':
      return { kind: 'list', items: operands(node).map((item) => expression(l, item)), ...span }
    case 'LambdaExpression':
      return nameNode(lambda(l, node, 'lambda'), span)
    case 'MethodReference':
      return methodReference(l, node)
    case 'TernaryExpression': {
      const [test, yes, no] = operands(node)
      const condition = expression(l, test)
      const then = expression(l, yes)
      return { kind: 'conditional', test: condition, then, otherwise: expression(l, no), ...span }
    }
    case 'BinaryExpression':
      return binary(l, node)
    case 'UnaryExpression': {
      const operand = expression(l, lastOf(node))
      const sign = l.text[node.from]
      if (sign === '!') return { kind: 'unary', operator: 'not', operand, ...span }
      return sign === '-' || sign === '~' ? { kind: 'unary', operator: sign, operand, ...span } : operand
    }
    case 'AssignmentExpression': {
      const [target, value] = operands(node)
      return { kind: 'walrus', target: expression(l, target), value: expression(l, value), ...span }
    }
    case 'ClassLiteral':
      return { kind: 'string', value: textOf(l, node).replace(/\.class$/, ''), ...span }
    default:
      return node.firstChild === null && textOf(l, node) === 'null' ? { kind: 'none', ...span } : unknown(node)
  }
}

/** Children that are expressions: neither types nor operators. */
export function operands(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (
      (/^[A-Z]/.test(child.name) || child.name === 'this' || child.name === 'super' || child.name === 'null') &&
      !/(?:Op|Comment)$/.test(child.name) &&
      !isType(child)
    )
      found.push(child)
  return found
}

function inner(node: SyntaxNode): SyntaxNode | undefined {
  return operands(node)[0]
}

function lastOf(node: SyntaxNode): SyntaxNode | undefined {
  return operands(node).at(-1)
}

/** `a.b.C` as written in one piece. */
function scoped(l: Lifting, node: SyntaxNode): Expression {
  const parts = textOf(l, node).split('.')
  const span = spanOf(node)
  const [first, ...rest] = parts
  return rest.reduce<Expression>(
    (object, name) => ({ kind: 'attribute', object, name: name.trim(), ...span }),
    resolve(l, (first ?? '').trim(), span),
  )
}

function fieldAccess(l: Lifting, node: SyntaxNode): Expression {
  const [object, field] = operands(node)
  if (!object || !field) return unknown(node)
  return { kind: 'attribute', object: expression(l, object), name: textOf(l, field), ...spanOf(node) }
}

function argumentsOf(l: Lifting, node: SyntaxNode, hint: string): readonly Expression[] {
  const list = node.getChild('ArgumentList')
  return list
    ? operands(list).map((argument) =>
        argument.name === 'LambdaExpression' ? nameNode(lambda(l, argument, hint), spanOf(argument)) : expression(l, argument),
      )
    : []
}

function invocation(l: Lifting, node: SyntaxNode): Call {
  const span = spanOf(node)
  const method = node.getChild('MethodName')
  const name = method ? textOf(l, method) : ''
  const object = operands(node).find((child) => child.name !== 'MethodName' && child.name !== 'ArgumentList')
  const at = method ? spanOf(method) : span
  const callee: Expression = object
    ? { kind: 'attribute', object: expression(l, object), name, start: node.from, end: at.end }
    : resolveMethod(l, name, at)
  return { kind: 'call', callee, positional: argumentsOf(l, node, name), keywords: [], ...span }
}

/** `new X(…)`; of a class that is made on the spot only what its initialiser does is kept: `new HashMap<>() {{ put("k", "v"); }}`. */
function creation(l: Lifting, node: SyntaxNode): Expression {
  const span = spanOf(node)
  const type = childrenOf(node).find(isType)
  const made: Call = {
    kind: 'call',
    callee: type ? resolve(l, typeName(l, type), spanOf(type)) : nameNode('Object', span),
    positional: argumentsOf(l, node, type ? typeName(l, type) : 'new'),
    keywords: [],
    ...span,
  }
  const body = node.getChild('ClassBody')
  const blocks = body ? body.getChildren('Block') : []
  if (blocks.length === 0) return made
  const held = nameNode(givenName(l, 'made'), span)
  l.prelude.push({ kind: 'assign', targets: [held], value: made, ...span })
  for (const block of blocks)
    for (const statement of l.statements(l, childrenOf(block))) l.prelude.push(onObject(statement, held.name))
  return held
}

/** In an initialiser a bare method is one of the object that is being made. */
function onObject(statement: Statement, object: string): Statement {
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return statement
  const { callee } = statement.value
  if (callee.kind !== 'attribute' || callee.object.kind !== 'name' || callee.object.name !== 'this') return statement
  return { ...statement, value: { ...statement.value, callee: { ...callee, object: nameNode(object, callee.object) } } }
}

/** Puts a lambda before the statement, under a name of its own, and gives that name. */
function lambda(l: Lifting, node: SyntaxNode, hint: string): string {
  const name = givenName(l, hint)
  l.prelude.push(functionDef(l, node, name, {}))
  return name
}

function methodReference(l: Lifting, node: SyntaxNode): Expression {
  const [object] = childrenOf(node)
  const name = textOf(l, node).split('::').at(-1)?.trim() ?? ''
  if (!object) return unknown(node)
  const span = spanOf(node)
  const held: Expression = isType(object) ? nameNode(typeName(l, object), span) : expression(l, object)
  return name === 'new' ? held : { kind: 'attribute', object: held, name, ...span }
}

const COMPARED = new Set(['==', '!=', '<', '>', '<=', '>='])

function binary(l: Lifting, node: SyntaxNode): Expression {
  const span = spanOf(node)
  const [a, b] = operands(node)
  if (!a || !b) return unknown(node)
  const left = expression(l, a)
  const right = expression(l, b)
  const operator = l.text
    .slice(a.to, b.from)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
    .trim()
  if (operator === '&&' || operator === '||')
    return { kind: 'bool', operator: operator === '&&' ? 'and' : 'or', left, right, ...span }
  if (COMPARED.has(operator)) {
    const absent = left.kind === 'none' || right.kind === 'none'
    return { kind: 'compare', operator: absent ? (operator === '==' ? 'is' : 'is not') : operator, left, right, ...span }
  }
  return { kind: 'binary', operator, left, right, ...span }
}
