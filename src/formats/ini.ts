import { spanOf } from '../text/span.ts'
import type { Comment, Entry, Mapping, Parsed, Scalar } from './syntax.ts'
import { parseWithTemplates } from './templated.ts'

/**
 * Parses an INI file as Python's configparser does: `[section]`, `=` or `:`, whole-line comments with `#` or `;`, and values that go on in
 * lines indented deeper than their key. A key without separator has the value null. `%(name)s` marks a value `templated`.
 */
export function parseIni(text: string): Parsed {
  return parseWithTemplates(text, 'bare', parsePlain)
}

interface Option {
  readonly indent: number
  readonly key: string
  readonly keyStart: number
  readonly keyEnd: number
  readonly start: number
  end: number
  readonly separated: boolean
  readonly lines: { readonly text: string; readonly source: number }[]
}

interface Section {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly options: Option[]
}

function parsePlain(text: string): Parsed {
  const top: Section = { name: '', start: 0, end: 0, options: [] }
  const sections: Section[] = []
  const comments: Comment[] = []
  let section = top
  let option: Option | undefined
  let blank = false
  for (let lineStart = text.charCodeAt(0) === 0xfeff ? 1 : 0; lineStart < text.length; ) {
    const lineStop = lineEnd(text, lineStart)
    let start = lineStart
    while (start < lineStop && /\s/.test(text[start] as string)) start++
    let end = lineStop
    while (end > start && /\s/.test(text[end - 1] as string)) end--
    const indent = start - lineStart
    const first = text[start]
    lineStart = text[lineStop] === '\r' && text[lineStop + 1] === '\n' ? lineStop + 2 : lineStop + 1
    if (start === end) {
      blank = true
      continue
    }
    if (first === '#' || first === ';') {
      comments.push({ text: text.slice(start + 1, end).trim(), span: spanOf(start, end) })
    } else if (option !== undefined && indent > option.indent) {
      if (blank && option.lines.length > 0) option.lines.push({ text: '', source: start })
      option.lines.push({ text: text.slice(start, end), source: start })
      option.end = end
    } else if (first === '[' && text.slice(start, end).includes(']')) {
      const close = start + text.slice(start, end).lastIndexOf(']')
      section = { name: text.slice(start + 1, close), start: start + 1, end: close, options: [] }
      sections.push(section)
      option = undefined
    } else {
      option = readOption(text, start, end, indent)
      section.options.push(option)
    }
    blank = false
  }
  const entries = [...top.options.map(toEntry), ...sections.map(sectionEntry)]
  const documents: Mapping[] = entries.length === 0 ? [] : [{ kind: 'mapping', entries, span: around(entries) }]
  return { documents, comments, problems: [] }
}

function readOption(text: string, start: number, end: number, indent: number): Option {
  let separator = start
  while (separator < end && text[separator] !== '=' && text[separator] !== ':') separator++
  let keyEnd = separator
  while (keyEnd > start && /\s/.test(text[keyEnd - 1] as string)) keyEnd--
  const separated = separator < end
  let valueStart = separated ? separator + 1 : keyEnd
  while (valueStart < end && /\s/.test(text[valueStart] as string)) valueStart++
  const value = text.slice(valueStart, end)
  return {
    indent,
    key: text.slice(start, keyEnd),
    keyStart: start,
    keyEnd,
    start: valueStart,
    end: Math.max(valueStart, end),
    separated,
    lines: separated ? [{ text: value, source: valueStart }] : [],
  }
}

function toEntry(option: Option): Entry {
  return {
    key: option.key,
    keySpan: spanOf(option.keyStart, option.keyEnd),
    value: option.separated || option.lines.length > 0 ? toScalar(option) : emptyScalar(option),
    span: spanOf(option.keyStart, option.end),
  }
}

function emptyScalar(option: Option): Scalar {
  return { kind: 'scalar', value: null, span: spanOf(option.keyEnd, option.keyEnd) }
}

function toScalar(option: Option): Scalar {
  const value = option.lines.map((line) => line.text).join('\n')
  const scalar: Scalar = { kind: 'scalar', value, span: spanOf(option.start, option.end) }
  const marks = /%\([^)]{1,200}\)s/.test(value) ? { templated: true } : {}
  if (option.lines.length < 2) return { ...scalar, ...marks }
  let at = 0
  const mapping = option.lines.map((line) => {
    const pair = { at, source: line.source }
    at += line.text.length + 1
    return pair
  })
  return { ...scalar, ...marks, mapping }
}

function sectionEntry(section: Section): Entry {
  const entries = section.options.map(toEntry)
  const keySpan = spanOf(section.start, section.end)
  const span = entries.length === 0 ? spanOf(section.end, section.end) : around(entries)
  return { key: section.name, keySpan, value: { kind: 'mapping', entries, span }, span: spanOf(section.start, span.end) }
}

function around(entries: readonly Entry[]) {
  return spanOf(entries[0]?.span.start ?? 0, entries[entries.length - 1]?.span.end ?? 0)
}

function lineEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++
  return at
}
