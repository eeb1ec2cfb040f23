import type { Comment } from '../../../../formats/syntax.ts'
import type { Expression, Statement } from '../../program/syntax.ts'

export const END = 0
export const NEWLINE = 1
export const INDENT = 2
export const DEDENT = 3
export const NAME = 4
export const KEYWORD = 5
export const NUMBER = 6
export const STRING = 7
export const OPERATOR = 8

/** A text being read: the token at hand, and what is needed to find the next. */
export interface Reader {
  readonly text: string
  readonly comments: Comment[]
  /** Reads an expression; operators that bind at least so strongly; a `yield`. Here, so that the parts of the parser need not import each other. */
  readonly test: (r: Reader) => Expression
  readonly operation: (r: Reader, least: number) => Expression
  readonly yielded: (r: Reader) => Expression
  /** Reads the statements after a `:`, the targets of a `for`, and what may be a tuple without parentheses. */
  readonly block: (r: Reader) => Statement[]
  readonly targets: (r: Reader) => Expression
  readonly list: (r: Reader) => Expression
  kind: number
  /** The text of a name, keyword or operator. */
  value: string
  start: number
  end: number
  /** Where the token before ended. */
  last: number
  /** Where the next token is looked for. */
  at: number
  /** Open brackets: line ends mean nothing inside them. */
  brackets: number
  /** A line begins: its indentation counts. */
  fresh: boolean
  readonly indents: number[]
  /** Blocks that end before the next token. */
  dedents: number
  /** How deeply the expression read last is nested. */
  deep: number
}

/** Thrown where a text is not the plain Python that this reader knows. */
export class Unfit extends Error {}

const UNFIT = new Unfit('not plain Python')

export function unfit(): never {
  throw UNFIT
}

export function token(r: Reader, kind: number, value: string, start: number, end: number): void {
  r.kind = kind
  r.value = value
  r.start = start
  r.end = end
  r.at = end
}
