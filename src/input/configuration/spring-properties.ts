import type { Entry, Node } from '../../formats/syntax.ts'
import type { Span } from '../../text/span.ts'
import { spanOf } from '../../text/span.ts'
import type { ConfigDocument } from './document.ts'
import { DEEPEST } from './tree.ts'

/** One element of a property's name; in brackets it is taken literally (`properties.[max.poll.records]`). */
export interface Segment {
  readonly text: string
  readonly literal: boolean
}

/** One leaf of a Spring document, whatever mixture of nesting and dots it was written in. */
export interface SpringProperty {
  readonly segments: readonly Segment[]
  /** The entry that ends the name; its value is the property's. */
  readonly entry: Entry
  /** The entries from the root to `entry`, each with the number of segments of the name that it completes. */
  readonly chain: readonly { readonly entry: Entry; readonly segments: number }[]
  readonly document: ConfigDocument
}

/** A run of properties that is active together: one YAML document, or the part of a .properties file between two `#---` lines. */
export interface SpringSection {
  readonly properties: readonly SpringProperty[]
  /** Mappings in which something could not be read, by the segments that lead to them. */
  readonly open: readonly { readonly segments: readonly Segment[]; readonly span: Span }[]
}

/** The sections of a document, in order: later ones override earlier ones. */
export function sectionsOf(document: ConfigDocument): readonly SpringSection[] {
  if (document.format !== 'properties') return document.roots.map((root) => sectionOf(document, root))
  const breaks = document.comments.filter((comment) => comment.text === '---').map((comment) => comment.span.start)
  const whole = document.roots.map((root) => sectionOf(document, root))
  if (breaks.length === 0) return whole
  const starts = [0, ...breaks]
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? Number.POSITIVE_INFINITY
    const within = ({ entry }: SpringProperty) => entry.keySpan.start >= start && entry.keySpan.start < end
    return { properties: whole.flatMap((s) => s.properties.filter(within)), open: whole.flatMap((s) => s.open) }
  })
}

function sectionOf(document: ConfigDocument, root: Node): SpringSection {
  const properties: SpringProperty[] = []
  const open: { segments: readonly Segment[]; span: Span }[] = []
  const walk = (node: Node, segments: readonly Segment[], chain: SpringProperty['chain']) => {
    if (node.kind !== 'mapping' || chain.length > DEEPEST) return
    if (node.open) open.push({ segments, span: spanOf(node.span.start, node.span.start) })
    for (const entry of node.entries) {
      const name = [...segments, ...segmentsOf(entry.key)]
      const path = [...chain, { entry, segments: name.length }]
      if (entry.value.kind === 'mapping') walk(entry.value, name, path)
      else properties.push({ segments: name, entry, chain: path, document })
    }
  }
  walk(root, [], [])
  return { properties, open }
}

/** Splits a key at its dots, except within brackets. */
export function segmentsOf(key: string): readonly Segment[] {
  const segments: Segment[] = []
  for (const [, bracketed, plain] of key.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    if (bracketed !== undefined) segments.push({ text: bracketed, literal: true })
    else if (plain !== undefined) segments.push({ text: plain, literal: false })
  }
  return segments
}

/** Relaxed binding: `group-id`, `groupId`, `group_id` and `GROUP_ID` are one element. */
export function uniform(segment: Segment): string {
  return segment.literal ? segment.text : segment.text.toLowerCase().replaceAll(/[-_]/g, '')
}

/** True when the property lies below the section `path` (in uniform elements), at any depth. */
export function isBelow(property: SpringProperty, path: readonly string[]): boolean {
  return property.segments.length > path.length && startsWith(property.segments, path)
}

export function startsWith(segments: readonly Segment[], path: readonly string[]): boolean {
  return path.every((element, i) => segments[i] !== undefined && uniform(segments[i] as Segment) === element)
}

/** The rest of the name below a section, as written and joined with dots. */
export function restOf(property: SpringProperty, depth: number): string {
  return property.segments
    .slice(depth)
    .map((segment) => segment.text)
    .join('.')
}

/** The key that names a section: the entry that ends with it, or the first dotted key that runs through it. */
export function sectionKey(property: SpringProperty, depth: number): Entry {
  const link = property.chain.find(({ segments }) => segments >= depth)
  return (link ?? { entry: property.entry }).entry
}

/** A property's name for comparisons and placeholders: uniform elements joined with dots. */
export function uniformName(segments: readonly Segment[]): string {
  return segments.map(uniform).join('.')
}
