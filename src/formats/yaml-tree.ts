import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type YAMLMap,
  type YAMLSeq,
  type Node as YamlNode,
  type Pair as YamlPair,
  type Scalar as YamlScalar,
} from 'yaml'
import { type Span, spanOf } from '../text/span.ts'
import { escapeMapping } from './escapes.ts'
import type { Entry, Mapping, Node, Scalar, Sequence } from './syntax.ts'
import { blockMapping } from './yaml-block.ts'

// an alias bomb is a few lines that stand for billions of nodes; honest files stay far below
const MOST_ALIASED_NODES = 100_000
// merge keys copy entries
const MOST_MERGED_ENTRIES = 50_000

interface Building {
  readonly text: string
  /** What an anchor stands for; `undefined` while the anchored node is still being built. */
  readonly anchors: Map<string, Node | undefined>
  /** Nodes that a walk over the finished node visits, aliases expanded. */
  readonly sizes: Map<Node, number>
  aliased: number
  merged: number
}

/** Turns one composed YAML document into the common tree; undefined when it is empty. */
export function yamlTree(contents: YamlNode | null, text: string): Node | undefined {
  if (contents === null) return undefined
  const building: Building = { text, anchors: new Map(), sizes: new Map(), aliased: 0, merged: 0 }
  if (isScalar(contents) && contents.value === null && isEmptyRange(contents)) return undefined
  return build(contents, contents.range?.[0] ?? 0, building)
}

function isEmptyRange(node: YamlNode): boolean {
  return node.range === undefined || node.range === null || node.range[0] === node.range[1]
}

function build(node: YamlNode | null | undefined, at: number, building: Building): Node {
  if (node === null || node === undefined) return sized({ kind: 'scalar', value: null, span: spanOf(at, at) }, 1, building)
  if (isAlias(node)) return follow(node.source, spanOfNode(node, at), building)
  const anchor = (node as { anchor?: string }).anchor
  if (anchor) building.anchors.set(anchor, undefined)
  let built: Node
  if (isMap(node)) built = buildMapping(node, at, building)
  else if (isSeq(node)) built = buildSequence(node, at, building)
  else built = sized(buildScalar(node as YamlScalar, at, building.text), 1, building)
  if (anchor) building.anchors.set(anchor, built)
  return built
}

function sized<T extends Node>(node: T, size: number, building: Building): T {
  building.sizes.set(node, size)
  return node
}

/** The anchor's own node; an open, empty mapping where there is none, it holds the alias itself, or the budget is spent. */
function follow(name: string, span: Span, building: Building): Node {
  const target = building.anchors.get(name)
  const size = target === undefined ? 0 : (building.sizes.get(target) ?? 1)
  if (target === undefined || building.aliased + size > MOST_ALIASED_NODES) {
    return sized({ kind: 'mapping', entries: [], span, open: true }, 1, building)
  }
  building.aliased += size
  return target
}

function buildMapping(map: YAMLMap, at: number, building: Building): Mapping {
  const written: Entry[] = []
  const own: Entry[] = []
  const merges: Node[] = []
  let size = 1
  let open = isCustomTag(map.tag)
  for (const pair of map.items as YamlPair<YamlNode | null, YamlNode | null>[]) {
    const entry = buildEntry(pair, at, building)
    written.push(entry)
    if (isMergeKey(pair)) {
      merges.push(entry.value)
      open ||= !isMergeable(entry.value)
      continue
    }
    own.push(entry)
    open ||= isMap(pair.key) || isSeq(pair.key)
    size += building.sizes.get(entry.value) ?? 1
  }
  const inherited = mergedEntries(merges, own, building)
  open ||= inherited === undefined
  for (const entry of inherited ?? []) size += building.sizes.get(entry.value) ?? 1
  const first = written[0]
  const last = written[written.length - 1]
  const span = map.flow || !first || !last ? spanOfNode(map, at) : spanOf(first.span.start, last.span.end)
  return sized({ kind: 'mapping', entries: [...(inherited ?? []), ...own], span, ...(open ? { open } : {}) }, size, building)
}

function buildEntry(pair: YamlPair<YamlNode | null, YamlNode | null>, at: number, building: Building): Entry {
  const { key } = pair
  const keySpan = key === null ? spanOf(at, at) : spanOfNode(key, at)
  if (isScalar(key) && key.anchor) building.anchors.set(key.anchor, buildScalar(key, keySpan.start, building.text))
  const value = build(pair.value, keySpan.end, building)
  const end = isAlias(pair.value) ? spanOfNode(pair.value, keySpan.end).end : value.span.end
  return { key: keyText(key, keySpan, building), keySpan, value, span: spanOf(keySpan.start, Math.max(keySpan.end, end)) }
}

function keyText(key: YamlNode | null, span: Span, building: Building): string {
  if (key === null) return ''
  if (isAlias(key)) {
    const target = building.anchors.get(key.source)
    return target?.kind === 'scalar' ? String(target.value) : building.text.slice(span.start, span.end)
  }
  // `1.10:` and `true:` are the keys as written; readers compare names
  if (isScalar(key)) return typeof key.value === 'string' ? key.value : (key.source ?? '')
  return building.text.slice(span.start, span.end)
}

function isMergeKey(pair: YamlPair<YamlNode | null, YamlNode | null>): boolean {
  return isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN'
}

function isMergeable(node: Node): boolean {
  if (node.kind === 'sequence')
    return node.open !== true && node.items.every((item) => item.kind === 'mapping' && item.open !== true)
  return node.kind === 'mapping' && node.open !== true
}

/** The entries that merge keys bring in, without those that the mapping itself or an earlier source overrides; undefined beyond the budget. */
function mergedEntries(merges: readonly Node[], own: readonly Entry[], building: Building): readonly Entry[] | undefined {
  if (merges.length === 0) return []
  const taken = new Set(own.map((entry) => entry.key))
  const inherited: Entry[] = []
  const sources = merges.flatMap((node) => (node.kind === 'sequence' ? node.items : [node]))
  for (const source of sources) {
    if (source.kind !== 'mapping') continue
    building.merged += source.entries.length
    if (building.merged > MOST_MERGED_ENTRIES) return undefined
    // within one source the last of duplicate keys wins, so keep them all
    inherited.push(...source.entries.filter((entry) => !taken.has(entry.key)))
    for (const entry of source.entries) taken.add(entry.key)
  }
  const size = inherited.reduce((sum, entry) => sum + (building.sizes.get(entry.value) ?? 1), 0)
  if (building.aliased + size > MOST_ALIASED_NODES) return undefined
  building.aliased += size
  return inherited
}

function buildSequence(seq: YAMLSeq, at: number, building: Building): Sequence {
  const range = spanOfNode(seq, at)
  let size = 1
  let end = range.start
  const items = (seq.items as (YamlNode | null)[]).map((item) => {
    const node = build(item, Math.max(end, range.start), building)
    size += building.sizes.get(node) ?? 1
    end = isAlias(item) ? spanOfNode(item, end).end : node.span.end
    return node
  })
  const span = seq.flow ? range : spanOf(range.start, Math.max(range.start, end))
  return sized({ kind: 'sequence', items, span, ...(isCustomTag(seq.tag) ? { open: true } : {}) }, size, building)
}

function buildScalar(node: YamlScalar, at: number, text: string): Scalar {
  const value = scalarValue(node)
  const templated = isCustomTag(node.tag) ? { templated: true } : {}
  const range = spanOfNode(node, at)
  if (range.start === range.end) return { kind: 'scalar', value, span: emptyAfter(range.start, at, text), ...templated }
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') {
    const mapping = blockMapping(text, range, String(value), node.type === 'BLOCK_FOLDED')
    return { kind: 'scalar', value, span: spanOf(range.start, trimmedEnd(text, range)), mapping, ...templated }
  }
  if (node.type === 'QUOTE_DOUBLE' && typeof value === 'string' && value.includes('\n')) {
    const mapping = escapeMapping(text, range.start + 1, range.end - 1, value)
    if (mapping !== undefined) return { kind: 'scalar', value, span: range, mapping, ...templated }
  }
  return { kind: 'scalar', value, span: range, ...templated }
}

function scalarValue(node: YamlScalar): Scalar['value'] {
  const { value } = node
  // an integer beyond 2^53 (an id, a group name of digits) keeps its digits
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && node.source) return node.source
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return node.source ?? String(value)
}

/** A null value has no text: it stands right behind its key's colon, not behind the comment that may follow. */
function emptyAfter(offset: number, from: number, text: string): Span {
  let at = offset
  while (at > from && /\s/.test(text[at - 1] as string)) at--
  return spanOf(at, at)
}

function trimmedEnd(text: string, range: Span): number {
  let end = range.end
  while (end > range.start && /\s/.test(text[end - 1] as string)) end--
  return end
}

function isCustomTag(tag: string | undefined): boolean {
  return (tag?.startsWith('!') ?? false) && tag !== '!'
}

function spanOfNode(node: YamlNode, at: number): Span {
  return node.range ? spanOf(node.range[0], node.range[1]) : spanOf(at, at)
}
