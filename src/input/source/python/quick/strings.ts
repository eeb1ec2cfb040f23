import type { Expression, FStringField } from '../../program/syntax.ts'
import { stringLiteral } from '../convert-literals.ts'
import { decodeEscapes, literalParts } from '../string-literals.ts'
import { OPERATOR, type Reader, STRING, unfit } from './reader.ts'
import { advance, isOperator } from './tokens.ts'

/** A string with fields, or several literals side by side; the first is already passed. */
export function strings(r: Reader, start: number, end: number): Expression {
  const spans = [{ start, end }]
  for (; r.kind === STRING; advance(r)) spans.push({ start: r.start, end: r.end })
  const parts: (string | FStringField)[] = []
  let bytes = false
  let formats = false
  let deep = 0
  for (const span of spans) {
    const source = r.text.slice(span.start, span.end)
    if (literalParts(source).format) {
      formats = true
      parts.push(...fields(r, source, span.start))
      deep = Math.max(deep, r.deep)
    } else {
      const literal = stringLiteral(source, span.start, span.end)
      if (literal.kind === 'string') parts.push(literal.value)
      else bytes = true
    }
  }
  r.deep = deep + 1
  const last = (spans.at(-1) as (typeof spans)[number]).end
  if (spans.length === 1 && formats) return { kind: 'fstring', parts, start, end }
  if (bytes) return { kind: 'bytes', text: r.text.slice(start, last), start, end: last }
  if (parts.every((part) => typeof part === 'string')) return { kind: 'string', value: parts.join(''), start, end: last }
  return { kind: 'fstring', parts, start, end: last }
}

/** The pieces and fields of a format string. */
function fields(r: Reader, source: string, start: number): (string | FStringField)[] {
  const { text } = r
  const literal = literalParts(source)
  const parts: (string | FStringField)[] = []
  const last = start + literal.to
  let at = start + literal.from
  const addText = (to: number) => {
    if (to <= at) return
    const piece = text.slice(at, to).replaceAll('{{', '{').replaceAll('}}', '}')
    parts.push(literal.raw ? piece : decodeEscapes(piece))
  }
  let deep = 0
  for (let i = at; i < last; ) {
    const char = text[i]
    // `\{` and `\N{…}` are for the grammar to tell apart.
    if (char === '\\' && !literal.raw && (text[i + 1] === 'N' || text[i + 1] === '{')) unfit()
    if (char === '\\' && !literal.raw) i += 2
    else if (char === '}' && text[i + 1] !== '}') unfit()
    else if (char === '}' || (char === '{' && text[i + 1] === '{')) i += 2
    else if (char === '{') {
      addText(i)
      const one = field(r, i, last)
      deep = Math.max(deep, r.deep)
      parts.push(one)
      at = one.end
      i = at
    } else i++
  }
  addText(last)
  r.deep = deep
  return parts
}

/** Reads `{value!r:format}` with the reader set back to it. */
function field(r: Reader, start: number, limit: number): FStringField {
  const { kind, value: word, start: from, end, last, at, brackets, fresh, dedents, comments } = r
  const said = comments.length
  r.at = start + 1
  r.brackets = 1
  r.fresh = false
  r.dedents = 0
  advance(r)
  const value = r.test(r)
  let formatted = false
  if (isOperator(r, '=')) {
    formatted = true
    advance(r)
  }
  if (isOperator(r, '!')) {
    formatted = true
    advance(r)
    if (!/^[rsa]$/.test(r.value)) unfit()
    advance(r)
  }
  let close = r.start
  if (isOperator(r, ':')) {
    formatted = true
    close = endOfFormat(r.text, r.end, limit)
  } else if (!(r.kind === OPERATOR && r.value === '}')) unfit()
  if (close >= limit || comments.length > said) unfit()
  r.kind = kind
  r.value = word
  r.start = from
  r.end = end
  r.last = last
  r.at = at
  r.brackets = brackets
  r.fresh = fresh
  r.dedents = dedents
  return { value, formatted, start, end: close + 1 }
}

function endOfFormat(text: string, from: number, limit: number): number {
  let depth = 0
  for (let i = from; i < limit; i++) {
    const char = text[i]
    if (char === '{') depth++
    else if (char === '}' && depth-- === 0) return i
    else if (char === '"' || char === "'" || char === '\n') unfit()
  }
  return unfit()
}
