import type { Node } from '../../formats/syntax.ts'
import { known, unknown, type Value } from '../../model/value.ts'
import { type Dialect, type Lookup, type Substituted, substitute } from './placeholders.ts'

/** A node's value as the file types it, placeholders substituted as far as the file itself decides. */
export function readValue(node: Node, dialect: Dialect, lookup?: Lookup): Substituted {
  switch (node.kind) {
    case 'scalar':
      if (node.templated) return { value: unknown('a template decides') }
      return typeof node.value === 'string' ? substitute(trimmed(node.value), dialect, lookup) : { value: known(node.value) }
    case 'sequence':
      return {
        value: listOf(
          node.items.map((item) => readValue(item, dialect, lookup).value),
          node.open,
        ),
      }
    case 'mapping':
      return { value: { kind: 'object', text: 'a nested mapping' } }
  }
}

/** White space at a line's end belongs to a .properties value, but the clients trim what they read as a boolean or number. */
function trimmed(text: string): string {
  return /^\s*(true|false|-?\d+)\s*$/i.test(text) ? text.trim() : text
}

function listOf(items: readonly Value[], open: boolean | undefined): Value {
  if (open) return unknown('a template adds to the list')
  return { kind: 'list', items }
}

/** Names of a list written as a sequence or as one comma-separated text; undefined where one of them is not known. */
export function namesOf(value: Value): readonly string[] | undefined {
  const texts = value.kind === 'list' ? value.items : [value]
  const names: string[] = []
  for (const text of texts) {
    if (text.kind !== 'known' || text.value === null) return undefined
    names.push(
      ...String(text.value)
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    )
  }
  return names
}
