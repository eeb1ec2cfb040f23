import { spanOf } from '../text/span.ts'
import { problemList } from './problems.ts'
import type { Comment, Entry, Parsed } from './syntax.ts'
import { parseWithTemplates } from './templated.ts'

const TAB = 9
const NEWLINE = 10
const FORM_FEED = 12
const RETURN = 13
const SPACE = 32
const BACKSLASH = 92

/**
 * Parses a .properties file by the rules of java.util.Properties: `=`, `:` or white space separate, a backslash escapes or continues the
 * line, `#` and `!` comment only at the start of a line, white space at the end of a value belongs to it.
 */
export function parseProperties(text: string): Parsed {
  return parseWithTemplates(text, 'bare', parsePlain)
}

function parsePlain(text: string): Parsed {
  const entries: Entry[] = []
  const comments: Comment[] = []
  const problems = problemList()
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isBlank(code) || code === NEWLINE || code === RETURN) {
      at++
    } else if (code === 35 || code === 33) {
      const end = lineEnd(text, at)
      comments.push({ text: text.slice(at + 1, end).trim(), span: spanOf(at, end) })
      at = end
    } else {
      const key = readLogical(text, at, true)
      const separator = skipBlank(text, key.end)
      const char = text.charCodeAt(separator)
      const start = char === 61 || char === 58 ? skipBlank(text, separator + 1) : separator
      const value = readLogical(text, start, false)
      const bad = key.badEscape ?? value.badEscape
      if (bad !== undefined) problems.add('malformed \\uXXXX escape', bad, Math.min(bad + 6, text.length))
      entries.push({
        key: key.value,
        keySpan: spanOf(at, key.end),
        value: { kind: 'scalar', value: value.value, span: spanOf(start, value.end) },
        span: spanOf(at, value.end),
      })
      at = value.end
    }
  }
  const documents = entries.length === 0 ? [] : [{ kind: 'mapping' as const, entries, span: wholeOf(entries) }]
  return { documents, comments, problems: problems.list }
}

function wholeOf(entries: readonly Entry[]) {
  return spanOf(entries[0]?.span.start ?? 0, entries[entries.length - 1]?.span.end ?? 0)
}

interface Piece {
  readonly value: string
  readonly end: number
  readonly badEscape?: number
}

/** Reads to the end of the logical line, or of the key, taking escapes and continuations out. */
function readLogical(text: string, start: number, isKey: boolean): Piece {
  let value = ''
  let from = start
  let at = start
  let badEscape: number | undefined
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === NEWLINE || code === RETURN) break
    if (isKey && (code === 61 || code === 58 || isBlank(code))) break
    if (code !== BACKSLASH) continue
    value += text.slice(from, at)
    const next = text.charCodeAt(at + 1)
    if (next === NEWLINE || next === RETURN) {
      from = skipContinuation(text, at)
    } else if (next === 117) {
      const hex = text.slice(at + 2, at + 6)
      const good = /^[0-9a-fA-F]{4}$/.test(hex)
      if (!good) badEscape ??= at
      value += good ? String.fromCharCode(Number.parseInt(hex, 16)) : '\\u'
      from = at + (good ? 6 : 2)
    } else {
      value += at + 1 < text.length ? unescaped(text[at + 1] as string) : ''
      from = Math.min(at + 2, text.length)
    }
    at = from - 1
  }
  return { value: value + text.slice(from, at), end: at, badEscape }
}

function unescaped(char: string): string {
  const index = 'tnrf'.indexOf(char)
  return index < 0 ? char : ('\t\n\r\f'[index] as string)
}

/** From a backslash at the end of a line to the first character of the next line that is not white space. */
function skipContinuation(text: string, backslash: number): number {
  let at = backslash + (text.charCodeAt(backslash + 1) === RETURN && text.charCodeAt(backslash + 2) === NEWLINE ? 3 : 2)
  while (at < text.length && isBlank(text.charCodeAt(at))) at++
  return at
}

/** White space within a logical line, continuations included. */
function skipBlank(text: string, start: number): number {
  let at = start
  for (;;) {
    while (at < text.length && isBlank(text.charCodeAt(at))) at++
    const next = text.charCodeAt(at + 1)
    if (text.charCodeAt(at) !== BACKSLASH || (next !== NEWLINE && next !== RETURN)) return at
    at = skipContinuation(text, at)
  }
}

function lineEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && text.charCodeAt(at) !== NEWLINE && text.charCodeAt(at) !== RETURN) at++
  return at
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === FORM_FEED
}
