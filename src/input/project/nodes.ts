import type { Entry, Node, Parsed } from '../../formats/syntax.ts'
import type { Reading } from './statement.ts'

/** The node under a path of keys, or undefined where one is missing. */
export function at(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
  let found = node
  for (const key of keys) found = entriesOf(found).find((entry) => entry.key === key)?.value
  return found
}

/** The entries of a mapping; none of anything else. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === 'mapping' ? node.entries : []
}

/** The text of a string scalar. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined
}

/** One problem says enough: the first, since the rest often follow from it. */
export function firstProblem(parsed: Parsed): Reading['problem'] {
  const first = parsed.problems[0]
  return first && { message: first.message, span: first.span }
}
