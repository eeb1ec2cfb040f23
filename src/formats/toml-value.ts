import { spanOf } from '../text/span.ts'
import { DEEPEST_NESTING, TOO_DEEP } from './problems.ts'
import type { Node, Scalar } from './syntax.ts'
import { expect, failAt, type KeyPart, skipBlank, type TomlReader } from './toml-reader.ts'
import { readString } from './toml-string.ts'
import { assign, finishTable, newTable } from './toml-table.ts'

/** A dotted key: bare and quoted parts. */
export function readKey(reader: TomlReader): KeyPart[] {
  const parts: KeyPart[] = []
  for (;;) {
    skipBlank(reader, false)
    parts.push(readKeyPart(reader))
    if (parts.length > DEEPEST_NESTING) failAt(reader.at, TOO_DEEP)
    skipBlank(reader, false)
    if (reader.text[reader.at] !== '.') return parts
    reader.at++
  }
}

function readKeyPart(reader: TomlReader): KeyPart {
  const start = reader.at
  const char = reader.text[start]
  if (char === '"' || char === "'") {
    const { value } = readString(reader)
    return { name: String(value), span: spanOf(start, reader.at) }
  }
  while (reader.at < reader.text.length && /[^\s=.,#"'[\]{}]/.test(reader.text[reader.at] as string)) reader.at++
  if (reader.at === start) failAt(start, 'expected a key')
  return { name: reader.text.slice(start, reader.at), span: spanOf(start, reader.at) }
}

/** `depth` counts the mappings and sequences around the value. */
export function readValue(reader: TomlReader, depth: number): Node {
  if (depth > DEEPEST_NESTING) failAt(reader.at, TOO_DEEP)
  const char = reader.text[reader.at]
  if (char === '"' || char === "'") return readString(reader)
  if (char === '[') return readArray(reader, depth)
  if (char === '{') return readInlineTable(reader, depth)
  return readBare(reader)
}

function readArray(reader: TomlReader, depth: number): Node {
  const start = reader.at
  const items: Node[] = []
  reader.at++
  for (;;) {
    skipBlank(reader, true)
    if (reader.text[reader.at] === ']') break
    items.push(readValue(reader, depth + 1))
    skipBlank(reader, true)
    const char = reader.text[reader.at]
    if (char === ']') break
    if (char !== ',') failAt(reader.at, 'expected , or ] in an array')
    reader.at++
  }
  reader.at++
  return { kind: 'sequence', items, span: spanOf(start, reader.at) }
}

function readInlineTable(reader: TomlReader, depth: number): Node {
  const start = reader.at
  const table = newTable(depth)
  reader.at++
  for (;;) {
    // line ends and a trailing comma are TOML 1.1
    skipBlank(reader, true)
    if (reader.text[reader.at] === '}') break
    const key = readKey(reader)
    expect(reader, '=')
    skipBlank(reader, false)
    assign(table, key, readValue(reader, depth + key.length))
    skipBlank(reader, true)
    const char = reader.text[reader.at]
    if (char === '}') break
    if (char !== ',') failAt(reader.at, 'expected , or } in an inline table')
    reader.at++
  }
  reader.at++
  return finishTable(table, spanOf(start, reader.at))
}

function readBare(reader: TomlReader): Scalar {
  const { text, at: start } = reader
  let end = start
  while (end < text.length && !',]}#\n\r'.includes(text[end] as string)) end++
  while (end > start && /[ \t]/.test(text[end - 1] as string)) end--
  const value = bareValue(text.slice(start, end))
  if (value === undefined) failAt(start, start === end ? 'expected a value' : 'not a TOML value; a string needs quotes')
  reader.at = end
  return { kind: 'scalar', value, span: spanOf(start, end) }
}

function bareValue(word: string): Scalar['value'] | undefined {
  if (word === 'true' || word === 'false') return word === 'true'
  // no number or date is longer
  if (word.length > 400) return undefined
  if (/^[+-]?(inf|nan)$/.test(word)) return word.endsWith('nan') ? Number.NaN : word[0] === '-' ? -Infinity : Infinity
  const digits = word.replaceAll('_', '')
  if (/^0(x[\da-f]+|o[0-7]+|b[01]+)$/i.test(digits)) return Number(digits)
  if (/^[+-]?\d+$/.test(digits)) return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(digits)) return Number(digits)
  return /^(\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d|$)|\d\d:\d\d)[\d:.]*([Zz]|[+-]\d\d:\d\d)?$/.test(word) ? word : undefined
}
