import type { Entry, Node } from '../../formats/syntax.ts'
import type { DeclaredClient, Role, Topics } from '../../model/client.ts'
import type { Location } from '../../model/location.ts'
import type { DeclaredSetting } from '../../model/setting.ts'
import { known } from '../../model/value.ts'
import { declare, NOTHING, type Recognised, settingOf } from './declare.ts'
import { type ConfigDocument, entryLocation, locationOf } from './document.ts'
import { isConsumerKey, isProducerKey } from './kafka-keys.ts'
import { plainEntries } from './properties-file.ts'
import { at, entryOf, isMapping, textOf } from './tree.ts'
import { namesOf, readValue } from './values.ts'

export const CONNECT = ['kafka-connect'] as const

/** Kafka Connect's workers (property files) and connectors (property files, JSON and YAML as posted to its REST interface). */
export function recogniseConnect(document: ConfigDocument): Recognised {
  const entries = plainEntries(document)
  if (entries) {
    const found = entries.some(({ key }) => key === 'connector.class')
      ? connectorOf(document, entries)
      : isWorker(entries)
        ? workersOf(document, entries, '', undefined)
        : []
    return { clients: found, deployments: [] }
  }
  if (document.format !== 'json' && document.format !== 'yaml') return NOTHING
  const clients = document.roots
    .flatMap((root) => (root.kind === 'sequence' ? root.items : [root]))
    .flatMap((root) => connectorIn(document, root))
  return { clients, deployments: [] }
}

function isWorker(entries: readonly Entry[]): boolean {
  const has = (key: string) => entries.some((entry) => entry.key === key)
  return has('offset.storage.file.filename') || (has('group.id') && (has('offset.storage.topic') || has('config.storage.topic')))
}

/**
 * The producers that a worker gives to source tasks and the consumers it gives to sink tasks, where `producer.` or `consumer.` changes how
 * they deliver. A worker that overrides nothing is no client: its connectors are. `where` stands for the worker when its settings are not entries of a file of its own.
 */
export function workersOf(
  document: ConfigDocument,
  entries: readonly Entry[],
  scope: string,
  where: Location | undefined,
): readonly DeclaredClient[] {
  const anchor =
    entries.find(({ key }) => key === 'group.id') ?? entries.find(({ key }) => key === 'bootstrap.servers') ?? entries[0]
  const location = where ?? (anchor && entryLocation(document, anchor))
  if (!location) return []
  const roles: readonly Role[] = ['consumer', 'producer']
  return roles.flatMap((role) => {
    const prefix = `${role}.`
    const isOwn = role === 'consumer' ? isConsumerKey : isProducerKey
    if (!entries.some(({ key }) => key.startsWith(prefix) && isOwn(key.slice(prefix.length)))) return []
    const servers = entries.find(({ key }) => key === 'bootstrap.servers')
    const overrides = entries
      .filter(({ key }) => key.startsWith(prefix) && !key.startsWith(`${prefix}override.`))
      .map((entry) => settingOf(document, entry, 'kafka', { key: entry.key.slice(prefix.length), inheritedFrom: `${prefix}*` }))
    const shared = servers && !overrides.some(({ key }) => key === 'bootstrap.servers')
    return declare(document, {
      role,
      libraries: CONNECT,
      scope: `${scope}worker`,
      name: role === 'consumer' ? 'sink consumers of the Connect worker' : 'source producers of the Connect worker',
      location,
      settings: [...(shared ? [settingOf(document, servers, 'kafka', { inheritedFrom: 'the worker' })] : []), ...overrides],
      confidence: 'medium',
    })
  })
}

/** A connector as REST takes it: flat, or as `name` beside `config`. */
function connectorIn(document: ConfigDocument, root: Node): readonly DeclaredClient[] {
  const config = isMapping(at(root, 'config')) ? at(root, 'config') : root
  if (!isMapping(config) || entryOf(config, 'connector.class') === undefined) return []
  const outer = entryOf(root, 'name')
  return connectorOf(document, outer && config !== root ? [outer, ...config.entries] : config.entries)
}

export function connectorOf(document: ConfigDocument, entries: readonly Entry[]): readonly DeclaredClient[] {
  const entry = (key: string) => entries.findLast((e) => e.key === key)
  const of = entry('connector.class')
  const role = of && roleOf(textOf(of.value))
  if (!of || !role || entries.some(({ key }) => MANAGED.test(key))) return []
  const name = textOf(entry('name')?.value)
  return [connector(document, { role, name, named: entry('name'), location: entryLocation(document, of), entries })]
}

/** A connector of which name, class and settings are known, however they were written. */
export function connector(
  document: ConfigDocument,
  draft: {
    readonly role: Role
    readonly name: string | undefined
    readonly named: Entry | undefined
    readonly location: Location
    readonly entries: readonly Entry[]
  },
): DeclaredClient {
  const { role, name, named, location, entries } = draft
  const prefix = `${role}.override.`
  const group: readonly DeclaredSetting[] =
    role === 'consumer' && named && name !== undefined
      ? [{ key: 'group.id', value: known(`connect-${name}`), location: entryLocation(document, named) }]
      : []
  const kind = role === 'consumer' ? 'sink' : 'source'
  return declare(document, {
    role,
    libraries: CONNECT,
    scope: `connector${name === undefined ? '' : `.${name}`}`,
    name: name === undefined ? `${kind} connector` : `${kind} connector ${name}`,
    location,
    settings: [
      ...group,
      ...entries
        .filter(({ key }) => key.startsWith(prefix))
        .map((entry) =>
          settingOf(document, entry, 'kafka', { key: entry.key.slice(prefix.length), inheritedFrom: `${prefix}*` }),
        ),
      ...entries.filter(({ key }) => OWN[role].includes(key)).map((entry) => settingOf(document, entry, 'kafka')),
    ],
    gaps: [
      {
        reason: `the worker's \`${role}.\` settings apply where the connector overrides nothing`,
        location: locationOf(document, (named ?? (entries[0] as Entry)).keySpan),
        overrides: false,
      },
    ],
    confidence: 'high',
    topics: topicsOf(document, role, entries),
    ...(role === 'consumer' ? { usage: 'subscribes' as const } : {}),
  })
}

/** Settings of the connector itself that bear on delivery. */
const OWN: Readonly<Record<Role, readonly string[]>> = {
  consumer: ['errors.tolerance', 'errors.deadletterqueue.topic.name'],
  producer: ['errors.tolerance', 'exactly.once.support', 'transaction.boundary'],
}

/** Connectors run by Confluent Cloud: their clients cannot be set and their group has another name. */
const MANAGED = /^kafka\.(api\.key|auth\.mode|service\.account\.id)$/

/** What a connector's class is, by the names that connectors have; undefined where the name does not say. */
export function roleOf(connectorClass: string | undefined): Role | undefined {
  if (connectorClass === undefined || /Checkpoint|Heartbeat/.test(connectorClass)) return undefined
  const simple = connectorClass.slice(connectorClass.lastIndexOf('.') + 1)
  const sink = /sink/i.test(simple)
  const source = /source/i.test(simple) || (/^io\.debezium\.connector\./.test(connectorClass) && !sink) || /Datagen/.test(simple)
  return sink === source ? undefined : sink ? 'consumer' : 'producer'
}

function topicsOf(document: ConfigDocument, role: Role, entries: readonly Entry[]): Topics {
  const keys = role === 'consumer' ? ['topics'] : ['kafka.topic', 'topic']
  const entry = entries.find(({ key }) => keys.includes(key))
  const pattern = role === 'consumer' ? entries.find(({ key }) => key === 'topics.regex') : undefined
  if (entry) {
    const names = namesOf(readValue(entry.value, 'kafka').value)
    if (names && names.length > 0) return { kind: 'known', names, location: entryLocation(document, entry) }
  }
  const regex = textOf(pattern?.value)
  if (pattern && regex !== undefined) return { kind: 'pattern', pattern: regex, location: entryLocation(document, pattern) }
  return { kind: 'unknown', reason: 'the connector decides' }
}
