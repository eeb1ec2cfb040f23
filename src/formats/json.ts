import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser'
import { type Span, spanOf } from '../text/span.ts'
import { escapeMapping } from './escapes.ts'
import { offsetTooDeep, TOO_DEEP } from './nesting.ts'
import { problemList } from './problems.ts'
import type { Comment, Entry, Node, Parsed, Scalar } from './syntax.ts'
import { parseWithTemplates } from './templated.ts'

/** Parses JSON and JSONC (comments, trailing commas). What stands before and between syntax errors is kept. */
export function parseJson(text: string): Parsed {
  return parseWithTemplates(text, 'quoted', parsePlain)
}

type Building =
  | { readonly kind: 'mapping'; readonly entries: Entry[]; readonly start: number; key?: { text: string; span: Span } }
  | { readonly kind: 'sequence'; readonly items: Node[]; readonly start: number }

function parsePlain(given: string): Parsed {
  const text = given.charCodeAt(0) === 0xfeff ? ` ${given.slice(1)}` : given
  const tooDeep = offsetTooDeep(text, '"')
  if (tooDeep !== undefined) {
    return { documents: [], comments: [], problems: [{ message: TOO_DEEP, span: spanOf(tooDeep, tooDeep + 1) }] }
  }
  const documents: Node[] = []
  const comments: Comment[] = []
  const problems = problemList()
  const stack: Building[] = []

  const add = (value: Node) => {
    const parent = stack[stack.length - 1]
    if (parent === undefined) {
      if (documents.length === 0) documents.push(value)
    } else if (parent.kind === 'sequence') {
      parent.items.push(value)
    } else if (parent.key !== undefined) {
      const { text: key, span: keySpan } = parent.key
      parent.entries.push({ key, keySpan, value, span: spanOf(keySpan.start, value.span.end) })
      parent.key = undefined
    }
  }
  const close = (end: number) => {
    const building = stack.pop()
    if (building === undefined) return
    const span = spanOf(building.start, end)
    if (building.kind === 'mapping') add({ kind: 'mapping', entries: building.entries, span })
    else add({ kind: 'sequence', items: building.items, span })
  }
  visit(
    text,
    {
      onObjectBegin: (start) => void stack.push({ kind: 'mapping', entries: [], start }),
      onArrayBegin: (start) => void stack.push({ kind: 'sequence', items: [], start }),
      onObjectProperty: (key, offset, length) => {
        const parent = stack[stack.length - 1]
        if (parent?.kind === 'mapping') parent.key = { text: key, span: within(text, offset, length) }
      },
      onObjectEnd: (offset, length) => close(Math.min(offset + length, text.length)),
      onArrayEnd: (offset, length) => close(Math.min(offset + length, text.length)),
      onLiteralValue: (value: Scalar['value'], offset, length) => add(literal(text, value, offset, length)),
      onComment: (offset, length) => void comments.push(comment(text, offset, length)),
      onError: (error, offset, length) => {
        const { start, end } = within(text, offset, length)
        problems.add(describe(error), start, end)
      },
    },
    { allowTrailingComma: true, allowEmptyContent: true },
  )
  while (stack.length > 0) close(text.length)
  return { documents, comments, problems: problems.list }
}

function literal(text: string, value: Scalar['value'], offset: number, length: number): Scalar {
  const span = within(text, offset, length)
  if (typeof value !== 'string' || !value.includes('\n')) return { kind: 'scalar', value, span }
  const mapping = escapeMapping(text, span.start + 1, span.end - 1, value)
  return mapping === undefined ? { kind: 'scalar', value, span } : { kind: 'scalar', value, span, mapping }
}

function comment(text: string, offset: number, length: number): Comment {
  const source = text.slice(offset, offset + length)
  return {
    text: source
      .replace(/^\/[/*]/, '')
      .replace(/\*\/$/, '')
      .trim(),
    span: within(text, offset, length),
  }
}

/** The scanner counts past the end of a text that ends in an unfinished token. */
function within(text: string, offset: number, length: number): Span {
  return spanOf(Math.min(offset, text.length), Math.min(offset + length, text.length))
}

/** `PropertyNameExpected` → "property name expected". */
function describe(error: ParseErrorCode): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}
