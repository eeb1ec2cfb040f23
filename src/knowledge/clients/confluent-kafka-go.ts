import type { Profile } from '../profile.ts'
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

/** The librdkafka in `kafka/librdkafka_vendor`, by RD_KAFKA_VERSION in its header; before 1.4 the one that README.md requires. */
export const CONFLUENT_KAFKA_GO_BUNDLES: Bundled = (
  [
    ['0', '0.11.6'],
    ['1.0.0', '1.0.0'],
    ['1.3.0', '1.3.0'],
    ['1.4.2', '1.4.2'],
    ['1.5.2', '1.5.2'],
    ['1.6.1', '1.6.1'],
    ['1.7.0', '1.7.0'],
    ['1.8.2', '1.8.2'],
    ['1.9.2', '1.9.2'],
    ['2.0.2', '2.0.2'],
    ['2.1.1', '2.1.1'],
    ['2.2.0', '2.2.0'],
    ['2.3.0', '2.3.0'],
    ['2.4.0', '2.4.0'],
    ['2.5.3', '2.5.3'],
    ['2.6.1', '2.6.1'],
    ['2.8.0', '2.8.0'],
    ['2.10.0', '2.10.0'],
    ['2.11.1', '2.11.1'],
  ] as const
).map(([since, value]) => ({ since, value, citation: 'confluent-kafka-go kafka/librdkafka_vendor/rdkafka.h' }))

const WORDS: LibrdkafkaWords = {
  handOver: 'Poll() or ReadMessage()',
  store: 'StoreMessage() or StoreOffsets()',
  storeCalls: ['StoreOffsets', 'StoreMessage'],
  refuses: 'NewConsumer() or NewProducer() gives an error',
  storeFails: 'an error ErrInvalidArg',
}

const librdkafkaOf = (version: string) => librdkafkaUnder(CONFLUENT_KAFKA_GO_BUNDLES, version)

/** Keys of the binding itself begin with `go.` (kafka/consumer.go, kafka/producer.go). */
const isOwn = (key: string) => key.startsWith('go.') || key === 'default.topic.config' || key === 'client.software.name'

export const confluentKafkaGo: Profile = {
  id: 'confluent-kafka-go',
  title: 'confluent-kafka-go',
  language: 'go',
  packages: [
    { ecosystem: 'go', name: 'github.com/confluentinc/confluent-kafka-go' },
    { ecosystem: 'go', name: 'github.com/confluentinc/confluent-kafka-go/v2' },
  ],
  oldestAssumed: '1.0.0',
  newestRead: '2.11.1',
  notes: [
    'A binding of librdkafka, which comes with it: 2.11.1 runs on librdkafka 2.11.1. The build tag `dynamic` links the one of the system.',
    'With the defaults an offset is stored as Poll() or ReadMessage() hands the message over, and a background thread commits what is stored: a crash in the work skips it. Set `enable.auto.offset.store` to false and call StoreMessage() after the work.',
    'Commit(), CommitMessage() and CommitOffsets() wait.',
    'Produce() buffers; deliveries are told on the channel that it is given, or on Events(). A channel that nobody reads, or whose errors nobody looks at, tells nothing.',
    'Close() of a producer does not flush.',
  ],
  settings: boundSettings(CONFLUENT_KAFKA_GO_BUNDLES),
  aliases: librdkafkaAliases,
  spell: (setting) => setting,
  canonical: (key) => librdkafkaCanonical(key),
  accepts: (key, _role, version) => isOwn(key) || librdkafkaAccepts(key, librdkafkaOf(version)),
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
