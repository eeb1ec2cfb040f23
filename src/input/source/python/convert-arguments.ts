import type { ComprehensionClause, Expression, Keyword, Parameter } from '../program/syntax.ts'
import { type Conversion, forChildren, isOperand, items, tupleOf, unknownAt } from './conversion.ts'

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
      const value = c.expression(c)
      pending = walrus ? { kind: 'walrus', target: walrus, value, start: walrus.start, end: value.end } : value
    }
  })
  if (generator) return { positional: [comprehension(c, 'generator', start, cursor.to)], keywords: [] }
  flush()
  return { positional, keywords }
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
      const annotation = items(c)[0]
      if (current && annotation) current.annotation = annotation
    } else if (name === 'VariableName' && !assigned && !current) {
      const type = stars === '**' ? 'kwargs' : stars === '*' ? 'args' : keywordOnly ? 'keyword' : 'normal'
      if (stars === '*') keywordOnly = true
      current = { name: text.slice(cursor.from, cursor.to), type, start: cursor.from, end: cursor.to }
    } else if (assigned && current && isOperand(name)) {
      current.default = c.expression(c)
      current.end = cursor.to
    }
  })
  flush()
  return parameters
}

export function comprehension(
  c: Conversion,
  type: 'list' | 'set' | 'dict' | 'generator',
  start: number,
  end: number,
): Expression {
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
      const value = c.expression(c)
      if (state === 'head') head.push(value)
      else if (state === 'target') targets.push(value)
      else if (state === 'iterable') clauses.push({ target: tupleOf(targets) ?? unknownAt(value), value })
      else clauses.push({ value })
    }
  })
  const element = head.at(-1)
  if (!element) return unknownAt({ start: c.cursor.from, end: c.cursor.to })
  const key = type === 'dict' && head.length > 1 ? head[0] : undefined
  return { kind: 'comprehension', type, ...(key ? { key } : {}), element, clauses, start, end }
}
