import type { Span } from '../../../text/span.ts'

/**
 * The Python syntax tree that everything above the parser works on, so that the grammar stays exchangeable. Spans are UTF-16 offsets into the
 * file. What could not be read stands in it as `unknown`; everything around it is still there.
 */
export interface Module extends Span {
  readonly kind: 'module'
  readonly body: readonly Statement[]
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Assign
  | AugmentedAssign
  | Return
  | ExpressionStatement
  | If
  | For
  | While
  | Try
  | With
  | Match
  | Import
  | ImportFrom
  | Raise
  | Delete
  | Assert
  | Scope
  | Jump
  | UnknownStatement

export interface FunctionDef extends Span {
  readonly kind: 'function'
  readonly name: string
  readonly nameSpan: Span
  readonly async: boolean
  readonly decorators: readonly Expression[]
  readonly parameters: readonly Parameter[]
  readonly returns?: Expression
  readonly body: readonly Statement[]
}

/** In an import: the module itself, as a whole. */
export const WHOLE = '='

/** `positional` before a bare `/`; `keyword` after `*`; `args` is `*args`, `kwargs` is `**kwargs`. */
export interface Parameter extends Span {
  readonly name: string
  readonly type: 'positional' | 'normal' | 'keyword' | 'args' | 'kwargs'
  readonly annotation?: Expression
  readonly default?: Expression
}

export interface ClassDef extends Span {
  readonly kind: 'class'
  readonly name: string
  readonly nameSpan: Span
  readonly decorators: readonly Expression[]
  readonly bases: readonly Expression[]
  readonly keywords: readonly Keyword[]
  readonly body: readonly Statement[]
}

/** `a = b = value`; `a: T = value`; `a: T` has no value. */
export interface Assign extends Span {
  readonly kind: 'assign'
  readonly targets: readonly Expression[]
  readonly annotation?: Expression
  readonly value?: Expression
}

export interface AugmentedAssign extends Span {
  readonly kind: 'augmented'
  readonly target: Expression
  /** Without the `=`: `+`, `|`. */
  readonly operator: string
  readonly value: Expression
}

export interface Return extends Span {
  readonly kind: 'return'
  readonly value?: Expression
}

export interface ExpressionStatement extends Span {
  readonly kind: 'expression'
  readonly value: Expression
}

/** An `elif` is an `if` alone in `otherwise`. */
export interface If extends Span {
  readonly kind: 'if'
  readonly test: Expression
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
}

export interface For extends Span {
  readonly kind: 'for'
  readonly async: boolean
  readonly target: Expression
  readonly iterable: Expression
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
}

export interface While extends Span {
  readonly kind: 'while'
  readonly test: Expression
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
}

export interface Try extends Span {
  readonly kind: 'try'
  readonly body: readonly Statement[]
  readonly handlers: readonly ExceptHandler[]
  readonly otherwise: readonly Statement[]
  readonly finally: readonly Statement[]
}

export interface ExceptHandler extends Span {
  readonly type?: Expression
  readonly name?: string
  readonly body: readonly Statement[]
}

export interface With extends Span {
  readonly kind: 'with'
  readonly async: boolean
  readonly items: readonly WithItem[]
  readonly body: readonly Statement[]
}

export interface WithItem {
  readonly context: Expression
  readonly target?: Expression
}

export interface Match extends Span {
  readonly kind: 'match'
  readonly subject: Expression
  readonly cases: readonly MatchCase[]
}

export interface MatchCase extends Span {
  /** Names that the pattern binds. */
  readonly captures: readonly string[]
  /** True for `case _:` and bare captures without a guard: nothing falls through. */
  readonly irrefutable: boolean
  readonly guard?: Expression
  readonly body: readonly Statement[]
}

export interface ImportedName extends Span {
  /** Dotted for `import a.b`, `*` for a star import. */
  readonly name: string
  readonly alias?: string
}

export interface Import extends Span {
  readonly kind: 'import'
  readonly names: readonly ImportedName[]
}

export interface ImportFrom extends Span {
  readonly kind: 'import-from'
  /** Number of leading dots. */
  readonly level: number
  /** Empty for `from . import x`. */
  readonly module: string
  readonly names: readonly ImportedName[]
}

export interface Raise extends Span {
  readonly kind: 'raise'
  readonly value?: Expression
  readonly cause?: Expression
}

export interface Delete extends Span {
  readonly kind: 'delete'
  readonly targets: readonly Expression[]
}

export interface Assert extends Span {
  readonly kind: 'assert'
  readonly test: Expression
  readonly message?: Expression
}

export interface Scope extends Span {
  readonly kind: 'global' | 'nonlocal'
  readonly names: readonly string[]
}

export interface Jump extends Span {
  readonly kind: 'break' | 'continue' | 'pass'
}

export interface UnknownStatement extends Span {
  readonly kind: 'unknown-statement'
  /** What of it could be read. */
  readonly parts: readonly Expression[]
}

export type Expression =
  | Name
  | Attribute
  | Call
  | StringLiteral
  | BytesLiteral
  | NumberLiteral
  | BooleanLiteral
  | NoneLiteral
  | EllipsisLiteral
  | FString
  | Dict
  | Sequence
  | Subscript
  | Slice
  | Binary
  | BoolOp
  | Unary
  | Compare
  | Conditional
  | Lambda
  | Comprehension
  | Await
  | Yield
  | Walrus
  | Starred
  | UnknownExpression

export interface Name extends Span {
  readonly kind: 'name'
  readonly name: string
}

export interface Attribute extends Span {
  readonly kind: 'attribute'
  readonly object: Expression
  readonly name: string
}

export interface Call extends Span {
  readonly kind: 'call'
  readonly callee: Expression
  /** Positional arguments; `*args` is a `starred`. */
  readonly positional: readonly Expression[]
  readonly keywords: readonly Keyword[]
}

/** `name=value`, or `**value` when it has no name. */
export interface Keyword extends Span {
  readonly name?: string
  readonly value: Expression
}

/** Adjacent literals joined, escapes decoded. */
export interface StringLiteral extends Span {
  readonly kind: 'string'
  readonly value: string
}

export interface BytesLiteral extends Span {
  readonly kind: 'bytes'
  /** Its source text: bytes are never compared with strings. */
  readonly text: string
}

export interface NumberLiteral extends Span {
  readonly kind: 'number'
  readonly value: number
  readonly float: boolean
}

export interface BooleanLiteral extends Span {
  readonly kind: 'boolean'
  readonly value: boolean
}

export interface NoneLiteral extends Span {
  readonly kind: 'none'
}

export interface EllipsisLiteral extends Span {
  readonly kind: 'ellipsis'
}

/** Text pieces are strings, decoded. */
export interface FString extends Span {
  readonly kind: 'fstring'
  readonly parts: readonly (string | FStringField)[]
}

export interface FStringField extends Span {
  readonly value: Expression
  /** True with a conversion (`!r`), a format or `=`: the text is not plainly str(value). */
  readonly formatted: boolean
}

export interface Dict extends Span {
  readonly kind: 'dict'
  readonly entries: readonly DictEntry[]
}

/** `key: value`, or `**value` when it has no key. */
export interface DictEntry extends Span {
  readonly key?: Expression
  readonly value: Expression
}

export interface Sequence extends Span {
  readonly kind: 'list' | 'tuple' | 'set'
  readonly items: readonly Expression[]
}

export interface Subscript extends Span {
  readonly kind: 'subscript'
  readonly object: Expression
  readonly index: Expression
}

export interface Slice extends Span {
  readonly kind: 'slice'
  readonly parts: readonly Expression[]
}

export interface Binary extends Span {
  readonly kind: 'binary'
  readonly operator: string
  readonly left: Expression
  readonly right: Expression
}

export interface BoolOp extends Span {
  readonly kind: 'bool'
  /** `coalesce`: the right one where the left one is none at all. */
  readonly operator: 'and' | 'or' | 'coalesce'
  readonly left: Expression
  readonly right: Expression
}

export interface Unary extends Span {
  readonly kind: 'unary'
  readonly operator: 'not' | '-' | '+' | '~'
  readonly operand: Expression
}

/** One comparison; `a < b < c` is a compare whose left is a compare. */
export interface Compare extends Span {
  readonly kind: 'compare'
  /** `==`, `in`, `not in`, `is not`, … */
  readonly operator: string
  readonly left: Expression
  readonly right: Expression
}

export interface Conditional extends Span {
  readonly kind: 'conditional'
  readonly test: Expression
  readonly then: Expression
  readonly otherwise: Expression
}

export interface Lambda extends Span {
  readonly kind: 'lambda'
  readonly parameters: readonly Parameter[]
  readonly body: Expression
}

export interface Comprehension extends Span {
  readonly kind: 'comprehension'
  readonly type: 'list' | 'set' | 'dict' | 'generator'
  /** The key of a dict comprehension. */
  readonly key?: Expression
  readonly element: Expression
  readonly clauses: readonly ComprehensionClause[]
}

/** `for target in iterable`, or a condition when it has no target. */
export interface ComprehensionClause {
  readonly target?: Expression
  readonly value: Expression
}

export interface Await extends Span {
  readonly kind: 'await'
  readonly value: Expression
}

export interface Yield extends Span {
  readonly kind: 'yield'
  readonly from: boolean
  readonly value?: Expression
}

export interface Walrus extends Span {
  readonly kind: 'walrus'
  readonly target: Expression
  readonly value: Expression
}

/** `*value` in a call, a display or a target. */
export interface Starred extends Span {
  readonly kind: 'starred'
  readonly value: Expression
}

export interface UnknownExpression extends Span {
  readonly kind: 'unknown'
}
