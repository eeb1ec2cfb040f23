import type { TreeCursor } from '@lezer/common'
import type { Span } from '../../../text/span.ts'
import { decodeEscapes, literalParts } from './string-literals.ts'
import type {
  BoolOp,
  ComprehensionClause,
  DictEntry,
  Expression,
  FStringField,
  Keyword,
  Parameter,
  UnknownExpression,
} from './syntax.ts'

/** One conversion of a grammar tree. The cursor stands at the node being converted, before and after each function here. */
export interface Conversion {
  readonly text: string
  readonly cursor: TreeCursor
  depth: number
  /** First place that was nested too deeply to be read. */
  tooDeep?: Span
}

/** Deeper than any code that people write; each level costs a few frames of the stack here and in the evaluation. */
const MAX_DEPTH = 300

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

function here(c: Conversion): UnknownExpression {
  return { kind: 'unknown', start: c.cursor.from, end: c.cursor.to }
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
    case 'AwaitExpression': {
      const value = firstOf(c)
      return value ? { kind: 'await', value, start, end } : here(c)
    }
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

const TOKENS = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', '*', '**', ';', '@', 'At', 'AssignOp', 'FormatSelfDoc'])

/** True for a child that is an expression, not punctuation, an operator or a keyword. */
export function isOperand(name: string): boolean {
  const first = name.charCodeAt(0)
  // Grammar nodes are capitalised, keywords and punctuation are not; `None` is both a keyword and an expression.
  return first >= 65 && first <= 90 && !TOKENS.has(name) && !name.endsWith('Op') && name !== 'TypeDef' && name !== 'Body'
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

/** The elements of a display, a subscript or an unparenthesised tuple, stars kept. */
export function items(c: Conversion): Expression[] {
  const found: Expression[] = []
  let star: number | undefined
  forChildren(c, (name) => {
    if (name === '*') star = c.cursor.from
    else if (isOperand(name) || name === '...') {
      const value = expression(c)
      found.push(star === undefined ? value : { kind: 'starred', value, start: star, end: value.end })
      star = undefined
    }
  })
  return found
}

function stringLiteral(source: string, start: number, end: number): Expression {
  const parts = literalParts(source)
  if (parts.bytes) return { kind: 'bytes', text: source, start, end }
  const content = source.slice(parts.from, parts.to)
  return { kind: 'string', value: parts.raw ? content : decodeEscapes(content), start, end }
}

function fstringParts(c: Conversion): (string | FStringField)[] {
  const { cursor, text } = c
  const source = text.slice(cursor.from, cursor.to)
  const literal = literalParts(source)
  const parts: (string | FStringField)[] = []
  let at = cursor.from + literal.from
  const last = cursor.from + literal.to
  const addText = (to: number) => {
    if (to <= at) return
    const piece = text.slice(at, to).replaceAll('{{', '{').replaceAll('}}', '}')
    parts.push(literal.raw ? piece : decodeEscapes(piece))
  }
  forChildren(c, (name) => {
    if (name !== 'FormatReplacement') return
    addText(cursor.from)
    parts.push(fstringField(c))
    at = cursor.to
  })
  addText(last)
  return parts
}

function fstringField(c: Conversion): FStringField {
  const { from: start, to: end } = c.cursor
  let value: Expression | undefined
  let formatted = false
  forChildren(c, (name) => {
    if (name === 'FormatConversion' || name === 'FormatSpec' || name === 'FormatSelfDoc') formatted = true
    else if (isOperand(name)) value ??= expression(c)
  })
  return { value: value ?? unknownAt({ start, end }), formatted, start, end }
}

function continuedString(c: Conversion, start: number, end: number): Expression {
  const parts: (string | FStringField)[] = []
  let bytes = false
  forChildren(c, (name) => {
    if (name === 'FormatString') parts.push(...fstringParts(c))
    else if (name === 'String') {
      const literal = expression(c)
      if (literal.kind === 'string') parts.push(literal.value)
      else bytes = true
    }
  })
  if (bytes) return { kind: 'bytes', text: c.text.slice(start, end), start, end }
  if (parts.every((part) => typeof part === 'string')) return { kind: 'string', value: parts.join(''), start, end }
  return { kind: 'fstring', parts, start, end }
}

function numberLiteral(source: string, start: number, end: number): Expression {
  const plain = source.replaceAll('_', '').toLowerCase()
  // Complex numbers are no setting's value; long integers of Python 2 end in l.
  if (plain.endsWith('j')) return { kind: 'unknown', start, end }
  const value = Number(/^0\d+$/.test(plain) ? Number.parseInt(plain, 8) : plain.replace(/l$/, ''))
  const float = !/^0[xob]/.test(plain) && /[.e]/.test(plain)
  return Number.isNaN(value) ? { kind: 'unknown', start, end } : { kind: 'number', value, float, start, end }
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

export interface Arguments {
  readonly positional: Expression[]
  readonly keywords: Keyword[]
}

/** Converts the ArgList at the cursor. */
export function argumentList(c: Conversion): Arguments {
  const { cursor } = c
  const start = cursor.from
  const positional: Expression[] = []
  const keywords: Keyword[] = []
  let stars = ''
  let starAt = 0
  let pending: Expression | undefined
  let assigned: Expression | undefined
  let generator = false
  const flush = () => {
    if (!pending) return
    if (stars === '**') keywords.push({ value: pending, start: starAt, end: pending.end })
    else if (stars === '*') positional.push({ kind: 'starred', value: pending, start: starAt, end: pending.end })
    else if (assigned?.kind === 'name')
      keywords.push({ name: assigned.name, value: pending, start: assigned.start, end: pending.end })
    else positional.push(pending)
    pending = undefined
    assigned = undefined
    stars = ''
  }
  let walrus: Expression | undefined
  forChildren(c, (name) => {
    if (name === ',') {
      flush()
      walrus = undefined
    } else if (name === '*' || name === '**') {
      stars = name
      starAt = cursor.from
    } else if (name === 'AssignOp') {
      if (c.text.slice(cursor.from, cursor.to) === ':=') walrus = pending
      else assigned = pending
      pending = undefined
    } else if (name === 'for' || name === 'async') {
      generator = true
    } else if (!generator && (isOperand(name) || name === '...')) {
      // Two operands without a comma between them: error recovery; both are kept.
      if (pending) flush()
      const value = expression(c)
      pending = walrus ? { kind: 'walrus', target: walrus, value, start: walrus.start, end: value.end } : value
    }
  })
  if (generator) return { positional: [comprehension(c, 'generator', start, cursor.to)], keywords: [] }
  flush()
  return { positional, keywords }
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

function comprehension(c: Conversion, type: 'list' | 'set' | 'dict' | 'generator', start: number, end: number): Expression {
  const head: Expression[] = []
  const clauses: ComprehensionClause[] = []
  let state: 'head' | 'target' | 'iterable' | 'condition' = 'head'
  let targets: Expression[] = []
  forChildren(c, (name) => {
    if (name === 'for') {
      state = 'target'
      targets = []
    } else if (name === 'in') state = 'iterable'
    else if (name === 'if') state = 'condition'
    else if (isOperand(name)) {
      const value = expression(c)
      if (state === 'head') head.push(value)
      else if (state === 'target') targets.push(value)
      else if (state === 'iterable') clauses.push({ target: tupleOf(targets) ?? unknownAt(value), value })
      else clauses.push({ value })
    }
  })
  const element = head.at(-1)
  if (!element) return here(c)
  const key = type === 'dict' && head.length > 1 ? head[0] : undefined
  return { kind: 'comprehension', type, ...(key ? { key } : {}), element, clauses, start, end }
}

/** One expression as it is, several as the tuple they form without parentheses. */
export function tupleOf(parts: readonly Expression[]): Expression | undefined {
  const [first, ...rest] = parts
  if (!first) return undefined
  if (rest.length === 0 && first.kind !== 'starred') return first
  return { kind: 'tuple', items: parts, start: first.start, end: (parts.at(-1) as Expression).end }
}

function binary(c: Conversion, start: number, end: number): Expression {
  let left: Expression | undefined
  let right: Expression | undefined
  let operator = ''
  forChildren(c, (name) => {
    if (isOperand(name) || name === '...') {
      if (operator === '') left ??= expression(c)
      else right ??= expression(c)
    } else if (!c.cursor.type.isError) {
      const word = c.text.slice(c.cursor.from, c.cursor.to)
      operator = operator === '' ? word : `${operator} ${word}`
    }
  })
  if (!left) return here(c)
  right ??= unknownAt({ start: left.end, end })
  if (operator === 'and' || operator === 'or') return { kind: 'bool', operator, left, right, start, end }
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

/** The grammar reads `not a and b` as `not (a and b)`; Python negates `a` alone. */
function notOfFirst(operand: BoolOp, start: number): Expression {
  const { left } = operand
  const negated: Expression =
    left.kind === 'bool' && left.start === operand.start
      ? notOfFirst(left, start)
      : { kind: 'unary', operator: 'not', operand: left, start, end: left.end }
  return { ...operand, left: negated, start }
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

/** Converts the ParamList at the cursor, of a function or a lambda. */
export function parameterList(c: Conversion): Parameter[] {
  const { cursor, text } = c
  const parameters: Parameter[] = []
  let stars = ''
  let keywordOnly = false
  let current: { -readonly [K in keyof Parameter]: Parameter[K] } | undefined
  const flush = () => {
    if (current) parameters.push(current)
    current = undefined
    stars = ''
  }
  let assigned = false
  forChildren(c, (name) => {
    if (name === ',') {
      if (stars === '*' && !current) keywordOnly = true
      // A comma after nothing: the `/`, which the grammar leaves out of its tree.
      else if (!current) for (const [i, parameter] of parameters.entries()) parameters[i] = { ...parameter, type: 'positional' }
      flush()
      assigned = false
    } else if (name === '*' || name === '**') stars = name
    else if (name === 'AssignOp') assigned = true
    else if (name === 'TypeDef') {
      const annotation = firstOf(c)
      if (current && annotation) current.annotation = annotation
    } else if (name === 'VariableName' && !assigned && !current) {
      const type = stars === '**' ? 'kwargs' : stars === '*' ? 'args' : keywordOnly ? 'keyword' : 'normal'
      if (stars === '*') keywordOnly = true
      current = { name: text.slice(cursor.from, cursor.to), type, start: cursor.from, end: cursor.to }
    } else if (assigned && current && isOperand(name)) {
      current.default = expression(c)
      current.end = cursor.to
    }
  })
  flush()
  return parameters
}
