import type { Expression, FStringField } from '../program/syntax.ts'
import { type Conversion, forChildren, isOperand, unknownAt } from './conversion.ts'
import { decodeEscapes, literalParts } from './string-literals.ts'

export function stringLiteral(source: string, start: number, end: number): Expression {
  const parts = literalParts(source)
  if (parts.bytes) return { kind: 'bytes', text: source, start, end }
  const content = source.slice(parts.from, parts.to)
  return { kind: 'string', value: parts.raw ? content : decodeEscapes(content), start, end }
}

export function fstringParts(c: Conversion): (string | FStringField)[] {
  const { cursor, text } = c
  const source = text.slice(cursor.from, cursor.to)
  const literal = literalParts(source)
  const parts: (string | FStringField)[] = []
  let at = cursor.from + literal.from
  const last = cursor.from + literal.to
  const addText = (to: number) => {
    if (to <= at) return
    const piece = text.slice(at, to).replaceAll('{{', '{').replaceAll('}}', '}')
    parts.push(literal.raw ? piece : decodeEscapes(piece))
  }
  forChildren(c, (name) => {
    if (name !== 'FormatReplacement') return
    addText(cursor.from)
    parts.push(fstringField(c))
    at = cursor.to
  })
  addText(last)
  return parts
}

function fstringField(c: Conversion): FStringField {
  const { from: start, to: end } = c.cursor
  let value: Expression | undefined
  let formatted = false
  forChildren(c, (name) => {
    if (name === 'FormatConversion' || name === 'FormatSpec' || name === 'FormatSelfDoc') formatted = true
    else if (isOperand(name)) value ??= c.expression(c)
  })
  return { value: value ?? unknownAt({ start, end }), formatted, start, end }
}

export function continuedString(c: Conversion, start: number, end: number): Expression {
  const parts: (string | FStringField)[] = []
  let bytes = false
  forChildren(c, (name) => {
    if (name === 'FormatString') parts.push(...fstringParts(c))
    else if (name === 'String') {
      const literal = c.expression(c)
      if (literal.kind === 'string') parts.push(literal.value)
      else bytes = true
    }
  })
  if (bytes) return { kind: 'bytes', text: c.text.slice(start, end), start, end }
  if (parts.every((part) => typeof part === 'string')) return { kind: 'string', value: parts.join(''), start, end }
  return { kind: 'fstring', parts, start, end }
}

export function numberLiteral(source: string, start: number, end: number): Expression {
  const plain = source.replaceAll('_', '').toLowerCase()
  // Complex numbers are no setting's value; long integers of Python 2 end in l.
  if (plain.endsWith('j')) return { kind: 'unknown', start, end }
  const value = Number(/^0\d+$/.test(plain) ? Number.parseInt(plain, 8) : plain.replace(/l$/, ''))
  const float = !/^0[xob]/.test(plain) && /[.e]/.test(plain)
  return Number.isNaN(value) ? { kind: 'unknown', start, end } : { kind: 'number', value, float, start, end }
}
