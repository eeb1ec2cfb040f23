import type { Role } from '../../model/client.ts'
import type { SettingProblem } from '../../model/facts.ts'
import type { Location } from '../../model/location.ts'
import { isGiven } from '../derive-values.ts'
import type { Profile, SettingsView } from '../profile.ts'
import {
  type Bundled,
  boundHistory,
  boundReleases,
  boundSettings,
  librdkafkaAliases,
  librdkafkaCanonical,
  librdkafkaCapabilities,
  librdkafkaUnder,
} from './librdkafka.ts'
import { LIBRDKAFKA_PROPERTY_RELEASES, librdkafkaAccepts, librdkafkaSince, librdkafkaUnknown } from './librdkafka-properties.ts'
import { librdkafkaRead } from './librdkafka-read.ts'
import { type LibrdkafkaWords, librdkafkaCommits, librdkafkaDerive, librdkafkaProblems } from './librdkafka-rules.ts'

/**
 * The librdkafka inside the wheels, as `confluent_kafka.libversion()` says from 2.0.2 on and .travis.yml before. A Debian package, conda or a
 * build from source links whatever librdkafka the system has.
 */
export const CONFLUENT_KAFKA_BUNDLES: Bundled = (
  [
    ['0', '0.9.5'],
    ['0.11.0', '0.11.0'],
    ['0.11.4', '0.11.4'],
    ['0.11.5', '0.11.5'],
    ['0.11.6', '0.11.6'],
    ['1.0.0', '1.0.0'],
    ['1.1.0', '1.1.0'],
    ['1.2.0', '1.2.0'],
    ['1.3.0', '1.3.0'],
    ['1.4.0', '1.4.0'],
    ['1.4.2', '1.4.2'],
    ['1.5.0', '1.5.0'],
    ['1.5.2', '1.5.2'],
    ['1.6.0', '1.6.0'],
    ['1.6.1', '1.6.1'],
    ['1.7.0', '1.7.0'],
    ['1.8.2', '1.8.2'],
    ['1.9.0', '1.9.0'],
    ['1.9.2', '1.9.2'],
    ['2.0.2', '2.0.2'],
    ['2.1.0', '2.1.0'],
    ['2.1.1', '2.1.1'],
    ['2.2.0', '2.2.0'],
    ['2.3.0', '2.3.0'],
    ['2.4.0', '2.4.0'],
    ['2.5.0', '2.5.0'],
    ['2.5.3', '2.5.3'],
    ['2.6.0', '2.6.0'],
    ['2.6.1', '2.6.1'],
    ['2.8.0', '2.8.0'],
    ['2.10.0', '2.10.0'],
    ['2.10.1', '2.10.1'],
    ['2.11.0', '2.11.0'],
    ['2.11.1', '2.11.1'],
    ['2.12.0', '2.12.0'],
    ['2.12.1', '2.12.1'],
    ['2.13.0', '2.13.0'],
    ['2.13.2', '2.13.2'],
    ['2.14.0', '2.14.0'],
    ['2.14.2', '2.14.2'],
    ['2.15.0', '2.15.0'],
    ['2.15.1', '2.15.1'],
    ['2.16.0', '2.16.0'],
  ] as const
).map(([since, value]) => ({ since, value, citation: 'confluent-kafka wheels' }))

/** Keys of the binding itself: callbacks, the topic section of old, the serializing clients and their schema registry. */
const BINDING_KEYS = new Set([
  'default.topic.config',
  'error_cb',
  'key.deserializer',
  'key.serializer',
  'logger',
  'oauth_cb',
  'on_commit',
  'on_delivery',
  'partitioner_callback',
  'stats_cb',
  'throttle_cb',
  'value.deserializer',
  'value.serializer',
])

const WORDS: LibrdkafkaWords = {
  handOver: 'poll() or consume()',
  store: 'store_offsets()',
  storeCalls: ['store_offsets'],
  refuses: 'the constructor raises KafkaException _INVALID_ARG',
  storeFails: 'KafkaException _INVALID_ARG "StoreOffsets failed: Local: Invalid argument or configuration"',
}

function librdkafkaOf(version: string): string {
  return librdkafkaUnder(CONFLUENT_KAFKA_BUNDLES, version)
}

function canonical(key: string): string | undefined {
  return librdkafkaCanonical(key)
}

function accepts(key: string, _role: Role, version: string): boolean {
  return BINDING_KEYS.has(key) || key.startsWith('schema.registry.') || librdkafkaAccepts(key, librdkafkaOf(version))
}

function problems(view: SettingsView): readonly SettingProblem[] {
  if (view.misgiven) return [noDict(view.misgiven)]
  const own = librdkafkaProblems(view, librdkafkaOf(view.version), WORDS)
  if (view.role !== 'consumer' || !view.complete || isGiven(view, 'group.id')) return own
  const missing: SettingProblem = {
    key: 'group.id',
    spelled: 'group.id',
    location: view.construction,
    effect: 'raises',
    says: 'the constructor wants a `group.id`: ValueError: Failed to create consumer: group.id must be set',
    fix: 'give the consumer a `group.id`',
    citation: 'run: confluent-kafka 1.7.0, 2.0.2 … 2.16.1',
    confidence: 'high',
  }
  return [...own, missing]
}

function noDict(location: Location): SettingProblem {
  return {
    key: 'configuration',
    spelled: 'configuration',
    location,
    effect: 'raises',
    says: 'the constructor wants a dict as its configuration, and raises (Consumer and Producer: TypeError: expected configuration dict)',
    fix: 'give the settings as one dict, in the spelling of librdkafka, and topics to subscribe()',
    citation: 'run: confluent-kafka 2.15.0, every class',
    confidence: 'high',
    about: 'construction',
  }
}

function says(key: string): string {
  const dotted = key.replaceAll('_', '.')
  const spelled = dotted !== key && librdkafkaSince(dotted) !== undefined ? `; librdkafka spells it \`${dotted}\`` : ''
  return `${WORDS.refuses}: ${librdkafkaUnknown(key)}${spelled}`
}

export const confluentKafka: Profile = {
  id: 'confluent-kafka',
  title: 'confluent-kafka',
  language: 'python',
  packages: [{ ecosystem: 'pypi', name: 'confluent-kafka' }],
  oldestAssumed: '1.4.0',
  newestRead: '2.16.1',
  notes: [
    'A binding of librdkafka: wheels of version X bring librdkafka X (2.7.0 brings 2.6.1, 2.8.2 and 2.9.0 bring 2.8.0, 2.16.1 brings 2.16.0). A system package or a build from source uses the librdkafka of the system, whatever the version of the binding says.',
    'With the defaults an offset is stored as its message is handed over, and a background thread commits what is stored: a crash while the program works on the message skips it. Set `enable.auto.offset.store` to false and call store_offsets() after the work, or turn `enable.auto.commit` off and call commit(asynchronous=False).',
    'commit() is asynchronous unless asynchronous=False; without arguments it commits what is stored. In the asyncio client `await consumer.commit()` is asynchronous, too.',
    '`isolation.level` defaults to read_committed since librdkafka 1.2.0, and `enable.idempotence` still to false.',
    '`auto.offset.reset=none` is refused; librdkafka calls it `error`.',
    'Before librdkafka 1.9.0 an idempotent or transactional producer can lose messages that it reports as delivered, when topic metadata flaps; before 1.6.0 a commit that the broker refused could look like a success (CHANGELOG.md).',
    'produce() only queues: without poll() or flush() no delivery report is served, and at exit the queue is lost.',
  ],
  settings: boundSettings(CONFLUENT_KAFKA_BUNDLES),
  aliases: librdkafkaAliases,
  spell: (name) => name,
  canonical,
  accepts,
  unknownSetting: [{ since: '0', value: { effect: 'raises', says }, citation: 'run: confluent-kafka 1.7.0, 2.0.2 … 2.16.1' }],
  read: (name, literal, _role, version) => librdkafkaRead(name, literal, librdkafkaOf(version), WORDS.refuses),
  derive: (view) => librdkafkaDerive(view, librdkafkaOf(view.version)),
  problems,
  commits: (view) => librdkafkaCommits(view, WORDS),
  capabilities: boundHistory(CONFLUENT_KAFKA_BUNDLES, librdkafkaCapabilities),
  boundaries: boundReleases(CONFLUENT_KAFKA_BUNDLES, LIBRDKAFKA_PROPERTY_RELEASES),
  methods: {
    subscribe: ['subscribe'],
    assign: ['assign', 'incremental_assign'],
    seek: ['seek'],
    receive: ['poll', 'consume'],
    commit: ['commit'],
    store: ['store_offsets'],
    send: ['produce'],
    flush: ['flush'],
    close: ['close'],
    initTransactions: ['init_transactions'],
    beginTransaction: ['begin_transaction'],
    commitTransaction: ['commit_transaction'],
    abortTransaction: ['abort_transaction'],
    sendOffsets: ['send_offsets_to_transaction'],
  },
  groupRequired: true,
}
