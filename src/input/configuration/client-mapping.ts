import type { Entry, Mapping, Node } from '../../formats/syntax.ts'
import type { DeclaredClient, Role } from '../../model/client.ts'
import { declare, NOTHING, type Recognised, settingOf } from './declare.ts'
import { type ConfigDocument, entryLocation } from './document.ts'
import { BOOTSTRAP_KEYS, isForeignKey } from './kafka-keys.ts'
import { plainEntries } from './properties-file.ts'
import { anchorOf, entriesFor, librariesFor, loadedBySomeProgram, roleInName, rolesOf } from './roles.ts'
import { at, DEEPEST, isMapping } from './tree.ts'

/**
 * Kafka's dotted keys as keys of one mapping, anywhere in a JSON, YAML, TOML or INI file (and in property files that have INI sections): what a
 * program hands to librdkafka or Java. Which program, and what it adds, the file cannot say.
 */
export function recogniseClientMappings(document: ConfigDocument): Recognised {
  if (document.format === 'env') return NOTHING
  if (plainEntries(document)) return NOTHING
  if (document.format === 'properties') return { clients: iniSections(document), deployments: [] }
  const clients = document.roots.flatMap((root) => (isOfAnotherKind(root) ? [] : clientsBelow(document, root, [])))
  return { clients, deployments: [] }
}

/** Documents with a known shape of their own: Kubernetes, compose, OpenAPI, JSON schema, CI workflows, Micronaut, Connect. */
function isOfAnotherKind(root: Node): boolean {
  const has = (key: string) => at(root, key) !== undefined
  return (
    (has('apiVersion') && has('kind')) ||
    isMapping(at(root, 'services')) ||
    ['openapi', 'swagger', '$schema', 'micronaut', 'jobs', 'connector.class', 'quarkus', 'panels'].some(has) ||
    at(root, 'config', 'connector.class') !== undefined ||
    isMapping(at(root, 'kafka', 'consumers')) ||
    isMapping(at(root, 'kafka', 'producers'))
  )
}

/** Sections of programs that are no plain client, or that already have a reader. */
const FOREIGN_SECTION =
  /broker(?!age)|(^|[_.-]|kafka)connect(or)?s?([_.-]|$)|(^|[_.-])streams?$|ksql|registry|controller|zookeeper|librdkafka|^(spring|topic(_?configs?)?|mp|server_properties)$/i

function clientsBelow(document: ConfigDocument, node: Node, path: readonly string[]): readonly DeclaredClient[] {
  if (path.length > DEEPEST) return []
  if (node.kind === 'sequence') return node.items.flatMap((item, i) => clientsBelow(document, item, [...path, String(i)]))
  if (node.kind !== 'mapping') return []
  const inner = node.entries.flatMap((entry) =>
    entry.value.kind === 'scalar' || FOREIGN_SECTION.test(entry.key)
      ? []
      : clientsBelow(document, entry.value, [...path, entry.key]),
  )
  return [...clientsIn(document, node, path), ...inner]
}

function clientsIn(document: ConfigDocument, mapping: Mapping, path: readonly string[]): readonly DeclaredClient[] {
  const entries = lastOfEachKey(mapping.entries.filter((entry) => entry.value.kind !== 'mapping'))
  const servers = entries.some(({ key }) => BOOTSTRAP_KEYS.includes(key))
  const group = entries.some(({ key }) => key === 'group.id')
  if ((!servers && !group) || entries.some(({ key }) => isForeignKey(key))) return []
  const named = path.map(roleInName).findLast((role) => role !== undefined)
  const found = rolesOf(entries)
  const roles: readonly Role[] = named !== undefined ? [named] : found
  // a lone group id or server list under some name is no client's option set
  if (entries.filter(isKafkas).length < 2) return []
  return roles.flatMap((role) => {
    const given = entriesFor(role, entries).filter(isKafkas)
    const anchor = anchorOf(role, given)
    if (!anchor) return []
    const section = path.join('.')
    return [
      declare(document, {
        role,
        libraries: librariesFor(entries, 'any'),
        scope: section === '' ? 'root' : section,
        name: section === '' ? `${role} of ${document.name}` : `${role} of ${section} in ${document.name}`,
        location: entryLocation(document, anchor),
        settings: given.map((entry) => settingOf(document, entry, 'kafka')),
        gaps: [loadedBySomeProgram(document, anchor, true)],
        confidence: 'medium',
        ...(role === 'consumer' && group ? { usage: 'subscribes' as const } : {}),
      }),
    ]
  })
}

/** Words of the program's own share the mapping; of Kafka's names only these two have no dot. */
function isKafkas({ key }: Entry): boolean {
  return key.includes('.') || key === 'acks' || key === 'retries'
}

function lastOfEachKey(entries: readonly Entry[]): readonly Entry[] {
  const last = new Map<string, Entry>()
  for (const entry of entries) last.set(entry.key, entry)
  return [...last.values()]
}

/** `[section]` lines in a file that is named like properties: Python's configparser reads such files. */
function iniSections(document: ConfigDocument): readonly DeclaredClient[] {
  const root = document.roots[0]
  if (!isMapping(root) || !root.entries.some(({ key }) => HEADER.test(key))) return []
  const sections: { name: string; entries: Entry[] }[] = []
  for (const entry of root.entries) {
    const header = HEADER.exec(entry.key)
    if (header) sections.push({ name: header[1] as string, entries: [] })
    else sections.at(-1)?.entries.push(entry)
  }
  return sections.flatMap(({ name, entries }) =>
    FOREIGN_SECTION.test(name) ? [] : clientsIn(document, { ...root, entries }, [name]),
  )
}

const HEADER = /^\[([^\]]+)\]$/
