import { type Span, spanOf } from '../text/span.ts'
import { parseEnv } from './env.ts'
import { parseIni } from './ini.ts'
import { parseJson } from './json.ts'
import { parseProperties } from './properties.ts'
import type { ConfigFormat, Entry, Node, Parsed, Scalar } from './syntax.ts'
import { parseToml } from './toml.ts'
import { parseYaml } from './yaml.ts'

const PARSERS: Readonly<Record<ConfigFormat, (text: string) => Parsed>> = {
  properties: parseProperties,
  yaml: parseYaml,
  json: parseJson,
  toml: parseToml,
  env: parseEnv,
  ini: parseIni,
}

/**
 * Parses the text inside a scalar (a ConfigMap's `application.properties: |`); every span refers to the outer file. A `templated` scalar is
 * read like a templated file. Loads every parser: import this module lazily.
 */
export function parseEmbedded(scalar: Scalar, format: ConfigFormat): Parsed {
  if (typeof scalar.value !== 'string') return { documents: [], comments: [], problems: [] }
  const parsed = PARSERS[format](scalar.value)
  const outer = outerSpans(scalar, scalar.value)
  const nodes = new Map<Node, Node>()
  return {
    documents: parsed.documents.map((node) => moveNode(node, outer, nodes)),
    comments: parsed.comments.map((comment) => ({ ...comment, span: outer(comment.span) })),
    problems: parsed.problems.map((problem) => ({ ...problem, span: outer(problem.span) })),
  }
}

type MoveSpan = (span: Span) => Span

function outerSpans(scalar: Scalar, value: string): MoveSpan {
  const { mapping, span } = scalar
  if (mapping !== undefined && mapping.length > 0) {
    const clamp = (offset: number) => Math.min(Math.max(offset, span.start), span.end)
    return (inner) => {
      const start = clamp(sourceOf(mapping, inner.start))
      // by the last character, not the offset after it: that one may map to the next line
      const end = inner.end > inner.start ? clamp(sourceOf(mapping, inner.end - 1) + 1) : start
      return spanOf(start, Math.max(start, end))
    }
  }
  const extra = span.end - span.start - value.length
  // written without escapes, bare or in one pair of quotes
  if (extra === 0 || extra === 2) {
    const shift = span.start + extra / 2
    return (inner) => spanOf(inner.start + shift, inner.end + shift)
  }
  return () => span
}

function sourceOf(mapping: NonNullable<Scalar['mapping']>, offset: number): number {
  let low = 0
  let high = mapping.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((mapping[middle] as { at: number }).at <= offset) low = middle
    else high = middle - 1
  }
  const pair = mapping[low] as { at: number; source: number }
  return pair.source + offset - pair.at
}

function moveNode(node: Node, outer: MoveSpan, nodes: Map<Node, Node>): Node {
  const before = nodes.get(node)
  if (before !== undefined) return before
  const moved = move(node, outer, nodes)
  nodes.set(node, moved)
  return moved
}

function move(node: Node, outer: MoveSpan, nodes: Map<Node, Node>): Node {
  const span = outer(node.span)
  if (node.kind === 'scalar') {
    const mapping = node.mapping?.map(({ at, source }) => ({ at, source: outer(spanOf(source, source)).start }))
    return { ...node, span, ...(mapping === undefined ? {} : { mapping }) }
  }
  if (node.kind === 'sequence') return { ...node, span, items: node.items.map((item) => moveNode(item, outer, nodes)) }
  const entries = node.entries.map(
    (entry): Entry => ({
      ...entry,
      keySpan: outer(entry.keySpan),
      value: moveNode(entry.value, outer, nodes),
      span: outer(entry.span),
    }),
  )
  return { ...node, span, entries }
}
