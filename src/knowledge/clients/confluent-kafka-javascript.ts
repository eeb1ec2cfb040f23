import type { Role } from '../../model/client.ts'
import type { Profile } from '../profile.ts'
import {
  CALLBACK_WORDS,
  confluentCommits,
  confluentProblems,
  deriveConfluent,
  readBlockOption,
} from './confluent-kafka-javascript-rules.ts'
import { KAFKAJS_OPTIONS, splitPlace } from './kafkajs-options.ts'
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

/** `librdkafka` in its package.json. */
export const CONFLUENT_KAFKA_JAVASCRIPT_BUNDLES: Bundled = (
  [
    ['0', '2.5.3'],
    ['0.3.0', '2.6.0'],
    ['0.5.1', '2.6.1'],
    ['1.2.0', '2.8.0'],
    ['1.3.0', '2.10.0'],
    ['1.3.2', '2.10.1'],
    ['1.4.0', '2.11.0'],
    ['1.4.1', '2.11.1'],
    ['1.6.0', '2.12.0'],
    ['1.7.0', '2.12.1'],
    ['1.8.0', '2.13.0'],
    ['1.8.2', '2.13.2'],
    ['1.9.0', '2.14.0'],
    ['1.9.1', '2.14.2'],
    ['1.10.0', '2.15.0'],
    ['1.10.1', '2.15.1'],
  ] as const
).map(([since, value]) => ({ since, value, citation: '@confluentinc/kafka-javascript package.json' }))

const BINDING_KEYS = new Set([
  'event_cb',
  'dr_cb',
  'dr_msg_cb',
  'rebalance_cb',
  'offset_commit_cb',
  'stats_cb',
  'logger',
  'kafkaJS',
])

/** Options of a `kafkaJS` block without a bearing on delivery. */
const BLOCK_OPTIONS: Readonly<Record<Role | 'common', ReadonlySet<string>>> = {
  common: new Set(
    `sasl ssl enforceRequestTimeout connectionTimeout authenticationTimeout retry retry.maxRetryTime retry.initialRetryTime socketFactory
    reauthenticationThreshold logLevel logger`.split(/\s+/),
  ),
  producer: new Set(['metadataMaxAge', 'allowAutoTopicCreation', 'compression', 'timeout']),
  consumer: new Set(
    `partitionAssigners partitionAssignors metadataMaxAge allowAutoTopicCreation maxBytesPerPartition maxWaitTimeInMs minBytes maxBytes
    rackId`.split(/\s+/),
  ),
}

/** A block's name of a setting. Its rebalanceTimeout is librdkafka's poll interval. */
function ofOption(option: string): string | undefined {
  if (option === 'rebalanceTimeout') return 'max.poll.interval.ms'
  // refused by the block, so that it is no name of a setting here
  if (option === 'autoCommitThreshold' || option === 'allowAutoTopicCreation') return undefined
  // the block's requestTimeout is the socket's
  if (option === 'requestTimeout') return 'socket.timeout.ms'
  if (option === 'timeout') return 'request.timeout.ms'
  return Object.hasOwn(KAFKAJS_OPTIONS, option) ? KAFKAJS_OPTIONS[option]?.canonical : undefined
}

const inBlock = (key: string) => (key.startsWith('kafkaJS.') ? key.slice('kafkaJS.'.length) : undefined)

function canonical(key: string): string | undefined {
  const { place, option } = splitPlace(key)
  const plain = inBlock(key) ?? (place === undefined ? undefined : option)
  return plain === undefined ? librdkafkaCanonical(key) : ofOption(plain)
}

function accepts(key: string, role: Role, version: string): boolean {
  const option = inBlock(key)
  if (option !== undefined) return BLOCK_OPTIONS.common.has(option) || BLOCK_OPTIONS[role].has(option)
  return BINDING_KEYS.has(key) || librdkafkaAccepts(key, librdkafkaOf(version))
}

function tellUnknown(key: string): string {
  const option = inBlock(key)
  if (option === 'autoCommitThreshold')
    return "connect() throws ERR__NOT_IMPLEMENTED: The property 'autoCommitThreshold' is not supported by run."
  if (option !== undefined) return `connect() throws ERR__INVALID_ARG: The '${option}' property is not supported.`
  if (ofOption(key) !== undefined)
    return `the constructor throws KafkaJSError: The '${key}' property seems to be a KafkaJS property in the main config block. It must be moved to the kafkaJS block.`
  return `${CALLBACK_WORDS.refuses}: ${librdkafkaUnknown(key)}`
}

const librdkafkaOf = (version: string) => librdkafkaUnder(CONFLUENT_KAFKA_JAVASCRIPT_BUNDLES, version)

export const confluentKafkaJavascript: Profile = {
  id: 'confluent-kafka-javascript',
  title: '@confluentinc/kafka-javascript',
  language: 'javascript',
  packages: [{ ecosystem: 'npm', name: '@confluentinc/kafka-javascript' }],
  newestRead: '1.10.1',
  notes: [
    'A binding of librdkafka with two APIs. The promisified one, made after kafkajs, stores an offset when eachMessage or eachBatch has resolved, and repeats a message whose handler throws, for ever. The callback one is node-rdkafka’s, with librdkafka’s defaults: offsets are committed while the handler still works.',
    'A `kafkaJS` block changes defaults: 5 retries, a session of 30 s, round-robin assignment. Dotted properties beside it win.',
    'acks in send(), autoCommit in run() and fromBeginning in subscribe() are refused: they belong to the block.',
    'isolation.level defaults to read_committed, enable.idempotence to false.',
    'Before 1.7.0 a seek on one partition could lose messages of others (CHANGELOG.md).',
  ],
  settings: boundSettings(CONFLUENT_KAFKA_JAVASCRIPT_BUNDLES),
  aliases: librdkafkaAliases,
  spell: (setting) => setting,
  canonical,
  accepts,
  unknownSetting: [
    {
      since: '0',
      value: { effect: 'raises', says: tellUnknown },
      citation: '@confluentinc/kafka-javascript 1.10.1, lib/kafkajs/_common.js (checkAllowedKeys); librdkafka src/rdkafka_conf.c',
    },
  ],
  read: (setting, literal, _role, version) =>
    readBlockOption(setting, literal) ?? librdkafkaRead(setting, literal, librdkafkaOf(version), CALLBACK_WORDS.refuses),
  derive: (view) => deriveConfluent(view, librdkafkaOf(view.version)),
  problems: (view) => confluentProblems(view, librdkafkaOf(view.version)),
  commits: confluentCommits,
  capabilities: boundHistory(CONFLUENT_KAFKA_JAVASCRIPT_BUNDLES, librdkafkaCapabilities),
  boundaries: boundReleases(CONFLUENT_KAFKA_JAVASCRIPT_BUNDLES, LIBRDKAFKA_PROPERTY_RELEASES),
  methods: {
    subscribe: ['subscribe'],
    assign: ['assign', 'incrementalAssign'],
    seek: ['seek'],
    receive: ['run', 'consume'],
    commit: ['commitOffsets', 'commitSync', 'commitMessageSync'],
    commitAsync: ['commit', 'commitMessage'],
    store: ['offsetsStore'],
    send: ['send', 'sendBatch', 'produce'],
    flush: ['flush'],
    close: ['disconnect'],
    initTransactions: ['initTransactions'],
    beginTransaction: ['transaction', 'beginTransaction'],
    commitTransaction: ['commitTransaction'],
    abortTransaction: ['abort', 'abortTransaction'],
    sendOffsets: ['sendOffsets', 'sendOffsetsToTransaction'],
  },
  groupRequired: true,
}
