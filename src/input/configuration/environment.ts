import type { Entry, Node } from '../../formats/syntax.ts'
import type { EnvironmentEntry } from '../../model/deployment.ts'
import { known, unknown, type Value } from '../../model/value.ts'
import { isSecretName } from '../../text/secret-name.ts'
import { type ConfigDocument, locationOf } from './document.ts'
import { type Lookup, substitute } from './placeholders.ts'
import { isMapping, plainScalar } from './tree.ts'

/** Later entries of the same name override earlier ones. The values of secrets do not travel. */
export function lastOfEachName(entries: readonly EnvironmentEntry[]): readonly EnvironmentEntry[] {
  const byName = new Map<string, EnvironmentEntry>()
  for (const entry of entries) {
    const secret = entry.value.kind === 'known' && isSecretName(entry.name)
    byName.delete(entry.name)
    byName.set(entry.name, secret ? { ...entry, value: unknown('a secret') } : entry)
  }
  return [...byName.values()]
}

/** The variables of a `.env` file (or an env_file), whose parser has resolved what the file itself decides. */
export function dotenvEntries(document: ConfigDocument): readonly EnvironmentEntry[] {
  const root = document.roots[0]
  if (!isMapping(root)) return []
  return lastOfEachName(
    root.entries.map(({ key, value, span }) => {
      const scalar = plainScalar(value)
      const text = scalar === undefined ? unknown('it refers to a variable of the shell') : known(String(scalar.value ?? ''))
      return { name: key, value: text, location: locationOf(document, span) }
    }),
  )
}

/** A value of an environment block: everything is a string there, and `${VAR:-default}` is substituted. */
export function textValue(node: Node, lookup: Lookup): Value {
  if (node.kind !== 'scalar') return unknown('not a plain value')
  if (node.templated) return unknown('a template decides')
  if (node.value === null) return known('')
  return substitute(String(node.value), 'compose', lookup).value
}

/** An entry of a mapping of names to values. */
export function mappedEntry(document: ConfigDocument, entry: Entry, lookup: Lookup): EnvironmentEntry {
  const value = entry.conditional ? unknown("a template's condition decides") : textValue(entry.value, lookup)
  return { name: entry.key, value, location: locationOf(document, entry.span) }
}

/** True for the environment of a broker or controller, whatever its image is called. */
export function isBrokers(names: readonly string[]): boolean {
  return names.some((name) =>
    /^(KAFKA(_CFG)?_(NODE_ID|BROKER_ID|PROCESS_ROLES|ADVERTISED_LISTENERS|ZOOKEEPER_CONNECT|CONTROLLER_QUORUM_VOTERS)|ZOOKEEPER_CLIENT_PORT|ZOO_MY_ID)$/.test(
      name,
    ),
  )
}
