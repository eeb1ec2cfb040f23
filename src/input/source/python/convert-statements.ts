import type { TreeCursor } from '@lezer/common'
import {
  type Arguments,
  argumentList,
  type Conversion,
  expression,
  forChildren,
  isOperand,
  items,
  parameterList,
  tupleOf,
  unknownAt,
} from './convert-expressions.ts'
import type {
  ClassDef,
  ExceptHandler,
  Expression,
  FunctionDef,
  If,
  ImportedName,
  MatchCase,
  Parameter,
  Statement,
  WithItem,
} from './syntax.ts'

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
      if (isOperand(name) && !c.cursor.type.isError) parts.push(expression(c))
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
      const value = expression(c)
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
    else if (isOperand(name)) (operator === '' ? left : right).push(expression(c))
  })
  const target = tupleOf(left)
  if (!target) return { kind: 'unknown-statement', parts: right, start, end }
  return { kind: 'augmented', target, operator, value: tupleOf(right) ?? unknownAt({ start, end }), start, end }
}

interface Body {
  readonly keyword: string
  readonly statements: Statement[]
  readonly start: number
  readonly end: number
}

/** The operands and bodies of a compound statement, each body with the keyword that introduced it. */
function clauses(c: Conversion): { operands: Expression[]; bodies: Body[] } {
  const operands: Expression[] = []
  const bodies: Body[] = []
  let keyword = ''
  forChildren(c, (name) => {
    if (name === 'Body') bodies.push({ keyword, statements: statements(c), start: c.cursor.from, end: c.cursor.to })
    else if (isOperand(name)) operands.push(expression(c))
    else if (!c.cursor.type.isError) keyword = name
  })
  return { operands, bodies }
}

function ifStatement(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const branches: { test?: Expression; body: Statement[]; start: number }[] = []
  let test: Expression | undefined
  let at = start
  forChildren(c, (name) => {
    if (name === 'Body') {
      branches.push({ ...(test ? { test } : {}), body: statements(c), start: at })
      test = undefined
    } else if (name === 'elif' || name === 'else') at = c.cursor.from
    else if (isOperand(name)) test = expression(c)
  })
  let otherwise: Statement[] = []
  const last = branches.at(-1)
  if (branches.length > 1 && last && !last.test) {
    otherwise = last.body
    branches.pop()
  }
  for (let i = branches.length - 1; i > 0; i--) {
    const branch = branches[i] as (typeof branches)[number]
    const nested: If = {
      kind: 'if',
      test: branch.test ?? unknownAt({ start: branch.start, end: branch.start }),
      body: branch.body,
      otherwise,
      start: branch.start,
      end,
    }
    otherwise = [nested]
  }
  const first = branches[0]
  return { kind: 'if', test: first?.test ?? unknownAt({ start, end: start }), body: first?.body ?? [], otherwise, start, end }
}

function forStatement(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const targets: Expression[] = []
  const iterables: Expression[] = []
  const bodies: Statement[][] = []
  let async = false
  let seenIn = false
  let star: number | undefined
  forChildren(c, (name) => {
    if (name === 'async') async = true
    else if (name === 'in') seenIn = true
    else if (name === '*') star = c.cursor.from
    else if (name === 'Body') bodies.push(statements(c))
    else if (isOperand(name)) {
      const value = expression(c)
      const part: Expression = star === undefined ? value : { kind: 'starred', value, start: star, end: value.end }
      star = undefined
      ;(seenIn ? iterables : targets).push(part)
    }
  })
  return {
    kind: 'for',
    async,
    target: tupleOf(targets) ?? unknownAt({ start, end: start }),
    iterable: tupleOf(iterables) ?? unknownAt({ start, end: start }),
    body: bodies[0] ?? [],
    otherwise: bodies[1] ?? [],
    start,
    end,
  }
}

function tryStatement(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const handlers: ExceptHandler[] = []
  let body: Statement[] = []
  let otherwise: Statement[] = []
  let last: Statement[] = []
  let clause = 'try'
  let clauseStart = start
  let type: Expression | undefined
  let name: string | undefined
  let named = false
  forChildren(c, (child) => {
    if (child === 'except' || child === 'else' || child === 'finally') {
      clause = child
      clauseStart = c.cursor.from
      type = undefined
      name = undefined
      named = false
    } else if (child === 'as' || child === ',') named = true
    else if (child === 'Body') {
      const block = statements(c)
      if (clause === 'try') body = block
      else if (clause === 'else') otherwise = block
      else if (clause === 'finally') last = block
      else
        handlers.push({ ...(type ? { type } : {}), ...(name ? { name } : {}), body: block, start: clauseStart, end: c.cursor.to })
    } else if (isOperand(child)) {
      if (named) name = c.text.slice(c.cursor.from, c.cursor.to)
      else type = expression(c)
    }
  })
  return { kind: 'try', body, handlers, otherwise, finally: last, start, end }
}

function withStatement(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const found: { context: Expression; target?: Expression }[] = []
  let body: Statement[] = []
  let async = false
  let target = false
  forChildren(c, (name) => {
    if (name === 'async') async = true
    else if (name === 'as') target = true
    else if (name === ',') target = false
    else if (name === 'Body') body = statements(c)
    else if (isOperand(name)) {
      const value = expression(c)
      const item = found.at(-1)
      if (target && item && !item.target) item.target = withTarget(c, value)
      else found.push({ context: value })
    }
  })
  const all: WithItem[] = found
  return { kind: 'with', async, items: all, body, start, end }
}

/** The grammar takes a plain name only; `as self.consumer` and `as (a, b)` were masked to one name and are read from the text here. */
function withTarget(c: Conversion, value: Expression): Expression {
  const { start, end } = value
  const source = c.text.slice(start, end)
  if (source.startsWith('(')) {
    const items: Expression[] = [...source.matchAll(/\w+/g)].map((match) => ({
      kind: 'name',
      name: match[0],
      start: start + match.index,
      end: start + match.index + match[0].length,
    }))
    return { kind: 'tuple', items, start, end }
  }
  const dotted = /^(\w+)((?:\.\w+)+)$/.exec(source)
  if (!dotted) return value
  let at = start + (dotted[1] as string).length
  let target: Expression = { kind: 'name', name: dotted[1] as string, start, end: at }
  for (const name of (dotted[2] as string).slice(1).split('.')) {
    at += name.length + 1
    target = { kind: 'attribute', object: target, name, start, end: at }
  }
  return target
}

function functionDef(c: Conversion, decorators: Expression[], start: number): FunctionDef {
  const { to: end } = c.cursor
  let async = false
  let name = ''
  let nameSpan = { start, end: start }
  let parameters: Parameter[] = []
  let returns: Expression | undefined
  let body: Statement[] = []
  forChildren(c, (child) => {
    if (child === 'async') async = true
    else if (child === 'VariableName' && name === '') {
      nameSpan = { start: c.cursor.from, end: c.cursor.to }
      name = c.text.slice(c.cursor.from, c.cursor.to)
    } else if (child === 'ParamList') parameters = parameterList(c)
    else if (child === 'TypeDef') returns = items(c)[0]
    else if (child === 'Body') body = statements(c)
  })
  return { kind: 'function', name, nameSpan, async, decorators, parameters, ...(returns ? { returns } : {}), body, start, end }
}

function classDef(c: Conversion, decorators: Expression[], start: number): ClassDef {
  const { to: end } = c.cursor
  let name = ''
  let nameSpan = { start, end: start }
  let args: Arguments = { positional: [], keywords: [] }
  let body: Statement[] = []
  forChildren(c, (child) => {
    if (child === 'VariableName' && name === '') {
      nameSpan = { start: c.cursor.from, end: c.cursor.to }
      name = c.text.slice(c.cursor.from, c.cursor.to)
    } else if (child === 'ArgList') args = argumentList(c)
    else if (child === 'Body') body = statements(c)
  })
  return { kind: 'class', name, nameSpan, decorators, bases: args.positional, keywords: args.keywords, body, start, end }
}

function decorated(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const decorators: Expression[] = []
  let found: Statement | undefined
  forChildren(c, (name) => {
    if (name === 'Decorator') decorators.push(decorator(c))
    else if (name === 'FunctionDefinition') found = functionDef(c, decorators, start)
    else if (name === 'ClassDefinition') found = classDef(c, decorators, start)
  })
  return found ?? { kind: 'unknown-statement', parts: decorators, start, end }
}

/** `@a.b(c)`: the grammar gives a flat list of names and one argument list. */
function decorator(c: Conversion): Expression {
  const { cursor, text } = c
  const { from: start, to: end } = cursor
  let value: Expression | undefined
  forChildren(c, (name) => {
    if (name === 'VariableName' || name === 'PropertyName') {
      const word = text.slice(cursor.from, cursor.to)
      value = value
        ? { kind: 'attribute', object: value, name: word, start: value.start, end: cursor.to }
        : { kind: 'name', name: word, start: cursor.from, end: cursor.to }
    } else if (name === 'ArgList' && value) {
      const args = argumentList(c)
      value = {
        kind: 'call',
        callee: value,
        positional: args.positional,
        keywords: args.keywords,
        start: value.start,
        end: cursor.to,
      }
    }
  })
  return value ?? unknownAt({ start, end })
}

function importStatement(c: Conversion): Statement {
  const { cursor, text } = c
  const { from: start, to: end } = cursor
  const names: { name: string; alias?: string; start: number; end: number }[] = []
  let from = false
  let level = 0
  let module = ''
  let inNames = false
  let alias = false
  let fresh = true
  forChildren(c, (name) => {
    const word = text.slice(cursor.from, cursor.to)
    if (name === 'from') from = true
    else if (name === 'import') inNames = true
    else if (name === '*') names.push({ name: '*', start: cursor.from, end: cursor.to })
    else if (name === ',') {
      alias = false
      fresh = true
    } else if (name === 'as') alias = true
    else if (from && !inNames) {
      if (name === 'VariableName') module += module === '' ? word : `.${word}`
      else if (/^\.+$/.test(word) && module === '') level += word.length
    } else if (name === 'VariableName') {
      const last = names.at(-1)
      if (alias && last) {
        last.alias = word
        last.end = cursor.to
      } else if (fresh || !last) names.push({ name: word, start: cursor.from, end: cursor.to })
      else {
        last.name += `.${word}`
        last.end = cursor.to
      }
      fresh = false
    }
  })
  const imported: ImportedName[] = names
  return from
    ? { kind: 'import-from', level, module, names: imported, start, end }
    : { kind: 'import', names: imported, start, end }
}

function matchStatement(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  let subject: Expression | undefined
  const cases: MatchCase[] = []
  forChildren(c, (name) => {
    if (name === 'MatchBody')
      forChildren(c, (inner) => {
        if (inner === 'MatchClause') cases.push(matchCase(c))
      })
    else if (isOperand(name)) subject ??= expression(c)
  })
  return { kind: 'match', subject: subject ?? unknownAt({ start, end: start }), cases, start, end }
}

function matchCase(c: Conversion): MatchCase {
  const { from: start, to: end } = c.cursor
  const captures: string[] = []
  let patterns = 0
  let bare = false
  let guard: Expression | undefined
  let body: Statement[] = []
  forChildren(c, (name) => {
    if (name === 'Body') body = statements(c)
    else if (name === 'Guard') guard = items(c)[0]
    else if (name.endsWith('Pattern')) {
      patterns++
      bare = name === 'CapturePattern'
      collectCaptures(c.cursor, c.text, captures)
    }
  })
  return { captures, irrefutable: patterns === 1 && bare && !guard, ...(guard ? { guard } : {}), body, start, end }
}

function collectCaptures(cursor: TreeCursor, text: string, into: string[]): void {
  const { node } = cursor
  node.cursor().iterate((inner) => {
    if (inner.name === 'VariableName' && inner.node.parent?.name === 'CapturePattern') into.push(text.slice(inner.from, inner.to))
  })
}
