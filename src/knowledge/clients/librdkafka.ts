import type { Capabilities } from '../../model/facts.ts'
import type { Literal } from '../../model/value.ts'
import { entryAt, type History, type Since } from '../history.ts'
import type { SettingFact } from '../profile.ts'
import { capable } from './capable.ts'

/**
 * What librdkafka's settings are by *librdkafka* version. A binding maps its own versions onto these with `boundHistory` and `boundSettings`.
 * Read in CONFIGURATION.md at every tag 0.9.0 … 2.15.0, and compared with rd_kafka_conf_dump() of the libraries inside confluent-kafka's wheels.
 */
type Default = Literal | readonly Literal[] | undefined

/** The newest librdkafka whose properties were dumped and compared. */
export const LIBRDKAFKA_NEWEST = '2.16.0'

function documented(...entries: readonly (readonly [since: string, value: Default])[]): History<Default> {
  return entries.map(([since, value]) => ({
    since,
    value,
    citation: `librdkafka CONFIGURATION.md@v${since === '0' ? '0.9.0' : since}`,
  }))
}

const consumer = (type: SettingFact['type'], ...entries: readonly (readonly [string, Default])[]): SettingFact => ({
  roles: ['consumer'],
  type,
  default: documented(...entries),
})
const producer = (type: SettingFact['type'], ...entries: readonly (readonly [string, Default])[]): SettingFact => ({
  roles: ['producer'],
  type,
  default: documented(...entries),
})
const both = (type: SettingFact['type'], ...entries: readonly (readonly [string, Default])[]): SettingFact => ({
  roles: ['consumer', 'producer'],
  type,
  default: documented(...entries),
})

/** By the Java client's name; values in canonical spelling (`latest` for `largest`, `all` for -1). */
export const librdkafkaSettings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': both('string', ['0', null]),
  'client.id': both('string', ['0', 'rdkafka']),
  'socket.timeout.ms': both('integer', ['0', 60_000]),
  'max.in.flight.requests.per.connection': both('integer', ['0', undefined], ['0.9.1', 1_000_000]),

  'group.id': consumer('string', ['0', null]),
  'group.instance.id': consumer('string', ['0', undefined], ['1.3.0', null]),
  'group.protocol': consumer('string', ['0', undefined], ['2.4.0', 'classic']),
  'enable.auto.commit': consumer('boolean', ['0', true]),
  // of the legacy simple consumer: the one that subscribes never looks at it
  'auto.commit.enable': consumer('boolean', ['0', true]),
  'auto.commit.interval.ms': consumer('integer', ['0', 5_000]),
  'enable.auto.offset.store': consumer('boolean', ['0', undefined], ['0.9.1', true]),
  'auto.offset.reset': consumer('string', ['0', 'latest']),
  'isolation.level': consumer('string', ['0', undefined], ['1.2.0', 'read_committed']),
  'session.timeout.ms': consumer('integer', ['0', 30_000], ['1.0.0', 10_000], ['1.7.0', 45_000]),
  'heartbeat.interval.ms': consumer('integer', ['0', 1_000], ['1.0.0', 3_000]),
  'max.poll.interval.ms': consumer('integer', ['0', undefined], ['1.0.0', 300_000]),
  'partition.assignment.strategy': consumer('list', ['0', ['range', 'roundrobin']]),

  acks: producer('string', ['0', 1], ['1.0.0', 'all']),
  retries: producer('integer', ['0', 2], ['1.5.2', 2_147_483_647]),
  'retry.backoff.ms': producer('integer', ['0', 100]),
  // before 1.0.0 only under its own name, message.timeout.ms, which is then no more than accepted
  'delivery.timeout.ms': producer('integer', ['0', undefined], ['1.0.0', 300_000]),
  'request.timeout.ms': producer('integer', ['0', 5_000], ['1.5.2', 30_000]),
  'linger.ms': producer('number', ['0', 1_000], ['0.11.0', 0], ['1.2.0', 0.5], ['1.5.0', 5]),
  'enable.idempotence': producer('boolean', ['0', undefined], ['1.0.0', false]),
  'enable.gapless.guarantee': producer('boolean', ['0', undefined], ['1.0.0', false]),
  'queuing.strategy': producer('string', ['0', undefined], ['0.11.4', 'fifo']),
  'transactional.id': producer('string', ['0', undefined], ['1.4.0', null]),
  'transaction.timeout.ms': producer('integer', ['0', undefined], ['1.4.0', 60_000]),
}

/** librdkafka's own names that stand for a canonical one. */
export const librdkafkaAliases: Readonly<Record<string, string>> = {
  'metadata.broker.list': 'bootstrap.servers',
  'request.required.acks': 'acks',
  'message.send.max.retries': 'retries',
  'message.timeout.ms': 'delivery.timeout.ms',
  'queue.buffering.max.ms': 'linger.ms',
  'max.in.flight': 'max.in.flight.requests.per.connection',
}

/** The canonical name of a property, or undefined for one that bears on no delivery semantics, or that librdkafka never had. */
export function librdkafkaCanonical(property: string): string | undefined {
  if (Object.hasOwn(librdkafkaSettings, property)) return property
  return Object.hasOwn(librdkafkaAliases, property) ? librdkafkaAliases[property] : undefined
}

const CHANGES = 'librdkafka CHANGELOG.md@v2.15.0'

export const librdkafkaCapabilities: History<Capabilities> = [
  capable('0', CHANGES),
  capable('1.0.0', CHANGES, { idempotentProducer: true }),
  capable('1.2.0', CHANGES, { idempotentProducer: true, readCommitted: true }),
  capable('1.4.0', CHANGES, { idempotentProducer: true, readCommitted: true, transactions: true, staticMembership: true }),
  capable('1.6.0', CHANGES, {
    idempotentProducer: true,
    readCommitted: true,
    transactions: true,
    staticMembership: true,
    groupMetadataFencing: true,
  }),
]

/** The librdkafka version that each version of a binding runs on. */
export type Bundled = History<string>

/** The librdkafka version under a binding's version; the first one for versions before the table, the last one for later versions. */
export function librdkafkaUnder(bundled: Bundled, version: string): string {
  const entry = entryAt(bundled, version) ?? bundled[0]
  if (!entry) throw new Error('a binding without a table of librdkafka versions')
  return entry.value
}

/** A history by librdkafka version as a history by the binding's version. */
export function boundHistory<T>(bundled: Bundled, history: History<T>): History<T> {
  const bound: Since<T>[] = []
  let last: Since<T> | undefined
  for (const [index, { since, value: librdkafka }] of bundled.entries()) {
    const entry = entryAt(history, librdkafka)
    if (!entry || entry === last) continue
    last = entry
    bound.push({ since: index === 0 ? '0' : since, value: entry.value, citation: `${entry.citation} (librdkafka ${librdkafka})` })
  }
  return bound
}

/** Every setting of librdkafka with its history by the binding's version. */
export function boundSettings(bundled: Bundled): Readonly<Record<string, SettingFact>> {
  return Object.fromEntries(
    Object.entries(librdkafkaSettings).map(([key, fact]) => [key, { ...fact, default: boundHistory(bundled, fact.default) }]),
  )
}

/** Those of some librdkafka releases at which a binding's own versions first reach them. */
export function boundReleases(bundled: Bundled, releases: readonly string[]): readonly string[] {
  return boundHistory(
    bundled,
    ['0', ...releases].map((since) => ({ since, value: since, citation: '' })),
  )
    .filter(({ since }) => since !== '0')
    .map(({ since }) => since)
}
