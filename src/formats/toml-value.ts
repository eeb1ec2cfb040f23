import type { AST } from 'toml-eslint-parser'
import { spanOf } from '../text/span.ts'
import { escapeMapping } from './escapes.ts'
import { DEEPEST_NESTING } from './nesting.ts'
import type { Node, Scalar } from './syntax.ts'
import { assign, finishTable, type KeyPart, newTable } from './toml-table.ts'

/** The parts of a dotted key. `shift`: where the parsed part of the text begins. */
export function keyParts(key: AST.TOMLKey, shift: number): KeyPart[] {
  return key.keys.map((part) => ({
    name: part.type === 'TOMLBare' ? part.name : part.value,
    span: spanOf(part.range[0] + shift, part.range[1] + shift),
  }))
}

/** The common tree of a value, or undefined where it nests too deep. `depth` counts the mappings and sequences around it. */
export function toNode(value: AST.TOMLContentNode, text: string, shift: number, depth: number): Node | undefined {
  if (depth > DEEPEST_NESTING) return undefined
  const span = spanOf(value.range[0] + shift, value.range[1] + shift)
  if (value.type === 'TOMLValue') return toScalar(value, text, span)
  if (value.type === 'TOMLArray') {
    const items = value.elements.map((element) => toNode(element, text, shift, depth + 1))
    return items.every((item) => item !== undefined) ? { kind: 'sequence', items, span } : undefined
  }
  const table = newTable()
  for (const pair of value.body) {
    const key = keyParts(pair.key, shift)
    const node = toNode(pair.value, text, shift, depth + key.length)
    if (node === undefined) return undefined
    assign(table, key, node)
  }
  return finishTable(table, span)
}

function toScalar(value: AST.TOMLValue, text: string, span: Scalar['span']): Scalar {
  switch (value.kind) {
    case 'boolean':
    case 'float':
      return { kind: 'scalar', value: value.value, span }
    case 'integer':
      // digits beyond 2^53 stay as they are written
      return { kind: 'scalar', value: Number.isSafeInteger(value.value) ? value.value : String(value.bigint), span }
    case 'string':
      return toText(value, text, span)
  }
  return { kind: 'scalar', value: text.slice(span.start, span.end), span }
}

function toText({ value, style, multiline }: AST.TOMLStringValue, text: string, span: Scalar['span']): Scalar {
  if (!value.includes('\n')) return { kind: 'scalar', value, span }
  const quotes = multiline ? 3 : 1
  let from = span.start + quotes
  // a line end right behind the opening quotes is not part of the string
  if (multiline) from += text.startsWith('\r\n', from) ? 2 : text[from] === '\n' ? 1 : 0
  const to = span.end - quotes
  const mapping = style === 'basic' ? escapeMapping(text, from, to, value) : literalMapping(text, from, to, value)
  return mapping === undefined ? { kind: 'scalar', value, span } : { kind: 'scalar', value, span, mapping }
}

function literalMapping(text: string, from: number, to: number, value: string): Scalar['mapping'] {
  return text.slice(from, to) === value ? [{ at: 0, source: from }] : undefined
}
