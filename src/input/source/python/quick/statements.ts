import type { Expression, ImportedName, Statement } from '../../program/syntax.ts'
import { tupleOf } from '../conversion.ts'
import { compound } from './compound.ts'
import { TARGET } from './lists.ts'
import { DEDENT, INDENT, KEYWORD, NAME, NEWLINE, OPERATOR, type Reader, unfit } from './reader.ts'
import { advance, expect, expectKeyword, expectKind, expectName, isKeyword, isOperator, takes, takesKeyword } from './tokens.ts'

/** The statements after a `:`, on its line or indented below it. */
export function block(r: Reader): Statement[] {
  expect(r, ':')
  const found: Statement[] = []
  if (r.kind !== NEWLINE) {
    simpleLine(r, found)
    return found
  }
  expectKind(r, NEWLINE)
  expectKind(r, INDENT)
  while (r.kind !== (DEDENT as number)) statement(r, found)
  const { last } = r
  advance(r)
  // The block ends where its last line does.
  r.last = last
  return found
}

/** Reads one statement, or all of a line with several. */
export function statement(r: Reader, into: Statement[]): void {
  const found = compound(r)
  if (found) into.push(found)
  else simpleLine(r, into)
}

function simpleLine(r: Reader, into: Statement[]): void {
  do {
    if (r.kind === NEWLINE) break
    into.push(simple(r))
  } while (takes(r, ';'))
  expectKind(r, NEWLINE)
}

function simple(r: Reader): Statement {
  const { start, value } = r
  if (r.kind !== KEYWORD) return expressionStatement(r, start)
  switch (value) {
    case 'pass':
    case 'break':
    case 'continue':
      advance(r)
      return { kind: value, start, end: r.last }
    case 'return': {
      advance(r)
      const given = ends(r) ? undefined : tupleOf(listOf(r))
      return { kind: 'return', ...(given ? { value: given } : {}), start, end: r.last }
    }
    case 'import':
    case 'from':
      return imports(r)
    case 'raise':
      return raise(r)
    case 'del': {
      advance(r)
      const targets = listOf(r)
      return { kind: 'delete', targets, start, end: r.last }
    }
    case 'assert': {
      advance(r)
      const test = r.test(r)
      const message = takes(r, ',') ? r.test(r) : undefined
      return { kind: 'assert', test, ...(message ? { message } : {}), start, end: r.last }
    }
    case 'global':
    case 'nonlocal': {
      advance(r)
      const names = [expectName(r)]
      while (takes(r, ',')) names.push(expectName(r))
      return { kind: value, names, start, end: r.last }
    }
    case 'yield': {
      const yields = yielded(r)
      return { kind: 'expression', value: yields, start, end: r.last }
    }
    default:
      return expressionStatement(r, start)
  }
}

function raise(r: Reader): Statement {
  const { start } = r
  advance(r)
  const value = ends(r) ? undefined : r.test(r)
  const cause = value && takesKeyword(r, 'from') ? r.test(r) : undefined
  return { kind: 'raise', ...(value ? { value } : {}), ...(cause ? { cause } : {}), start, end: r.last }
}

/** True where an expression cannot begin: the end of a statement, or of what stands before `=`. */
function ends(r: Reader): boolean {
  return (
    r.kind === NEWLINE ||
    (r.kind === OPERATOR && (r.value === ';' || r.value === '=' || r.value === ')' || r.value === ':')) ||
    isKeyword(r, 'in')
  )
}

/** Expressions with commas between them. */
export function listOf(r: Reader, least?: number): Expression[] {
  const found: Expression[] = []
  do {
    if (found.length > 0 && ends(r)) break
    const { start } = r
    const starred = takes(r, '*')
    const value = least === undefined ? r.test(r) : r.operation(r, least)
    found.push(starred ? { kind: 'starred', value, start, end: value.end } : value)
  } while (takes(r, ','))
  return found
}

export function yielded(r: Reader): Expression {
  const { start } = r
  expectKeyword(r, 'yield')
  const from = takesKeyword(r, 'from')
  const value = !from && ends(r) ? undefined : tupleOf(listOf(r))
  return { kind: 'yield', from, ...(value ? { value } : {}), start, end: r.last }
}

const AUGMENTED = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=', '^=', '>>=', '<<=', '**='])

function expressionStatement(r: Reader, start: number): Statement {
  if (r.kind === NAME && r.value === 'print' && !isPlainName(r)) unfit()
  const first = tupleOf(listOf(r)) as Expression
  if (r.kind === OPERATOR && AUGMENTED.has(r.value)) {
    const operator = r.value.slice(0, -1)
    advance(r)
    const value = given(r)
    return { kind: 'augmented', target: first, operator, value, start, end: r.last }
  }
  const annotation = takes(r, ':') ? r.test(r) : undefined
  const parts = [first]
  while (takes(r, '=')) parts.push(given(r))
  if (parts.length === 1 && !annotation) return { kind: 'expression', value: first, start, end: r.last }
  const value = parts.length > 1 ? parts.pop() : undefined
  return {
    kind: 'assign',
    targets: parts,
    ...(annotation ? { annotation } : {}),
    ...(value ? { value } : {}),
    start,
    end: r.last,
  }
}

/** What stands after `=`. */
function given(r: Reader): Expression {
  return isKeyword(r, 'yield') ? yielded(r) : (tupleOf(listOf(r)) as Expression)
}

/** True for the function print, or a variable of that name; Python 2 has a statement. */
function isPlainName(r: Reader): boolean {
  return /[ \t]*(?:[(.\r\n#]|=(?!=))/y.test(r.text.slice(r.end, r.end + 40))
}

function imports(r: Reader): Statement {
  const { start } = r
  if (takesKeyword(r, 'import')) {
    const names: ImportedName[] = []
    do names.push(imported(r, dotted))
    while (takes(r, ','))
    return { kind: 'import', names, start, end: r.last }
  }
  advance(r)
  let level = 0
  while (isOperator(r, '.') || isOperator(r, '...')) {
    level += r.value.length
    advance(r)
  }
  const module = isKeyword(r, 'import') && level > 0 ? '' : dotted(r)
  expectKeyword(r, 'import')
  const names: ImportedName[] = []
  const star = r.start
  if (takes(r, '*')) names.push({ name: '*', start: star, end: r.last })
  else {
    const open = takes(r, '(')
    do {
      if (open && isOperator(r, ')')) break
      names.push(imported(r, expectName))
    } while (takes(r, ','))
    if (open) expect(r, ')')
  }
  return { kind: 'import-from', level, module, names, start, end: r.last }
}

function imported(r: Reader, read: (r: Reader) => string): ImportedName {
  const { start } = r
  const name = read(r)
  const alias = takesKeyword(r, 'as') ? expectName(r) : undefined
  return { name, ...(alias !== undefined ? { alias } : {}), start, end: r.last }
}

function dotted(r: Reader): string {
  let name = expectName(r)
  while (takes(r, '.')) name += `.${expectName(r)}`
  return name
}

export function targetList(r: Reader): Expression {
  return tupleOf(listOf(r, TARGET)) as Expression
}
