import { spanOf } from '../text/span.ts'
import { problemList } from './problems.ts'
import type { Comment, Entry, Parsed, Scalar } from './syntax.ts'
import { parseWithTemplates } from './templated.ts'

/**
 * Parses a .env file as dotenv, python-dotenv and compose agree on it: `export`, single and double quotes (the latter with escapes and over
 * several lines), ` # comment` after bare values. `${NAME}` is resolved where NAME stands above in the same file; any other reference
 * leaves the text and marks the value `templated`. A bare `NAME` takes its value from the shell: null and `templated`.
 */
export function parseEnv(text: string): Parsed {
  return parseWithTemplates(text, 'bare', parsePlain)
}

interface Reader {
  readonly text: string
  readonly comments: Comment[]
  readonly defined: Map<string, string | undefined>
  // quotes known to be closed nowhere in the rest of the text: searched once only
  readonly unclosed: Set<string>
}

function parsePlain(text: string): Parsed {
  const reader: Reader = { text, comments: [], defined: new Map(), unclosed: new Set() }
  const entries: Entry[] = []
  const problems = problemList()
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 9 || code === 10 || code === 13) {
      at++
      continue
    }
    const end = lineEnd(text, at)
    if (code === 35) {
      addComment(reader, at, end)
      at = end
      continue
    }
    const entry = readEntry(reader, at, end)
    if (entry === undefined) problems.add('neither NAME=value nor a comment', at, end)
    else {
      entries.push(entry)
      const scalar = entry.value as Scalar
      reader.defined.set(entry.key, scalar.templated ? undefined : String(scalar.value))
    }
    at = entry === undefined ? end : Math.max(lineEnd(text, entry.span.end), end)
  }
  const first = entries[0]
  const last = entries[entries.length - 1]
  const documents = first && last ? [{ kind: 'mapping' as const, entries, span: spanOf(first.span.start, last.span.end) }] : []
  return { documents, comments: reader.comments, problems: problems.list }
}

function readEntry(reader: Reader, lineStart: number, end: number): Entry | undefined {
  const { text } = reader
  let start = lineStart
  if (/^export[ \t]/.test(text.slice(start, start + 7))) start = skipBlank(text, start + 7, end)
  let keyEnd = start
  while (keyEnd < end && !/[\s=]/.test(text[keyEnd] as string)) keyEnd++
  const separator = skipBlank(text, keyEnd, end)
  const keySpan = spanOf(start, keyEnd)
  const key = text.slice(start, keyEnd)
  if (separator === end && /^[A-Za-z_]\w*$/.test(key)) {
    return { key, keySpan, value: { kind: 'scalar', value: null, span: spanOf(keyEnd, keyEnd), templated: true }, span: keySpan }
  }
  if (keyEnd === start || text[separator] !== '=') return undefined
  const value = readValue(reader, separator + 1, end)
  return { key, keySpan, value, span: spanOf(start, value.span.end) }
}

function readValue(reader: Reader, afterSeparator: number, end: number): Scalar {
  const { text } = reader
  const start = skipBlank(text, afterSeparator, end)
  const quote = text[start]
  if (start < end && (quote === '"' || quote === "'")) {
    const close = closingQuote(reader, start, quote)
    if (close !== undefined && endsHere(reader, close + 1)) {
      const inner = text.slice(start + 1, close)
      const span = spanOf(start, close + 1)
      if (quote === "'") return { kind: 'scalar', value: inner, span }
      return { kind: 'scalar', ...interpolate(unescaped(inner), reader.defined), span }
    }
  }
  let stop = start
  for (let i = afterSeparator; i < end; i++) {
    const char = text[i] as string
    if (char === '#' && i > afterSeparator && /[ \t]/.test(text[i - 1] as string)) {
      addComment(reader, i, end)
      break
    }
    if (char !== ' ' && char !== '\t') stop = i + 1
  }
  const span = stop > start ? spanOf(start, stop) : spanOf(afterSeparator, afterSeparator)
  return { kind: 'scalar', ...interpolate(text.slice(span.start, span.end), reader.defined), span }
}

/** Whether only white space or a comment follows on the line; takes the comment. */
function endsHere(reader: Reader, offset: number): boolean {
  const end = lineEnd(reader.text, offset)
  const rest = skipBlank(reader.text, offset, end)
  if (rest === end) return true
  if (reader.text[rest] !== '#') return false
  addComment(reader, rest, end)
  return true
}

function closingQuote(reader: Reader, open: number, quote: string): number | undefined {
  if (reader.unclosed.has(quote)) return undefined
  for (let i = open + 1; i < reader.text.length; i++) {
    const char = reader.text[i]
    if (char === quote) return i
    if (char === '\\' && quote === '"') i++
  }
  reader.unclosed.add(quote)
  return undefined
}

function unescaped(inner: string): string {
  if (!inner.includes('\\')) return inner
  return inner.replace(/\\(?:([nrtf"\\`])|(\r?\n))/g, (_, char: string | undefined) => {
    if (char === undefined) return ''
    const index = 'nrtf'.indexOf(char)
    return index < 0 ? char : ('\n\r\t\f'[index] as string)
  })
}

function interpolate(text: string, defined: Reader['defined']): Pick<Scalar, 'value' | 'templated'> {
  if (!text.includes('$')) return { value: text }
  let unknown = false
  const value = text.replace(/\\\$|\$(?:\{([A-Za-z_]\w*)\}|\{|[A-Za-z_])/g, (reference, name: string | undefined) => {
    if (reference === '\\$') return '$'
    const known = name === undefined ? undefined : defined.get(name)
    if (known === undefined) unknown = true
    return known ?? reference
  })
  return unknown ? { value: text, templated: true } : { value }
}

function addComment(reader: Reader, start: number, end: number): void {
  reader.comments.push({ text: reader.text.slice(start + 1, end).trim(), span: spanOf(start, end) })
}

function skipBlank(text: string, start: number, end: number): number {
  let at = start
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++
  return at
}

function lineEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++
  return at
}
