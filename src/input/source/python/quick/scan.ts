import { KEYWORD, NAME, NUMBER, OPERATOR, type Reader, STRING, token, unfit } from './reader.ts'

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
)

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

export function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 0xa1
}

export function name(r: Reader, at: number): void {
  const { text } = r
  let end = at + 1
  for (let code = text.charCodeAt(end); isNameStart(code) || isDigit(code); ) code = text.charCodeAt(++end)
  const code = text.charCodeAt(end)
  if ((code === 34 || code === 39) && end - at <= 2 && /^[fFrRbBuU]+$/.test(text.slice(at, end))) {
    string(r, at, end)
    return
  }
  const value = text.slice(at, end)
  token(r, KEYWORDS.has(value) ? KEYWORD : NAME, value, at, end)
}

const NUMBERS = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/y

export function number(r: Reader, at: number): void {
  const { text } = r
  NUMBERS.lastIndex = at
  if (!NUMBERS.test(text)) unfit()
  const end = NUMBERS.lastIndex
  const code = text.charCodeAt(end)
  if (isNameStart(code)) unfit()
  token(r, NUMBER, '', at, end)
  if (code !== 46 || !/^\d+$/.test(text.slice(at, end))) return
  // `2.`: the point is no part of the value.
  const next = text.charCodeAt(end + 1)
  if (isNameStart(next) || isDigit(next) || next === 46) unfit()
  r.at = end + 1
}

/** A literal whose prefix begins at `at` and whose quotes at `open`. */
export function string(r: Reader, at: number, open: number): void {
  const { text } = r
  const quote = text.charCodeAt(open)
  const long = text.charCodeAt(open + 1) === quote && text.charCodeAt(open + 2) === quote
  let end = open + (long ? 3 : 1)
  for (; ; end++) {
    const code = text.charCodeAt(end)
    if (code === 92) end++
    else if (code === quote) {
      if (!long) break
      if (text.charCodeAt(end + 1) === quote && text.charCodeAt(end + 2) === quote) {
        end += 2
        break
      }
    } else if (end >= text.length || (!long && (code === 10 || code === 13))) unfit()
  }
  token(r, STRING, '', at, end + 1)
}

/** More are left to the grammar's reader. */
const MAX_BRACKETS = 60

const SINGLE: readonly (string | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  return '()[]{},:.;@=+-*/%&|^~<>!'.includes(char) ? char : undefined
})

export function operator(r: Reader, at: number, code: number): void {
  const { text } = r
  const single = SINGLE[code] ?? unfit()
  const next = text.charCodeAt(at + 1)
  let value = single
  if (code === 40 || code === 91 || code === 123) {
    if (++r.brackets > MAX_BRACKETS) unfit()
  } else if (code === 41 || code === 93 || code === 125) {
    if (--r.brackets < 0) unfit()
  } else if (next === 61 && '<>=!+-*/%&|^@:'.includes(single)) value = `${single}=`
  else if (next === code && (code === 42 || code === 47 || code === 60 || code === 62))
    value = text.charCodeAt(at + 2) === 61 ? `${single}${single}=` : `${single}${single}`
  else if (code === 45 && next === 62) value = '->'
  else if (code === 46 && text.startsWith('...', at)) value = '...'
  token(r, OPERATOR, value, at, at + value.length)
}
