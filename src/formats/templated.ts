import { overlaps, type Span } from '../text/span.ts'
import { collectOpenings, type Openings } from './openings.ts'
import type { Entry, Mapping, Node, Parsed, Scalar, Sequence } from './syntax.ts'
import { type FillStyle, type MaskedText, maskTemplates, type Region } from './template.ts'

/**
 * Parses a text that may hold template constructs: they are masked, the rest is parsed, and then every value they stand in is marked
 * `templated` (its text restored), every mapping or sequence they may add to is `open`, every entry under a condition `conditional`.
 */
export function parseWithTemplates(text: string, style: FillStyle, parse: (text: string) => Parsed): Parsed {
  const masked = maskTemplates(text, style)
  if (masked === undefined) return parse(text)
  const parsed = parse(masked.text)
  const insertion = masked.holes.find((hole) => hole.column >= 0)
  if (parsed.documents.length === 0 && insertion !== undefined) {
    return { ...parsed, documents: [{ kind: 'mapping', entries: [], span: insertion.span, open: true }] }
  }
  const marking: Marking = {
    original: text,
    masked,
    openings: collectOpenings(parsed.documents, masked),
    nodes: new Map(),
    entries: new Map(),
  }
  return {
    documents: parsed.documents.map((node) => markNode(node, undefined, marking)),
    comments: parsed.comments.map((comment) => ({ ...comment, text: restoreRuns(comment.text, comment.span, marking) })),
    problems: parsed.problems,
  }
}

interface Marking {
  readonly original: string
  readonly masked: MaskedText
  readonly openings: Openings
  // aliases make the tree a graph: each node and entry is rewritten once
  readonly nodes: Map<Node, Node>
  readonly entries: Map<Entry, Entry>
}

function markNode(node: Node, ownerStart: number | undefined, marking: Marking): Node {
  const before = marking.nodes.get(node)
  if (before !== undefined) return before
  const marked = rewrite(node, ownerStart, marking)
  marking.nodes.set(node, marked)
  return marked
}

function rewrite(node: Node, ownerStart: number | undefined, marking: Marking): Node {
  if (node.kind === 'scalar') return markScalar(node, marking)
  return node.kind === 'mapping' ? markMapping(node, ownerStart, marking) : markSequence(node, ownerStart, marking)
}

function markScalar(scalar: Scalar, marking: Marking): Node {
  const emptied = marking.openings.emptied.get(scalar)
  if (emptied !== undefined) {
    return scalar.value === null
      ? { kind: 'mapping', entries: [], span: emptied, open: true }
      : { ...scalar, templated: true, value: marking.original.slice(emptied.start, emptied.end) }
  }
  const { fills, holes } = marking.masked
  const holed = firstOverlap(holes, (hole) => hole.span, scalar.span) >= 0
  if (!holed && firstOverlap(fills, (fill) => fill, scalar.span) < 0) return scalar
  return { ...scalar, templated: true, value: restoredValue(scalar, holed, marking) }
}

function restoredValue(scalar: Scalar, holed: boolean, marking: Marking): Scalar['value'] {
  if (typeof scalar.value !== 'string') return scalar.value
  if (scalar.mapping !== undefined) return restoreMapped(scalar.value, scalar.mapping, marking)
  if (holed) return marking.original.slice(scalar.span.start, scalar.span.end)
  return restoreRuns(scalar.value, scalar.span, marking)
}

/** Masking keeps offsets, so whatever piece of the value still equals the masked text is the original text at the same offsets. */
function restoreMapped(value: string, mapping: NonNullable<Scalar['mapping']>, marking: Marking): string {
  const pieces = mapping.map(({ at, source }, i) => {
    const piece = value.slice(at, mapping[i + 1]?.at ?? value.length)
    // the line end behind the piece may be folded, or differ from the file's own
    const body = [piece, piece.slice(0, -1), piece.trimEnd()].find((part) => marking.masked.text.startsWith(part, source))
    if (body === undefined) return piece
    return marking.original.slice(source, source + body.length) + piece.slice(body.length)
  })
  return value.slice(0, mapping[0]?.at ?? 0) + pieces.join('')
}

/** Replaces each run of filler by the action it stands for: the runs come in the order of the actions inside the span. */
function restoreRuns(value: string, span: Span, marking: Marking): string {
  const { fills, runs } = marking.masked
  let next = firstOverlap(fills, (fill) => fill, span)
  if (next < 0) return value
  return value.replace(runs, (run) => {
    const fill = fills[next]
    if (fill === undefined || !overlaps(fill, span)) return run
    next++
    return marking.original.slice(fill.start, fill.end)
  })
}

function markMapping(mapping: Mapping, ownerStart: number | undefined, marking: Marking): Mapping {
  const entries: Entry[] = []
  let open = mapping.open === true || marking.openings.open.has(mapping)
  for (const entry of mapping.entries) {
    const marked = markEntry(entry, marking, mapping.span, ownerStart)
    entries.push(marked)
    open ||= marked.conditional === true || marked.key !== entry.key
  }
  return { ...mapping, entries, ...(open ? { open } : {}) }
}

function markEntry(entry: Entry, marking: Marking, within: Span, ownerStart: number | undefined): Entry {
  const before = marking.entries.get(entry)
  if (before !== undefined) return before
  const start = entry.keySpan.start
  const conditional = isConditional(start, within, ownerStart, marking)
  const marked = {
    ...entry,
    key: restoreRuns(entry.key, entry.keySpan, marking),
    value: markNode(entry.value, start, marking),
    ...(conditional ? { conditional } : {}),
  }
  marking.entries.set(entry, marked)
  return marked
}

function markSequence(sequence: Sequence, ownerStart: number | undefined, marking: Marking): Sequence {
  let open = sequence.open === true || marking.openings.open.has(sequence)
  const items = sequence.items.map((item) => {
    open ||= isConditional(item.span.start, sequence.span, ownerStart, marking)
    return markNode(item, item.span.start, marking)
  })
  return { ...sequence, items, ...(open ? { open } : {}) }
}

/** Whether a child may be missing though its parent is there: some condition holds it and not its parent (for a root: not all of it). */
function isConditional(start: number, parent: Span, ownerStart: number | undefined, marking: Marking): boolean {
  const region = innermostRegion(start, marking.masked.regions)
  if (region === undefined) return false
  if (ownerStart === undefined) return parent.start < region.start || parent.end > region.end
  return ownerStart < region.start || ownerStart >= region.end
}

function innermostRegion(offset: number, regions: MaskedText['regions']): Region | undefined {
  let low = -1
  let high = regions.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((regions[middle] as { from: number }).from <= offset) low = middle
    else high = middle - 1
  }
  return regions[low]?.region
}

/** Index of the first of the ascending ranges that overlaps the span, or -1. */
function firstOverlap<T>(ranges: readonly T[], spanOf: (range: T) => Span, span: Span): number {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (spanOf(ranges[middle] as T).end <= span.start) low = middle + 1
    else high = middle
  }
  const found = ranges[low]
  return found !== undefined && overlaps(spanOf(found), span) ? low : -1
}
