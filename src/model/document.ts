import type { Comment } from '../formats/syntax.ts'
import type { LineStarts } from '../text/lines.ts'
import type { Span } from '../text/span.ts'

/** One input file that was read. Facts point into it by Location; frames and suppressions need its text, comments and secrets. */
export interface Document {
  /** Relative to the report's root, with `/`. */
  readonly path: string
  readonly format: string
  readonly text: string
  readonly lines: LineStarts
  readonly comments: readonly Comment[]
  /** Spans that must never be shown: passwords, tokens, JAAS configs, credentials in URLs. */
  readonly secrets: readonly Span[]
}

/** A file that was not read, or only in part, and why. */
export interface Skipped {
  readonly path: string
  readonly line?: number
  /** `unreadable` makes the audit incomplete; the others only under --strict. */
  readonly kind:
    | 'unreadable'
    | 'binary'
    | 'too-large'
    | 'encoding'
    | 'syntax'
    | 'template'
    | 'symlink-loop'
    | 'too-deep'
    | 'limit'
  /** What, in one line. */
  readonly reason: string
  /** What to try, in one line. */
  readonly hint?: string
}
