import { contains, type Span } from '../text/span.ts'
import type { Entry, Mapping, Node, Scalar, Sequence } from './syntax.ts'
import type { Hole, MaskedText } from './template.ts'

/** Where lines that insert text (`{{ toYaml .Values.x | nindent 4 }}`) may add to a parsed tree. */
export interface Openings {
  readonly open: ReadonlySet<Node>
  /** Scalars that look empty only because their content is inserted, with the span of the action. */
  readonly emptied: ReadonlyMap<Scalar, Span>
}

/**
 * Decides by offset and indentation, as the template engine's output would be read: an inserted line belongs to the innermost block
 * collection before it that is not indented deeper, or to the empty value before it.
 */
export function collectOpenings(documents: readonly Node[], masked: MaskedText): Openings {
  const open = new Set<Node>()
  const emptied = new Map<Scalar, Span>()
  let current = 0
  for (const hole of masked.holes) {
    if (hole.column < 0) continue
    while (current + 1 < documents.length && (documents[current + 1] as Node).span.start < hole.span.start) current++
    const root = documents[current]
    if (root !== undefined) place(hole, root, masked.text, open, emptied)
  }
  return { open, emptied }
}

function place(hole: Hole, root: Node, text: string, open: Set<Node>, emptied: Map<Scalar, Span>): void {
  let node = root
  for (;;) {
    if (node.kind === 'scalar') return
    const child = lastChildBefore(node, hole.span.start)
    const column = columnOf(node, text)
    if (child === undefined) break
    if (child.kind === 'scalar') {
      if (hole.column > column && (child.value === null || child.value === '') && child.span.end <= hole.span.start) {
        emptied.set(child, hole.span)
        return
      }
      break
    }
    if (isFlow(child, text)) {
      if (!contains(child.span, hole.span.start)) break
    } else {
      const childColumn = columnOf(child, text)
      if (childColumn > hole.column) {
        // between the two: the text is indented as neither, so either may be meant
        if (hole.column > column) open.add(child)
        break
      }
      // a sequence may stand at its key's own indentation
      if (childColumn === column) open.add(node)
    }
    node = child
  }
  open.add(node)
}

/** Children start in ascending order; entries merged from elsewhere come first and stand earlier in the file. */
function lastChildBefore(node: Mapping | Sequence, offset: number): Node | undefined {
  const children: readonly (Node | Entry)[] = node.kind === 'mapping' ? node.entries : node.items
  let low = -1
  let high = children.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((children[middle] as Node | Entry).span.start < offset) low = middle
    else high = middle - 1
  }
  return node.kind === 'mapping' ? node.entries[low]?.value : node.items[low]
}

function columnOf(node: Mapping | Sequence, text: string): number {
  const start = node.kind === 'mapping' ? (node.entries[0]?.keySpan.start ?? node.span.start) : node.span.start
  const line = text.lastIndexOf('\n', start - 1) + 1
  return start - line
}

function isFlow(node: Node, text: string): boolean {
  const char = text[node.span.start]
  return char === '{' || char === '['
}
