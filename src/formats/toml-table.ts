import { type Span, spanOf } from '../text/span.ts'
import type { Entry, Mapping, Node } from './syntax.ts'

export interface KeyPart {
  readonly name: string
  readonly span: Span
}

/** A table while it grows: `[a]`, `a.b = 1` and `[a.c]` may each add to it. */
export interface Table {
  readonly kind: 'table'
  readonly members: Member[]
  /** The last member of each name; earlier ones of the same name were overridden in error and are kept for readers. */
  readonly byName: Map<string, Member>
}

interface TableArray {
  readonly kind: 'tables'
  readonly tables: { readonly table: Table; readonly start: number }[]
}

interface Member {
  readonly key: KeyPart
  readonly content: Node | Table | TableArray
}

export function newTable(): Table {
  return { kind: 'table', members: [], byName: new Map() }
}

/** The table that a dotted key names below another, made where it is missing. An array of tables stands for its last table. */
export function descend(from: Table, key: readonly KeyPart[]): Table {
  let table = from
  for (const part of key) {
    const content = table.byName.get(part.name)?.content
    if (content?.kind === 'table') table = content
    else if (content?.kind === 'tables') table = (content.tables[content.tables.length - 1] as { table: Table }).table
    else {
      const created = newTable()
      addMember(table, part, created)
      table = created
    }
  }
  return table
}

/** Adds one table to the array of tables that a `[[key]]` header names. */
export function appendTable(root: Table, key: readonly KeyPart[]): Table {
  const last = key[key.length - 1] as KeyPart
  const parent = descend(root, key.slice(0, -1))
  const content = parent.byName.get(last.name)?.content
  const table = newTable()
  if (content?.kind === 'tables') content.tables.push({ table, start: last.span.start })
  else addMember(parent, last, { kind: 'tables', tables: [{ table, start: last.span.start }] })
  return table
}

export function assign(table: Table, key: readonly KeyPart[], value: Node): void {
  addMember(descend(table, key.slice(0, -1)), key[key.length - 1] as KeyPart, value)
}

function addMember(table: Table, key: KeyPart, content: Member['content']): void {
  const member = { key, content }
  table.members.push(member)
  table.byName.set(key.name, member)
}

/** The finished mapping. `within` is its span as written, for an inline table; a table's own runs from its first key to its last value. */
export function finishTable(table: Table, within?: Span): Mapping {
  const entries = table.members.map(finishMember)
  const first = entries[0]
  const end = entries.reduce((latest, entry) => Math.max(latest, entry.span.end), 0)
  return { kind: 'mapping', entries, span: within ?? spanOf(first?.span.start ?? 0, end) }
}

function finishMember({ key, content }: Member): Entry {
  const value = finishContent(content, key)
  return { key: key.name, keySpan: key.span, value, span: spanOf(key.span.start, Math.max(key.span.end, value.span.end)) }
}

function finishContent(content: Member['content'], key: KeyPart): Node {
  const after = key.span.end
  if (content.kind === 'table') return finishTable(content, content.members.length === 0 ? spanOf(after, after) : undefined)
  if (content.kind !== 'tables') return content
  const items = content.tables.map(({ table, start }) =>
    finishTable(table, table.members.length === 0 ? spanOf(start, start) : undefined),
  )
  const end = items.reduce((latest, item) => Math.max(latest, item.span.end), after)
  return { kind: 'sequence', items, span: spanOf(items[0]?.span.start ?? after, end) }
}
