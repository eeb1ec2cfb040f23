import type { ExceptHandler, Expression, FunctionDef, Statement } from '../../program/syntax.ts'
import { argumentList, named, parameters } from './lists.ts'
import { matchStatement, startsMatch } from './match.ts'
import { KEYWORD, NEWLINE, type Reader, unfit } from './reader.ts'
import { advance, expect, expectKeyword, expectName, isKeyword, isOperator, takes, takesKeyword } from './tokens.ts'
import { withStatement } from './with.ts'

/** The compound statement that begins here, if one does. */
export function compound(r: Reader): Statement | undefined {
  const { start, value } = r
  if (isOperator(r, '@')) return decorated(r)
  if (startsMatch(r)) return matchStatement(r)
  if (r.kind !== KEYWORD) return undefined
  switch (value) {
    case 'def':
      return functionDef(r, [], start, false)
    case 'class':
      return classDef(r, [], start)
    case 'if':
      return ifStatement(r)
    case 'for':
      return forStatement(r, start, false)
    case 'while': {
      advance(r)
      const test = named(r)
      const body = r.block(r)
      const otherwise = takesKeyword(r, 'else') ? r.block(r) : []
      return { kind: 'while', test, body, otherwise, start, end: r.last }
    }
    case 'try':
      return tryStatement(r)
    case 'with':
      return withStatement(r, start, false)
    case 'async':
      advance(r)
      if (isKeyword(r, 'def')) return functionDef(r, [], start, true)
      if (isKeyword(r, 'for')) return forStatement(r, start, true)
      return isKeyword(r, 'with') ? withStatement(r, start, true) : unfit()
    default:
      return undefined
  }
}

function functionDef(r: Reader, decorators: Expression[], start: number, async: boolean): FunctionDef {
  advance(r)
  const nameSpan = { start: r.start, end: r.end }
  const name = expectName(r)
  expect(r, '(')
  const params = parameters(r, true)
  expect(r, ')')
  const returns = takes(r, '->') ? r.test(r) : undefined
  const body = r.block(r)
  const end = r.last
  return {
    kind: 'function',
    name,
    nameSpan,
    async,
    decorators,
    parameters: params,
    ...(returns ? { returns } : {}),
    body,
    start,
    end,
  }
}

function classDef(r: Reader, decorators: Expression[], start: number): Statement {
  advance(r)
  const nameSpan = { start: r.start, end: r.end }
  const name = expectName(r)
  const { positional, keywords } = isOperator(r, '(') ? argumentList(r) : { positional: [], keywords: [] }
  const body = r.block(r)
  return { kind: 'class', name, nameSpan, decorators, bases: positional, keywords, body, start, end: r.last }
}

function decorated(r: Reader): Statement {
  const { start } = r
  const decorators: Expression[] = []
  while (takes(r, '@')) {
    const at = r.start
    let value: Expression = { kind: 'name', name: expectName(r), start: at, end: r.last }
    while (takes(r, '.')) value = { kind: 'attribute', object: value, name: expectName(r), start: at, end: r.last }
    if (isOperator(r, '(')) {
      const { positional, keywords } = argumentList(r)
      value = { kind: 'call', callee: value, positional, keywords, start: at, end: r.last }
    }
    decorators.push(value)
    if (r.kind !== NEWLINE) unfit()
    advance(r)
  }
  if (isKeyword(r, 'class')) return classDef(r, decorators, start)
  const async = takesKeyword(r, 'async')
  return isKeyword(r, 'def') ? functionDef(r, decorators, start, async) : unfit()
}

/** An `if` or `elif` with all that follows it. */
function ifStatement(r: Reader): Statement {
  const { start } = r
  advance(r)
  const test = named(r)
  const body = r.block(r)
  let otherwise: Statement[] = []
  if (isKeyword(r, 'elif')) otherwise = [ifStatement(r)]
  else if (takesKeyword(r, 'else')) otherwise = r.block(r)
  return { kind: 'if', test, body, otherwise, start, end: r.last }
}

function forStatement(r: Reader, start: number, async: boolean): Statement {
  advance(r)
  const target = r.targets(r)
  expectKeyword(r, 'in')
  const iterable = r.list(r)
  const body = r.block(r)
  const otherwise = takesKeyword(r, 'else') ? r.block(r) : []
  return { kind: 'for', async, target, iterable, body, otherwise, start, end: r.last }
}

function tryStatement(r: Reader): Statement {
  const { start } = r
  advance(r)
  const body = r.block(r)
  const handlers: ExceptHandler[] = []
  for (let at = r.start; takesKeyword(r, 'except'); at = r.start) {
    const type = isOperator(r, ':') ? undefined : r.test(r)
    const name = type && takesKeyword(r, 'as') ? expectName(r) : undefined
    const handled = r.block(r)
    handlers.push({ ...(type ? { type } : {}), ...(name !== undefined ? { name } : {}), body: handled, start: at, end: r.last })
  }
  const otherwise = takesKeyword(r, 'else') ? r.block(r) : []
  const last = takesKeyword(r, 'finally') ? r.block(r) : []
  return { kind: 'try', body, handlers, otherwise, finally: last, start, end: r.last }
}
