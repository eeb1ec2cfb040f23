import type { TreeCursor } from '@lezer/common'
import type { ExceptHandler, Expression, If, MatchCase, Statement, WithItem } from '../program/syntax.ts'
import { type Conversion, forChildren, isOperand, items, tupleOf, unknownAt } from './conversion.ts'

interface Body {
  readonly keyword: string
  readonly statements: Statement[]
  readonly start: number
  readonly end: number
}

/** The operands and bodies of a compound statement, each body with the keyword that introduced it. */
export function clauses(c: Conversion): { operands: Expression[]; bodies: Body[] } {
  const operands: Expression[] = []
  const bodies: Body[] = []
  let keyword = ''
  forChildren(c, (name) => {
    if (name === 'Body') bodies.push({ keyword, statements: c.statements(c), start: c.cursor.from, end: c.cursor.to })
    else if (isOperand(name)) operands.push(c.expression(c))
    else if (!c.cursor.type.isError) keyword = name
  })
  return { operands, bodies }
}

export function ifStatement(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const branches: { test?: Expression; body: Statement[]; start: number }[] = []
  let test: Expression | undefined
  let at = start
  forChildren(c, (name) => {
    if (name === 'Body') {
      branches.push({ ...(test ? { test } : {}), body: c.statements(c), start: at })
      test = undefined
    } else if (name === 'elif' || name === 'else') at = c.cursor.from
    else if (isOperand(name)) test = c.expression(c)
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

export function forStatement(c: Conversion): Statement {
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
    else if (name === 'Body') bodies.push(c.statements(c))
    else if (isOperand(name)) {
      const value = c.expression(c)
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

export function tryStatement(c: Conversion): Statement {
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
      const block = c.statements(c)
      if (clause === 'try') body = block
      else if (clause === 'else') otherwise = block
      else if (clause === 'finally') last = block
      else
        handlers.push({ ...(type ? { type } : {}), ...(name ? { name } : {}), body: block, start: clauseStart, end: c.cursor.to })
    } else if (isOperand(child)) {
      if (named) name = c.text.slice(c.cursor.from, c.cursor.to)
      else type = c.expression(c)
    }
  })
  return { kind: 'try', body, handlers, otherwise, finally: last, start, end }
}

export function withStatement(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const found: { context: Expression; target?: Expression }[] = []
  let body: Statement[] = []
  let async = false
  let target = false
  forChildren(c, (name) => {
    if (name === 'async') async = true
    else if (name === 'as') target = true
    else if (name === ',') target = false
    else if (name === 'Body') body = c.statements(c)
    else if (isOperand(name)) {
      const value = c.expression(c)
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

export function matchStatement(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  let subject: Expression | undefined
  const cases: MatchCase[] = []
  forChildren(c, (name) => {
    if (name === 'MatchBody')
      forChildren(c, (inner) => {
        if (inner === 'MatchClause') cases.push(matchCase(c))
      })
    else if (isOperand(name)) subject ??= c.expression(c)
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
    if (name === 'Body') body = c.statements(c)
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
