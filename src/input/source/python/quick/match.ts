import type { MatchCase, Statement } from '../../program/syntax.ts'
import { DEDENT, INDENT, NAME, NEWLINE, type Reader, unfit } from './reader.ts'
import { advance, expect, expectKind, isKeyword, isOperator, takesKeyword } from './tokens.ts'

/** True for `match` where it is no name: its line ends as no other statement with it does. */
export function startsMatch(r: Reader): boolean {
  return r.kind === NAME && r.value === 'match' && /[^\n]*:[ \t]*(?:#[^\n]*)?\r?$/my.test(r.text.slice(r.end, r.end + 1000))
}

export function matchStatement(r: Reader): Statement {
  const { start } = r
  advance(r)
  const subject = r.test(r)
  expect(r, ':')
  expectKind(r, NEWLINE)
  expectKind(r, INDENT)
  const cases: MatchCase[] = []
  while (r.kind !== (DEDENT as number)) cases.push(matchCase(r))
  const { last } = r
  advance(r)
  r.last = last
  return { kind: 'match', subject, cases, start, end: last }
}

function matchCase(r: Reader): MatchCase {
  const { start } = r
  if (r.kind !== NAME || r.value !== 'case') unfit()
  advance(r)
  const { captures, bare } = pattern(r)
  const guard = takesKeyword(r, 'if') ? r.test(r) : undefined
  const body = r.block(r)
  return { captures, irrefutable: bare && !guard, ...(guard ? { guard } : {}), body, start, end: r.last }
}

/** Steps over a pattern, for the names that it binds. */
function pattern(r: Reader): { captures: string[]; bare: boolean } {
  const captures: string[] = []
  let tokens = 0
  let before = ''
  while (r.brackets > 0 || !(isOperator(r, ':') || isKeyword(r, 'if'))) {
    if (r.kind === NEWLINE) unfit()
    const { kind, value } = r
    advance(r)
    tokens++
    const plain = !isOperator(r, '.') && !isOperator(r, '(') && !isOperator(r, '=')
    if (kind === NAME && before !== '.' && before !== 'as' && plain) captures.push(value)
    before = value
  }
  return { captures, bare: tokens === 1 && captures.length === 1 }
}
