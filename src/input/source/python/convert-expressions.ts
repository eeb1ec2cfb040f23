import type { DictEntry, Expression, Parameter, UnknownExpression } from '../program/syntax.ts'
import { awaitOfFirst, beforeNot, notOfFirst } from './binding.ts'
import { type Conversion, forChildren, isOperand, items, tupleOf, unknownAt } from './conversion.ts'
import { type Arguments, argumentList, comprehension, parameterList } from './convert-arguments.ts'
import { continuedString, fstringParts, numberLiteral, stringLiteral } from './convert-literals.ts'

/** Deeper than any code that people write; each level costs a few frames of the stack here and in the evaluation. */
const MAX_DEPTH = 300

function here(c: Conversion): UnknownExpression {
  return unknownAt({ start: c.cursor.from, end: c.cursor.to })
}

/** Converts the expression at the cursor. */
export function expression(c: Conversion): Expression {
  const start = c.cursor.from
  const end = c.cursor.to
  if (c.depth >= MAX_DEPTH) {
    c.tooDeep ??= { start, end }
    return here(c)
  }
  c.depth++
  const result = convert(c, start, end)
  c.depth--
  return result
}

function convert(c: Conversion, start: number, end: number): Expression {
  const { cursor, text } = c
  switch (cursor.name) {
    case 'VariableName':
      return { kind: 'name', name: text.slice(start, end), start, end }
    case 'String':
      return stringLiteral(text.slice(start, end), start, end)
    case 'FormatString':
      return { kind: 'fstring', parts: fstringParts(c), start, end }
    case 'ContinuedString':
      return continuedString(c, start, end)
    case 'Number':
      return numberLiteral(text.slice(start, end), start, end)
    case 'Boolean':
      return { kind: 'boolean', value: text.slice(start, end) === 'True', start, end }
    case 'None':
      return { kind: 'none', start, end }
    case 'Ellipsis':
    case '...':
      return { kind: 'ellipsis', start, end }
    case 'MemberExpression':
      return member(c, start, end)
    case 'CallExpression':
      return call(c, start, end)
    case 'ParenthesizedExpression':
      return firstOf(c) ?? here(c)
    case 'TupleExpression':
      return { kind: 'tuple', items: items(c), start, end }
    case 'ArrayExpression':
      return { kind: 'list', items: items(c), start, end }
    case 'SetExpression':
      return { kind: 'set', items: items(c), start, end }
    case 'DictionaryExpression':
      return { kind: 'dict', entries: dictEntries(c), start, end }
    case 'ComprehensionExpression':
      return comprehension(c, 'generator', start, end)
    case 'ArrayComprehensionExpression':
      return comprehension(c, 'list', start, end)
    case 'SetComprehensionExpression':
      return comprehension(c, 'set', start, end)
    case 'DictionaryComprehensionExpression':
      return comprehension(c, 'dict', start, end)
    case 'BinaryExpression':
      return binary(c, start, end)
    case 'UnaryExpression':
      return unary(c, start, end)
    case 'ConditionalExpression': {
      const [then, test, otherwise] = operands(c)
      if (!then || !test || !otherwise) return here(c)
      return { kind: 'conditional', test, then, otherwise, start, end }
    }
    case 'LambdaExpression':
      return lambda(c, start, end)
    case 'AwaitExpression':
      return awaiting(c, start, end)
    case 'YieldExpression':
      return yieldExpression(c, start, end)
    case 'NamedExpression': {
      const [target, value] = operands(c)
      return target && value ? { kind: 'walrus', target, value, start, end } : here(c)
    }
    default:
      return here(c)
  }
}

function operands(c: Conversion): Expression[] {
  const found: Expression[] = []
  forChildren(c, (name) => {
    if (isOperand(name) || name === '...') found.push(expression(c))
  })
  return found
}

/** The first operand, or, in parentheses, a starred or yielded one. */
function firstOf(c: Conversion): Expression | undefined {
  let found: Expression | undefined
  forChildren(c, (name) => {
    if (!found && (isOperand(name) || name === '...')) found = expression(c)
  })
  return found
}

function member(c: Conversion, start: number, end: number): Expression {
  let object: Expression | undefined
  let property: string | undefined
  let bracket = false
  let colon = false
  let comma = false
  const indices: Expression[] = []
  forChildren(c, (name) => {
    if (!object && (isOperand(name) || name === '...')) object = expression(c)
    else if (name === 'PropertyName') property = c.text.slice(c.cursor.from, c.cursor.to)
    else if (name === '[') bracket = true
    else if (name === ':') colon = true
    else if (name === ',') comma = true
    else if (bracket && isOperand(name)) indices.push(expression(c))
  })
  if (!object) return here(c)
  if (!bracket) return { kind: 'attribute', object, name: property ?? '', start, end }
  const first = indices[0]
  const span = { start: first?.start ?? object.end, end: end - 1 }
  if (colon) return { kind: 'subscript', object, index: { kind: 'slice', parts: indices, ...span }, start, end }
  if (comma || !first)
    return { kind: 'subscript', object, index: first ? { kind: 'tuple', items: indices, ...span } : unknownAt(span), start, end }
  return { kind: 'subscript', object, index: first, start, end }
}

function call(c: Conversion, start: number, end: number): Expression {
  let callee: Expression | undefined
  let args: Arguments = { positional: [], keywords: [] }
  forChildren(c, (name) => {
    if (name === 'ArgList') args = argumentList(c)
    else if (!callee && isOperand(name)) callee = expression(c)
  })
  if (!callee) return here(c)
  return { kind: 'call', callee, positional: args.positional, keywords: args.keywords, start, end }
}

function dictEntries(c: Conversion): DictEntry[] {
  const entries: DictEntry[] = []
  let key: Expression | undefined
  let spread: number | undefined
  let colon = false
  forChildren(c, (name) => {
    if (name === '**') spread = c.cursor.from
    else if (name === ':') colon = true
    else if (name === ',') {
      key = undefined
      colon = false
      spread = undefined
    } else if (isOperand(name) || name === '...') {
      const value = expression(c)
      if (spread !== undefined) entries.push({ value, start: spread, end: value.end })
      else if (!colon) {
        key = value
        return
      } else if (key) entries.push({ key, value, start: key.start, end: value.end })
      key = undefined
      colon = false
      spread = undefined
    }
  })
  return entries
}

function binary(c: Conversion, start: number, end: number): Expression {
  let left: Expression | undefined
  let right: Expression | undefined
  let operator = ''
  let negates = false
  forChildren(c, (name) => {
    if (isOperand(name) || name === '...') {
      if (operator === '') left ??= expression(c)
      else {
        negates = name === 'UnaryExpression'
        right ??= expression(c)
      }
    } else if (!c.cursor.type.isError) {
      const word = c.text.slice(c.cursor.from, c.cursor.to)
      operator = operator === '' ? word : `${operator} ${word}`
    }
  })
  if (!left) return here(c)
  right ??= unknownAt({ start: left.end, end })
  if (operator === 'and' || operator === 'or')
    return negates ? beforeNot(operator, left, right, start) : { kind: 'bool', operator, left, right, start, end }
  if (/^(?:[<>=!]=?|<>|in|not in|is|is not)$/.test(operator) && operator !== '=')
    return { kind: 'compare', operator: operator === '<>' ? '!=' : operator, left, right, start, end }
  return { kind: 'binary', operator, left, right, start, end }
}

function unary(c: Conversion, start: number, end: number): Expression {
  let operator = ''
  let operand: Expression | undefined
  let parenthesised = false
  forChildren(c, (name) => {
    if (isOperand(name)) {
      parenthesised = name === 'ParenthesizedExpression'
      operand ??= expression(c)
    } else operator ||= c.text.slice(c.cursor.from, c.cursor.to)
  })
  if (!operand || !(operator === 'not' || operator === '-' || operator === '+' || operator === '~')) return here(c)
  if (operator === 'not' && operand.kind === 'bool' && !parenthesised) return notOfFirst(operand, start)
  return { kind: 'unary', operator, operand, start, end }
}

function awaiting(c: Conversion, start: number, end: number): Expression {
  let value: Expression | undefined
  let parenthesised = false
  forChildren(c, (name) => {
    if (value || !(isOperand(name) || name === '...')) return
    parenthesised = name === 'ParenthesizedExpression'
    value = expression(c)
  })
  if (!value) return here(c)
  return value.kind === 'binary' && !parenthesised ? awaitOfFirst(value, start) : { kind: 'await', value, start, end }
}

function lambda(c: Conversion, start: number, end: number): Expression {
  let parameters: Parameter[] = []
  let body: Expression | undefined
  forChildren(c, (name) => {
    if (name === 'ParamList') parameters = parameterList(c)
    else if (isOperand(name)) body ??= expression(c)
  })
  return { kind: 'lambda', parameters, body: body ?? here(c), start, end }
}

function yieldExpression(c: Conversion, start: number, end: number): Expression {
  let from = false
  forChildren(c, (name) => {
    if (name === 'from') from = true
  })
  const value = tupleOf(items(c))
  return { kind: 'yield', from, ...(value ? { value } : {}), start, end }
}
