import type { Role } from '../../model/client.ts'
import type { Profile } from '../profile.ts'
import { before } from './kafka-clients-versions.ts'
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
import { LIBRDKAFKA_PROPERTY_RELEASES, librdkafkaAccepts, librdkafkaUnknown } from './librdkafka-properties.ts'
import { librdkafkaRead } from './librdkafka-read.ts'
import { type LibrdkafkaWords, librdkafkaCommits, librdkafkaDerive, librdkafkaProblems } from './librdkafka-rules.ts'

/**
 * The librdkafka in `kafka/librdkafka_vendor`, by RD_KAFKA_VERSION in its header: the client's own number, but that 2.5.4 stays with 2.5.3 and
 * 2.13.3 has 2.13.2. Before 1.4.0 the system's is linked, of which README.md names the oldest.
 */
export const CONFLUENT_KAFKA_GO_BUNDLES: Bundled = (
  [
    ['0', '0.11.5'],
    ['1.0.0', '1.0.0'],
    ['1.1.0', '1.1.0'],
    ['1.3.0', '1.3.0'],
    ['1.4.0', '1.4.0'],
    ['1.4.2', '1.4.2'],
    ['1.5.2', '1.5.2'],
    ['1.6.1', '1.6.1'],
    ['1.7.0', '1.7.0'],
    ['1.8.2', '1.8.2'],
    ['1.9.0', '1.9.0'],
    ['1.9.1', '1.9.1'],
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
    ['2.13.0', '2.13.0'],
    ['2.13.3', '2.13.2'],
    ['2.14.0', '2.14.0'],
    ['2.14.1', '2.14.1'],
    ['2.14.2', '2.14.2'],
    ['2.15.0', '2.15.0'],
    ['2.15.1', '2.15.1'],
  ] as const
).map(([since, value]) => ({
  since,
  value,
  citation: `confluent-kafka-go ${before(since, '1.4.0') ? 'README.md' : 'kafka/librdkafka_vendor/rdkafka.h'}`,
}))

const WORDS: LibrdkafkaWords = {
  handOver: 'Poll() or ReadMessage()',
  store: 'StoreMessage() or StoreOffsets()',
  storeCalls: ['StoreOffsets', 'StoreMessage'],
  refuses: 'NewConsumer() or NewProducer() gives an error',
  storeFails: 'an error ErrInvalidArg',
}

const librdkafkaOf = (version: string) => librdkafkaUnder(CONFLUENT_KAFKA_GO_BUNDLES, version)

/** Keys of the binding itself (v1.4.0 … v2.15.1, kafka/consumer.go, kafka/producer.go, kafka/config.go): other `go.` keys reach librdkafka. */
const OWN_KEYS: Readonly<Record<Role | 'common', ReadonlySet<string>>> = {
  common: new Set(['go.events.channel.size', 'go.logs.channel.enable', 'go.logs.channel', 'default.topic.config']),
  consumer: new Set(['go.application.rebalance.enable', 'go.events.channel.enable']),
  producer: new Set(['go.batch.producer', 'go.delivery.reports', 'go.delivery.report.fields', 'go.produce.channel.size']),
}

function accepts(key: string, role: Role, version: string): boolean {
  return OWN_KEYS.common.has(key) || OWN_KEYS[role].has(key) || librdkafkaAccepts(key, librdkafkaOf(version))
}

export const confluentKafkaGo: Profile = {
  id: 'confluent-kafka-go',
  title: 'confluent-kafka-go',
  language: 'go',
  packages: [
    { ecosystem: 'go', name: 'github.com/confluentinc/confluent-kafka-go' },
    { ecosystem: 'go', name: 'github.com/confluentinc/confluent-kafka-go/v2' },
  ],
  oldestAssumed: '1.0.0',
  newestRead: '2.15.1',
  notes: [
    'A binding of librdkafka, which comes with it under the same number from 1.4.0 on (2.5.4 has 2.5.3, 2.13.3 has 2.13.2). The build tag `dynamic` links the one of the system.',
    'With the defaults an offset is stored as Poll() or ReadMessage() hands the message over, and a background thread commits what is stored: a crash in the work skips it. Set `enable.auto.offset.store` to false and call StoreMessage() after the work.',
    'Commit(), CommitMessage() and CommitOffsets() wait.',
    'Produce() buffers; deliveries are told on the channel that it is given, or on Events(). A channel that nobody reads, or whose errors nobody looks at, tells nothing.',
    'With `go.delivery.reports` off nobody is told of a failed delivery.',
    '`go.events.channel.enable` (deprecated) takes messages ahead of the program: their offsets are stored, and committed, while they wait in the channel.',
    'Close() of a producer does not flush.',
  ],
  settings: boundSettings(CONFLUENT_KAFKA_GO_BUNDLES),
  aliases: librdkafkaAliases,
  spell: (setting) => setting,
  canonical: (key) => librdkafkaCanonical(key),
  accepts,
  unknownSetting: [
    {
      since: '0',
      value: { effect: 'raises', says: (key) => `${WORDS.refuses}: ${librdkafkaUnknown(key)}` },
      citation: 'librdkafka src/rdkafka_conf.c; confluent-kafka-go kafka/config.go',
    },
  ],
  read: (setting, literal, _role, version) => librdkafkaRead(setting, literal, librdkafkaOf(version), WORDS.refuses),
  derive: (view) => librdkafkaDerive(view, librdkafkaOf(view.version)),
  problems: (view) => librdkafkaProblems(view, librdkafkaOf(view.version), WORDS),
  commits: (view) => librdkafkaCommits(view, WORDS),
  capabilities: boundHistory(CONFLUENT_KAFKA_GO_BUNDLES, librdkafkaCapabilities),
  boundaries: boundReleases(CONFLUENT_KAFKA_GO_BUNDLES, LIBRDKAFKA_PROPERTY_RELEASES),
  methods: {
    subscribe: ['Subscribe', 'SubscribeTopics'],
    assign: ['Assign', 'IncrementalAssign'],
    seek: ['Seek', 'SeekPartitions'],
    receive: ['Poll', 'ReadMessage'],
    commit: ['Commit', 'CommitMessage', 'CommitOffsets'],
    store: ['StoreOffsets', 'StoreMessage'],
    send: ['Produce', 'ProduceChannel'],
    flush: ['Flush'],
    close: ['Close'],
    initTransactions: ['InitTransactions'],
    beginTransaction: ['BeginTransaction'],
    commitTransaction: ['CommitTransaction'],
    abortTransaction: ['AbortTransaction'],
    sendOffsets: ['SendOffsetsToTransaction'],
  },
  groupRequired: true,
}
