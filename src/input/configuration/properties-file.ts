import type { Entry } from '../../formats/syntax.ts'
import type { DeclaredClient, Role } from '../../model/client.ts'
import { declare, NOTHING, type Recognised, settingOf } from './declare.ts'
import { type ConfigDocument, entryLocation } from './document.ts'
import { isConsumerKey, isForeignKey, isProducerKey } from './kafka-keys.ts'
import { anchorOf, entriesFor, librariesFor, loadedBySomeProgram, roleInName, rolesOf } from './roles.ts'
import { isMapping } from './tree.ts'

/** Sections that applications make for themselves in their own properties. */
const PREFIXES: readonly { readonly prefix: string; readonly role: Role }[] = [
  { prefix: 'kafka.consumer.', role: 'consumer' },
  { prefix: 'kafka.producer.', role: 'producer' },
  { prefix: 'consumer.', role: 'consumer' },
  { prefix: 'producer.', role: 'producer' },
]

/** The Java client's own property files: `consumer.properties`, `producer.properties`, and others with the keys of a role. */
export function recogniseProperties(document: ConfigDocument): Recognised {
  const entries = plainEntries(document)
  if (entries === undefined || entries.some(({ key }) => isForeignKey(key) || isConnectKey(key))) return NOTHING
  if (/mirror|(^|[^a-z])admin/i.test(document.name)) return NOTHING
  const own = entries.filter(({ key }) => !key.startsWith('spring.') && !PREFIXES.some(({ prefix }) => key.startsWith(prefix)))
  return { clients: [...wholeFile(document, own), ...prefixed(document, entries)], deployments: [] }
}

/** The last entry of each key; undefined for what is no list of properties: HOCON, INI with sections. (`.conf` is read as INI.) */
export function plainEntries({ format, roots }: ConfigDocument): readonly Entry[] | undefined {
  const root = roots[0]
  if ((format !== 'properties' && format !== 'ini') || !isMapping(root)) return undefined
  if (root.entries.some(({ key, value }) => value.kind !== 'scalar' || (/[{}[\]]/.test(key) && !/\[\d+\]/.test(key))))
    return undefined
  const last = new Map<string, Entry>()
  for (const entry of root.entries) last.set(entry.key, entry)
  return [...last.values()]
}

function isConnectKey(key: string): boolean {
  return /^(connector\.class|(config|offset|status)\.storage\.|(internal\.)?(key|value)\.converter)/.test(key)
}

function wholeFile(document: ConfigDocument, entries: readonly Entry[]): readonly DeclaredClient[] {
  const named = roleInName(document.name.replace(/\.[^.]+$/, ''))
  const found = rolesOf(entries)
  const has = (key: string) => entries.some((entry) => entry.key === key)
  if (named === undefined && (found.length === 0 || !(has('bootstrap.servers') || has('group.id')))) return []
  if (named !== undefined && found.length === 0 && !has('bootstrap.servers')) return []
  const roles = named !== undefined ? [named] : found
  return roles.flatMap((role) => {
    const given = roles.length > 1 ? entriesFor(role, entries) : entries
    const anchor = anchorOf(role, given)
    if (!anchor) return []
    const librdkafka = !librariesFor(entries, 'properties').includes('kafka-clients')
    const surely = named !== undefined && !librdkafka
    return [
      declare(document, {
        role,
        libraries: librariesFor(entries, 'properties'),
        scope: 'properties',
        name: `${role} of ${document.name}`,
        location: entryLocation(document, anchor),
        settings: given.map((entry) => settingOf(document, entry, 'kafka')),
        gaps: [
          ...(document.roots[0]?.kind === 'mapping' && document.roots[0].open
            ? [loadedBySomeProgram(document, anchor, true)]
            : []),
          ...(surely ? [] : [loadedBySomeProgram(document, anchor, false)]),
        ],
        confidence: surely ? 'high' : 'medium',
        ...(role === 'consumer' && has('group.id') ? { usage: 'subscribes' as const } : {}),
      }),
    ]
  })
}

function prefixed(document: ConfigDocument, entries: readonly Entry[]): readonly DeclaredClient[] {
  return PREFIXES.flatMap(({ prefix, role }) => {
    const isOwn = role === 'consumer' ? isConsumerKey : isProducerKey
    const below = entries
      .filter(({ key }) => key.startsWith(prefix))
      .map((entry) => ({ ...entry, key: entry.key.slice(prefix.length) }))
    if (!below.some(({ key }) => isOwn(key))) return []
    const anchor = anchorOf(role, below) as Entry
    const section = prefix.slice(0, -1)
    return [
      declare(document, {
        role,
        libraries: librariesFor(below, 'properties'),
        scope: section,
        name: `${section} in ${document.name}`,
        location: entryLocation(document, anchor),
        settings: below.map((entry) => settingOf(document, entry, 'kafka')),
        gaps: [loadedBySomeProgram(document, anchor, false)],
        confidence: 'medium',
        ...(role === 'consumer' && below.some(({ key }) => key === 'group.id') ? { usage: 'subscribes' as const } : {}),
      }),
    ]
  })
}
