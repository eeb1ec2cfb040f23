import type { Entry, Mapping, Node, Parsed, Scalar, Sequence } from '../../src/formats/syntax.ts'

/** The node at a path of keys and indexes below the first document; the last of duplicate keys. */
export function at(parsed: Parsed, ...path: readonly (string | number)[]): Node {
  return path.reduce(child, parsed.documents[0] as Node)
}

export function child(node: Node, step: string | number): Node {
  const found =
    node.kind === 'mapping'
      ? node.entries.findLast((entry) => entry.key === step)?.value
      : node.kind === 'sequence' && typeof step === 'number'
        ? node.items[step]
        : undefined
  if (found === undefined) throw new Error(`nothing at ${step}`)
  return found
}

export function scalar(node: Node): Scalar {
  if (node.kind !== 'scalar') throw new Error(`a ${node.kind}, not a scalar`)
  return node
}

export function mapping(node: Node | undefined): Mapping {
  if (node?.kind !== 'mapping') throw new Error(`a ${node?.kind}, not a mapping`)
  return node
}

export function sequence(node: Node): Sequence {
  if (node.kind !== 'sequence') throw new Error(`a ${node.kind}, not a sequence`)
  return node
}

/** The tree as plain data; the last of duplicate keys. */
export function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'sequence') return node.items.map(plain)
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]))
}

export function keys(node: Node | undefined): string[] {
  return mapping(node).entries.map((entry: Entry) => entry.key)
}

export function sourceOf(text: string, node: Node): string {
  return text.slice(node.span.start, node.span.end)
}

/** Every node, entry, comment and problem span of a parse result, each shared node once. */
export function allSpans(parsed: Parsed): { readonly start: number; readonly end: number }[] {
  const spans = [...parsed.comments.map((comment) => comment.span), ...parsed.problems.map((problem) => problem.span)]
  const seen = new Set<Node>()
  const visit = (node: Node) => {
    if (seen.has(node)) return
    seen.add(node)
    spans.push(node.span)
    if (node.kind === 'sequence') node.items.forEach(visit)
    if (node.kind !== 'mapping') return
    for (const entry of node.entries) {
      spans.push(entry.span, entry.keySpan)
      visit(entry.value)
    }
  }
  parsed.documents.forEach(visit)
  return spans
}

/** Processor seconds that a call takes: the wall clock of a busy machine says nothing. */
export function cpuSeconds(call: () => void): number {
  const before = process.cpuUsage()
  call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
