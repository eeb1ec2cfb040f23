import { spanOf } from '../text/span.ts'
import type { Scalar } from './syntax.ts'
import { failAt, type TomlReader } from './toml-reader.ts'

/** Reads any of TOML's four kinds of string; a value of several lines carries its mapping. */
export function readString(reader: TomlReader): Scalar {
  const start = reader.at
  const quote = reader.text[start] as string
  const isLong = reader.text.startsWith(quote.repeat(3), start)
  const delimiter = isLong ? quote.repeat(3) : quote
  const close = closing(reader, start + delimiter.length, delimiter)
  if (close === undefined) failAt(start, 'a string that is not closed')
  let from = start + delimiter.length
  // a line end right after the opening quotes is not part of the string
  if (isLong) from += reader.text.startsWith('\r\n', from) ? 2 : reader.text[from] === '\n' ? 1 : 0
  reader.at = close + delimiter.length
  const span = spanOf(start, reader.at)
  const { value, mapping } = quote === '"' ? decode(reader.text, Math.min(from, close), close) : literal(reader.text, from, close)
  return value.includes('\n') ? { kind: 'scalar', value, span, mapping } : { kind: 'scalar', value, span }
}

function closing(reader: TomlReader, from: number, delimiter: string): number | undefined {
  const { text } = reader
  const quote = delimiter[0] as string
  if (reader.unclosed.has(delimiter)) return undefined
  for (let i = from; i < text.length; i++) {
    const char = text[i]
    if (delimiter.length === 1 && (char === '\n' || char === '\r')) return undefined
    if (char === '\\' && quote === '"') i++
    else if (char === quote && text.startsWith(delimiter, i)) {
      // up to two quotes may stand right before the closing three
      let end = i
      while (delimiter.length === 3 && end < i + 2 && text[end + 3] === quote) end++
      return end
    }
  }
  if (delimiter.length === 3) reader.unclosed.add(delimiter)
  return undefined
}

interface Decoded {
  readonly value: string
  readonly mapping: NonNullable<Scalar['mapping']>
}

function literal(text: string, from: number, to: number): Decoded {
  return { value: text.slice(from, Math.max(from, to)), mapping: [{ at: 0, source: from }] }
}

const ESCAPES = /\\(?:[ \t]*\r?\n\s*|u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([\s\S])|$)/g

function decode(text: string, from: number, to: number): Decoded {
  const raw = text.slice(from, to)
  const mapping = [{ at: 0, source: from }]
  let value = ''
  let start = 0
  for (const match of raw.matchAll(ESCAPES)) {
    value += raw.slice(start, match.index) + escaped(match[1] ?? match[2] ?? match[3], match[4], from + match.index)
    start = match.index + match[0].length
    mapping.push({ at: value.length, source: from + start })
  }
  return { value: value + raw.slice(start), mapping }
}

function escaped(hex: string | undefined, letter: string | undefined, offset: number): string {
  if (hex !== undefined) {
    const code = Number.parseInt(hex, 16)
    return code > 0x10ffff ? failAt(offset, 'an escape beyond Unicode') : String.fromCodePoint(code)
  }
  if (letter === undefined) return ''
  const index = 'btnfre"\\'.indexOf(letter)
  return index < 0 ? failAt(offset, `unknown escape \\${letter}`) : ('\b\t\n\f\r\u001b"\\'[index] as string)
}
