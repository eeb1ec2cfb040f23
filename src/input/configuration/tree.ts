import type { Entry, Mapping, Node, Scalar } from '../../formats/syntax.ts'

/** How deep readers descend: configuration that people write is shallow, and hostile input must not exhaust the stack. */
export const DEEPEST = 64

export function isMapping(node: Node | undefined): node is Mapping {
  return node?.kind === 'mapping'
}

/** The last entry of that key: where a file repeats one, the last wins in every loader that does not refuse it. */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  return isMapping(node) ? node.entries.findLast((entry) => entry.key === key) : undefined
}

/** The node at the end of a path of keys. */
export function at(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((inner, key) => entryOf(inner, key)?.value, node)
}

/** A scalar's value as text; undefined for null, for what a template decides, and for anything that is no scalar. */
export function textOf(node: Node | undefined): string | undefined {
  const scalar = plainScalar(node)
  return scalar === undefined || scalar.value === null ? undefined : String(scalar.value)
}

export function plainScalar(node: Node | undefined): Scalar | undefined {
  return node?.kind === 'scalar' && !node.templated ? node : undefined
}

/** The items of a sequence, or none. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'sequence' ? node.items : []
}
