import { type Span, spanOf } from '../text/span.ts'
import type { Comment } from './syntax.ts'

/** A position in the text that moves on; comments are gathered as they are passed. */
export interface TomlReader {
  readonly text: string
  at: number
  readonly comments: Comment[]
  /** Delimiters of multi-line strings known not to come any more: looked for once only. */
  readonly unclosed: Set<string>
}

export interface KeyPart {
  readonly name: string
  readonly span: Span
}

/** Ends the reading of one statement; the parser reports it and goes on with the next. */
export class TomlSyntaxError extends Error {
  override readonly name = 'TomlSyntaxError'
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

export function failAt(offset: number, message: string): never {
  throw new TomlSyntaxError(message, offset)
}

/** Passes white space before the token, and the token. */
export function expect(reader: TomlReader, token: string): void {
  skipBlank(reader, false)
  if (!reader.text.startsWith(token, reader.at)) failAt(reader.at, `expected ${token}`)
  reader.at += token.length
}

/** Passes white space and a comment; with `lines`, line ends too. */
export function skipBlank(reader: TomlReader, lines: boolean): void {
  const { text } = reader
  for (; reader.at < text.length; reader.at++) {
    const code = text.charCodeAt(reader.at)
    if (code === 35) {
      const start = reader.at
      while (reader.at < text.length && text.charCodeAt(reader.at) !== 10) reader.at++
      const end = text[reader.at - 1] === '\r' ? reader.at - 1 : reader.at
      // a failed statement is read again from its line's start: comments passed in it come twice
      const last = reader.comments[reader.comments.length - 1]
      if (last === undefined || last.span.start < start) {
        reader.comments.push({ text: text.slice(start + 1, end).trim(), span: spanOf(start, end) })
      }
      reader.at--
    } else if (code !== 32 && code !== 9 && !(lines && (code === 10 || code === 13))) return
  }
}
