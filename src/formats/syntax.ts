import type { Span } from '../text/span.ts'

/** What every configuration format parses to: one tree shape with exact spans, so that readers above never ask which format it was. */
export type Node = Scalar | Mapping | Sequence

export interface Scalar {
  readonly kind: 'scalar'
  /** The value as the format types it: a YAML `false` is a boolean, a quoted "false" and every .properties value is a string. */
  readonly value: string | number | boolean | null
  /** The span of the value as written, quotes included. */
  readonly span: Span
  /** True when a template construct (`{{ … }}`, `<% … %>`, `@…@`) stands in it, so that its value is not known. */
  readonly templated?: boolean
  /**
   * For multi-line strings (YAML block scalars and the like) that may embed another document: ascending pairs that map offsets in `value`
   * to offsets in the file. An offset between two pairs moves with the pair before it.
   */
  readonly mapping?: readonly { readonly at: number; readonly source: number }[]
}

export interface Mapping {
  readonly kind: 'mapping'
  readonly entries: readonly Entry[]
  readonly span: Span
  /** True when something in it could not be read (a template loop, a merge that could not be followed): absence of a key proves nothing. */
  readonly open?: boolean
}

export interface Entry {
  readonly key: string
  readonly keySpan: Span
  readonly value: Node
  /** From the start of the key to the end of the value. */
  readonly span: Span
  /** True when a template condition or loop decides whether this entry is there; the enclosing mapping is then `open`. */
  readonly conditional?: boolean
}

export interface Sequence {
  readonly kind: 'sequence'
  readonly items: readonly Node[]
  readonly span: Span
  readonly open?: boolean
}

export interface Comment {
  /** The text after the comment marker, trimmed. */
  readonly text: string
  readonly span: Span
}

/** Something the parser could not read and went past. */
export interface SyntaxProblem {
  readonly message: string
  readonly span: Span
}

export interface Parsed {
  /** One per YAML document, one for the other formats; none for an empty file. */
  readonly documents: readonly Node[]
  readonly comments: readonly Comment[]
  readonly problems: readonly SyntaxProblem[]
}

export type ConfigFormat = 'properties' | 'yaml' | 'json' | 'toml' | 'env' | 'ini'
