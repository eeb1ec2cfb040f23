import type * as Babel from '@babel/types'
import type { Call, DictEntry, Expression, FStringField } from '../program/syntax.ts'
import { className, functionName } from './functions.ts'
import { bare, keyText, type Lifting, nameNode, spanOf, unknown } from './lifting.ts'
import { assignPattern, targetOf } from './patterns.ts'
import { nameOf } from './scopes.ts'

const DEEPEST = 300

/** Translates one expression. Functions and classes in it are put before the statement it stands in, and stand here by their names. */
export function expression(l: Lifting, given: Babel.Node | null | undefined): Expression {
  if (!given) return { kind: 'none', start: 0, end: 0 }
  const node = bare(given)
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

function translate(l: Lifting, node: Babel.Node): Expression {
  const span = spanOf(node)
  switch (node.type) {
    case 'Identifier':
      return node.name === 'undefined' ? { kind: 'none', ...span } : nameNode(nameOf(l.block, node.name), span)
    case 'ThisExpression':
      return nameNode('this', span)
    case 'Super':
      return { kind: 'call', callee: nameNode('super', span), positional: [], keywords: [], ...span }
    case 'StringLiteral':
      return { kind: 'string', value: node.value, ...span }
    case 'NumericLiteral':
      return { kind: 'number', value: node.value, float: !Number.isInteger(node.value), ...span }
    case 'BooleanLiteral':
      return { kind: 'boolean', value: node.value, ...span }
    case 'NullLiteral':
      return { kind: 'none', ...span }
    case 'RegExpLiteral':
      return {
        kind: 'call',
        callee: nameNode('RegExp', span),
        positional: [{ kind: 'string', value: node.pattern, ...span }],
        keywords: [],
        ...span,
      }
    case 'TemplateLiteral':
      return template(l, node)
    case 'ObjectExpression':
      return { kind: 'dict', entries: node.properties.map((property) => entry(l, property)), ...span }
    case 'ArrayExpression':
      return { kind: 'list', items: node.elements.map((item) => expression(l, item)), ...span }
    case 'SpreadElement':
      return { kind: 'starred', value: expression(l, node.argument), ...span }
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const object = expression(l, node.object)
      const name = node.computed ? undefined : keyText(node.property)
      if (name !== undefined) return { kind: 'attribute', object, name, ...span }
      return { kind: 'subscript', object, index: expression(l, node.property), ...span }
    }
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return call(l, node)
    case 'ImportExpression':
      return { kind: 'call', callee: nameNode('import', span), positional: [expression(l, node.source)], keywords: [], ...span }
    case 'TaggedTemplateExpression':
      return {
        kind: 'call',
        callee: expression(l, node.tag),
        positional: [template(l, node.quasi)],
        keywords: [],
        ...span,
      }
    case 'AwaitExpression':
      return { kind: 'await', value: expression(l, node.argument), ...span }
    case 'YieldExpression':
      return { kind: 'yield', from: node.delegate, ...(node.argument ? { value: expression(l, node.argument) } : {}), ...span }
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return nameNode(functionName(l, node, 'function'), span)
    case 'ClassExpression':
      return nameNode(className(l, node, node.id?.name ?? 'class'), span)
    case 'ConditionalExpression': {
      const test = expression(l, node.test)
      const then = expression(l, node.consequent)
      return { kind: 'conditional', test, then, otherwise: expression(l, node.alternate), ...span }
    }
    case 'LogicalExpression':
      return {
        kind: 'bool',
        operator: node.operator === '&&' ? 'and' : node.operator === '||' ? 'or' : 'coalesce',
        left: expression(l, node.left),
        right: expression(l, node.right),
        ...span,
      }
    case 'BinaryExpression':
      return binary(l, node)
    case 'UnaryExpression':
      return unary(l, node)
    case 'UpdateExpression':
      return unknown(node)
    case 'AssignmentExpression':
      return assignment(l, node)
    case 'SequenceExpression': {
      for (const part of node.expressions.slice(0, -1))
        l.prelude.push({ kind: 'expression', value: expression(l, part), ...spanOf(part) })
      return expression(l, node.expressions.at(-1))
    }
    default:
      return unknown(node)
  }
}

function template(l: Lifting, node: Babel.TemplateLiteral): Expression {
  const span = spanOf(node)
  const texts = node.quasis.map((part) => part.value.cooked ?? part.value.raw)
  if (node.expressions.length === 0) return { kind: 'string', value: texts[0] ?? '', ...span }
  const parts: (string | FStringField)[] = []
  for (const [i, text] of texts.entries()) {
    if (text !== '') parts.push(text)
    const value = node.expressions[i]
    if (value) parts.push({ value: expression(l, value), formatted: false, ...spanOf(value) })
  }
  return { kind: 'fstring', parts, ...span }
}

function entry(l: Lifting, node: Babel.ObjectExpression['properties'][number]): DictEntry {
  const span = spanOf(node)
  if (node.type === 'SpreadElement') return { value: expression(l, node.argument), ...span }
  const text = node.computed ? undefined : keyText(node.key)
  const key: Expression =
    text === undefined ? expression(l, node.key) : { kind: 'string', value: text, ...spanOf(node.key as Babel.Node) }
  if (node.type === 'ObjectMethod') {
    // what a getter gives is not written down as a value
    const value = node.kind === 'method' ? nameNode(functionName(l, node, text ?? 'function'), span) : unknown(node)
    return { key, value, ...span }
  }
  return { key, value: named(l, node.value, text), ...span }
}

/** A value that has a name by where it stands: a function takes it as its own. */
export function named(l: Lifting, given: Babel.Node, name: string | undefined): Expression {
  const node = bare(given)
  if (name === undefined) return expression(l, node)
  if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression')
    return nameNode(functionName(l, node, name), spanOf(node))
  if (node.type === 'ClassExpression') return nameNode(className(l, node, name), spanOf(node))
  return expression(l, node)
}

function call(l: Lifting, node: Babel.CallExpression | Babel.OptionalCallExpression | Babel.NewExpression): Call {
  const span = spanOf(node)
  const positional = node.arguments.map((argument) => named(l, argument, hintOf(node.callee)))
  // `super(…)` runs the constructor of the class above
  if (node.callee.type === 'Super')
    return {
      kind: 'call',
      callee: { kind: 'attribute', object: expression(l, node.callee), name: '__init__', ...spanOf(node.callee) },
      positional,
      keywords: [],
      ...span,
    }
  return { kind: 'call', callee: expression(l, node.callee), positional, keywords: [], ...span }
}

/** What a function that is handed to a call is called after: the method. */
function hintOf(callee: Babel.Node): string | undefined {
  const node = bare(callee)
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
    return node.computed ? undefined : keyText(node.property)
  return undefined
}

const COMPARED: Readonly<Record<string, string>> = {
  '===': '==',
  '==': '==',
  '!==': '!=',
  '!=': '!=',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  in: 'in',
}

function binary(l: Lifting, node: Babel.BinaryExpression): Expression {
  const span = spanOf(node)
  const left = expression(l, node.left)
  const right = expression(l, node.right)
  const compared = COMPARED[node.operator]
  if (compared !== undefined) {
    // null and undefined are one value here
    const absent = right.kind === 'none' || left.kind === 'none'
    const operator = absent && compared === '==' ? 'is' : absent && compared === '!=' ? 'is not' : compared
    return { kind: 'compare', operator, left, right, ...span }
  }
  if (node.operator === 'instanceof' || node.operator === '|>') return unknown(node)
  return { kind: 'binary', operator: node.operator, left, right, ...span }
}

function unary(l: Lifting, node: Babel.UnaryExpression): Expression {
  const span = spanOf(node)
  const operand = expression(l, node.argument)
  switch (node.operator) {
    case '!':
      return { kind: 'unary', operator: 'not', operand, ...span }
    case '-':
    case '~':
      return { kind: 'unary', operator: node.operator, operand, ...span }
    case '+':
      // `+x` reads a number
      return operand.kind === 'number'
        ? operand
        : { kind: 'call', callee: nameNode('Number', span), positional: [operand], keywords: [], ...span }
    case 'void':
      return operand
    default:
      return unknown(node)
  }
}

function assignment(l: Lifting, node: Babel.AssignmentExpression): Expression {
  const span = spanOf(node)
  if (node.operator !== '=') return unknown(node)
  if (node.left.type === 'ObjectPattern' || node.left.type === 'ArrayPattern') {
    const value = expression(l, node.right)
    l.prelude.push(...assignPattern(l, node.left, value, undefined))
    return value
  }
  return { kind: 'walrus', target: targetOf(l, node.left), value: expression(l, node.right), ...span }
}
