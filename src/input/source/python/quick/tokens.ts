import { DEDENT, END, INDENT, KEYWORD, NAME, NEWLINE, OPERATOR, type Reader, token, Unfit, unfit } from './reader.ts'
import { isDigit, isNameStart, name, number, operator, string } from './scan.ts'

export function isOperator(r: Reader, value: string): boolean {
  return r.kind === OPERATOR && r.value === value
}

export function isKeyword(r: Reader, value: string): boolean {
  return r.kind === KEYWORD && r.value === value
}

/** Steps over a token of a kind that must stand here. */
export function expectKind(r: Reader, kind: number): void {
  if (r.kind !== kind) unfit()
  advance(r)
}

/** Steps over an operator, if it is the one at hand. */
export function takes(r: Reader, value: string): boolean {
  if (r.kind !== OPERATOR || r.value !== value) return false
  advance(r)
  return true
}

export function takesKeyword(r: Reader, value: string): boolean {
  if (r.kind !== KEYWORD || r.value !== value) return false
  advance(r)
  return true
}

export function expect(r: Reader, value: string): void {
  if (!takes(r, value)) unfit()
}

export function expectKeyword(r: Reader, value: string): void {
  if (!takesKeyword(r, value)) unfit()
}

/** Steps over a name, and gives it. */
export function expectName(r: Reader): string {
  if (r.kind !== NAME) unfit()
  const { value } = r
  advance(r)
  return value
}

/** Reads something, or stays where it was when that gives nothing or cannot be read so. */
export function attempt<T>(r: Reader, read: () => T | undefined): T | undefined {
  const { indents, comments, ...before } = r
  const said = comments.length
  let found: T | undefined
  try {
    found = read()
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
  }
  if (found === undefined) {
    Object.assign(r, before)
    comments.length = said
  }
  return found
}

/** Moves on to the next token. */
export function advance(r: Reader): void {
  r.last = r.end
  if (r.dedents > 0) {
    r.dedents--
    r.kind = DEDENT
    return
  }
  if (r.fresh && indentation(r)) return
  const { text } = r
  let at = r.at
  let code = text.charCodeAt(at)
  for (;;) {
    if (code === 32 || code === 9) at++
    else if (code === 35) at = comment(r, at)
    else if (code === 10 || code === 13) {
      if (r.brackets === 0) {
        token(r, NEWLINE, '', at, at + 1)
        r.fresh = true
        return
      }
      at++
    } else if (code === 92) at = continued(text, at)
    else break
    code = text.charCodeAt(at)
  }
  if (at >= text.length) atEnd(r)
  else if (isNameStart(code)) name(r, at)
  else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) number(r, at)
  else if (code === 34 || code === 39) string(r, at, at)
  else operator(r, at, code)
}

function atEnd(r: Reader): void {
  if (r.brackets > 0) unfit()
  // The last line may lack its end.
  r.kind = r.fresh ? END : NEWLINE
  r.value = ''
  r.start = r.end
  r.at = r.text.length
  r.fresh = true
}

/** Blocks nested more deeply are left to the grammar's reader, which cuts them. */
const MAX_BLOCKS = 60

/** Skips to the next line that says something, and compares where it begins. True when a block begins or ends there. */
function indentation(r: Reader): boolean {
  const { text } = r
  let at = r.at
  let width = 0
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 32) width++
    else if (code === 9) width += 8 - (width % 8)
    else if (code === 10 || code === 13) width = 0
    else if (code === 35) {
      at = comment(r, at)
      continue
    } else break
    at++
  }
  r.at = at
  if (at >= text.length) width = 0
  else r.fresh = false
  const { indents } = r
  const current = indents.at(-1) as number
  if (width === current) return false
  if (width > current) {
    if (indents.push(width) > MAX_BLOCKS) unfit()
    r.kind = INDENT
    return true
  }
  for (; (indents.at(-1) as number) > width; r.dedents++) indents.pop()
  if (indents.at(-1) !== width) unfit()
  r.dedents--
  r.kind = DEDENT
  return true
}

function comment(r: Reader, at: number): number {
  const { text } = r
  let end = at + 1
  for (let code = text.charCodeAt(end); code !== 10 && code !== 13 && end < text.length; ) code = text.charCodeAt(++end)
  r.comments.push({
    text: text
      .slice(at + 1, end)
      .replace(/^#*/, '')
      .trim(),
    span: { start: at, end },
  })
  return end
}

function continued(text: string, at: number): number {
  if (text.charCodeAt(at + 1) === 10) return at + 2
  return text.startsWith('\r\n', at + 1) ? at + 3 : unfit()
}
