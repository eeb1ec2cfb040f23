import type { Expression, Statement } from '../program/syntax.ts'
import { type Conversion, forChildren, isOperand, items, tupleOf, unknownAt } from './conversion.ts'
import { clauses, forStatement, ifStatement, matchStatement, tryStatement, withStatement } from './convert-compound.ts'
import { classDef, decorated, functionDef, importStatement } from './convert-definitions.ts'

/** Converts every statement among the children of the node at the cursor. */
export function statements(c: Conversion): Statement[] {
  const found: Statement[] = []
  forChildren(c, (name) => addStatement(c, name, found))
  return found
}

function addStatement(c: Conversion, name: string, into: Statement[]): void {
  if (name === ':' || name === ';') return
  if (name === 'StatementGroup') {
    forChildren(c, (inner) => addStatement(c, inner, into))
    return
  }
  if (c.depth > 100 && COMPOUND.has(name)) {
    c.tooDeep ??= { start: c.cursor.from, end: c.cursor.to }
    into.push({ kind: 'unknown-statement', parts: [], start: c.cursor.from, end: c.cursor.to })
    return
  }
  c.depth++
  into.push(statement(c, name))
  c.depth--
}

const COMPOUND = new Set([
  'IfStatement',
  'WhileStatement',
  'ForStatement',
  'TryStatement',
  'WithStatement',
  'FunctionDefinition',
  'ClassDefinition',
  'DecoratedStatement',
  'MatchStatement',
])

function statement(c: Conversion, name: string): Statement {
  const { from: start, to: end } = c.cursor
  const span = { start, end }
  switch (name) {
    case 'ExpressionStatement': {
      const value = tupleOf(items(c))
      return value ? { kind: 'expression', value, ...span } : { kind: 'unknown-statement', parts: [], ...span }
    }
    case 'YieldStatement': {
      let from = false
      forChildren(c, (child) => {
        if (child === 'from') from = true
      })
      const value = tupleOf(items(c))
      return { kind: 'expression', value: { kind: 'yield', from, ...(value ? { value } : {}), ...span }, ...span }
    }
    case 'AssignStatement':
      return assign(c)
    case 'UpdateStatement':
      return update(c)
    case 'ReturnStatement': {
      const value = tupleOf(items(c))
      return { kind: 'return', ...(value ? { value } : {}), ...span }
    }
    case 'PassStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return { kind: name === 'PassStatement' ? 'pass' : name === 'BreakStatement' ? 'break' : 'continue', ...span }
    case 'DeleteStatement':
      return { kind: 'delete', targets: items(c), ...span }
    case 'RaiseStatement': {
      const parts = items(c)
      return { kind: 'raise', ...(parts[0] ? { value: parts[0] } : {}), ...(parts[1] ? { cause: parts[1] } : {}), ...span }
    }
    case 'AssertStatement': {
      const [test, message] = items(c)
      return { kind: 'assert', test: test ?? unknownAt(span), ...(message ? { message } : {}), ...span }
    }
    case 'ScopeStatement': {
      const names: string[] = []
      let kind: 'global' | 'nonlocal' = 'global'
      forChildren(c, (child) => {
        if (child === 'nonlocal') kind = 'nonlocal'
        else if (child === 'VariableName') names.push(c.text.slice(c.cursor.from, c.cursor.to))
      })
      return { kind, names, ...span }
    }
    case 'ImportStatement':
      return importStatement(c)
    case 'IfStatement':
      return ifStatement(c)
    case 'WhileStatement': {
      const { operands, bodies } = clauses(c)
      const [body, otherwise] = bodies
      return {
        kind: 'while',
        test: operands[0] ?? unknownAt(span),
        body: body?.statements ?? [],
        otherwise: otherwise?.statements ?? [],
        ...span,
      }
    }
    case 'ForStatement':
      return forStatement(c)
    case 'TryStatement':
      return tryStatement(c)
    case 'WithStatement':
      return withStatement(c)
    case 'FunctionDefinition':
      return functionDef(c, [], start)
    case 'ClassDefinition':
      return classDef(c, [], start)
    case 'DecoratedStatement':
      return decorated(c)
    case 'MatchStatement':
      return matchStatement(c)
    default: {
      const parts: Expression[] = []
      if (isOperand(name) && !c.cursor.type.isError) parts.push(c.expression(c))
      else parts.push(...items(c).filter((part) => part.kind !== 'unknown'))
      return { kind: 'unknown-statement', parts, ...span }
    }
  }
}

function assign(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const groups: Expression[][] = [[]]
  let star: number | undefined
  let annotation: Expression | undefined
  forChildren(c, (name) => {
    if (name === 'AssignOp') groups.push([])
    else if (name === 'TypeDef') annotation = items(c)[0]
    else if (name === '*') star = c.cursor.from
    else if (isOperand(name) || name === '...') {
      const value = c.expression(c)
      groups.at(-1)?.push(star === undefined ? value : { kind: 'starred', value, start: star, end: value.end })
      star = undefined
    }
  })
  const parts = groups.map(tupleOf).filter((part) => part !== undefined)
  const hasValue = groups.length > 1
  const value = hasValue ? (parts.at(-1) as Expression | undefined) : undefined
  const targets = hasValue && parts.length === groups.length ? parts.slice(0, -1) : parts.slice(0, 1)
  return {
    kind: 'assign',
    targets,
    ...(annotation ? { annotation } : {}),
    ...(hasValue ? { value: parts.length === groups.length && value ? value : unknownAt({ start, end }) } : {}),
    start,
    end,
  }
}

function update(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  let operator = ''
  const left: Expression[] = []
  const right: Expression[] = []
  forChildren(c, (name) => {
    if (name === 'UpdateOp') operator = c.text.slice(c.cursor.from, c.cursor.to - 1)
    else if (isOperand(name)) (operator === '' ? left : right).push(c.expression(c))
  })
  const target = tupleOf(left)
  if (!target) return { kind: 'unknown-statement', parts: right, start, end }
  return { kind: 'augmented', target, operator, value: tupleOf(right) ?? unknownAt({ start, end }), start, end }
}
