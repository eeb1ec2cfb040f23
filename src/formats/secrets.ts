import { isSecretName } from '../text/secret-name.ts'
import { mergeSpans, secretSpansInText, shown } from '../text/secrets.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { Mapping, Node, Parsed, Scalar } from './syntax.ts'

/** Settings whose name lies in several levels of nesting: `sasl: { jaas: { config: … } }`. */
const NESTED_NAMES = /(?:^|\.)(?:jaas\.config|auth\.user[.-]?info|(?:api|private|secret|access)\.key)$/i

/**
 * Spans of a configuration file that must never be shown: values whose key says so (also as `name: …, value: …` pairs and in Kubernetes
 * Secrets), and whatever its text holds beyond the tree (comments, embedded files, URLs). Ascending, not overlapping.
 */
export function secretSpans(parsed: Parsed, text: string): Span[] {
  const spans = secretSpansInText(text, 'configuration')
  const seen = new Set<Node>()
  for (const document of parsed.documents) collect(document, '', text, spans, seen)
  return mergeSpans(spans)
}

function collect(node: Node, path: string, text: string, spans: Span[], seen: Set<Node>): void {
  if (seen.has(node)) return
  seen.add(node)
  if (node.kind === 'sequence') for (const item of node.items) collect(item, path, text, spans, seen)
  if (node.kind !== 'mapping') return
  collectPair(node, text, spans)
  const isSecret = stringAt(node, 'kind') === 'Secret'
  for (const { key, value } of node.entries) {
    const below = path === '' ? key : `${path}.${key}`
    if (isSecret && (key === 'data' || key === 'stringData')) hideAll(value, text, spans)
    else if (isSecretName(key) || NESTED_NAMES.test(below)) hideScalars(value, text, spans)
    collect(value, below, text, spans, seen)
  }
}

/** `{ name: KAFKA_PASSWORD, value: … }`, as in Kubernetes environments; `key` instead of `name` too. */
function collectPair(node: Mapping, text: string, spans: Span[]): void {
  const name = stringAt(node, 'name') ?? stringAt(node, 'key')
  if (name === undefined || !isSecretName(name)) return
  const value = node.entries.find((entry) => entry.key === 'value')?.value
  if (value !== undefined) hideScalars(value, text, spans)
}

function stringAt(node: Mapping, key: string): string | undefined {
  const value = node.entries.find((entry) => entry.key === key)?.value
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined
}

/** A scalar or the scalars of a list; a mapping's keys speak for themselves. */
function hideScalars(node: Node, text: string, spans: Span[]): void {
  if (node.kind === 'scalar') hide(node, text, spans)
  if (node.kind === 'sequence') for (const item of node.items) if (item.kind === 'scalar') hide(item, text, spans)
}

function hideAll(node: Node, text: string, spans: Span[]): void {
  if (node.kind === 'scalar') hide(node, text, spans)
  else if (node.kind === 'mapping') for (const { value } of node.entries) hideAll(value, text, spans)
  else for (const item of node.items) hideAll(item, text, spans)
}

function hide({ value, span }: Scalar, text: string, spans: Span[]): void {
  if (value === null || typeof value === 'boolean') return
  const quoted = /^(["'])[\s\S]*\1$/.test(text.slice(span.start, span.end)) && span.end - span.start >= 2
  spans.push(...shown(text, quoted ? spanOf(span.start + 1, span.end - 1) : span))
}
