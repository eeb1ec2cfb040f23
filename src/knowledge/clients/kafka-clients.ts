import type { Role } from '../../model/client.ts'
import { lookUp } from '../../text/table.ts'
import type { Profile } from '../profile.ts'
import { misspelt } from './java-misspelling.ts'
import { commitsNever, kafkaConsumerCommits } from './kafka-clients-commits.ts'
import { consumerProblems, deriveConsumer } from './kafka-clients-consumer.ts'
import { FOREIGN_NAMES, isKafkaClientName } from './kafka-clients-names.ts'
import { deriveProducer, producerProblems } from './kafka-clients-producer.ts'
import { readKafkaSetting } from './kafka-clients-read.ts'
import { kafkaClientsCapabilities, kafkaClientsSettings } from './kafka-clients-settings.ts'
import { KAFKA_CLIENTS_NEWEST, normaliseKafkaVersion } from './kafka-clients-versions.ts'

const SETTINGS = Object.keys(kafkaClientsSettings)

/** Releases at which what is derived, refused or committed changes beside the defaults. */
export const KAFKA_CLIENTS_BOUNDARIES: readonly string[] = [
  '0.11.0.0',
  '1.0.0',
  '2.0.0',
  '2.1.0',
  '2.2.0',
  '2.4.0',
  '3.0.0',
  '3.0.1',
  '3.1.0',
  '3.1.1',
  '3.7.0',
  '3.9.0',
  '4.0.0',
  '4.1.0',
]

/**
 * True for a key that the Java client leaves in peace: its own names, and any other, since serializers, interceptors and callbacks read
 * theirs from the same map. False for a setting that this role or version does not have, for another client's name of one, and for a
 * spelling that is certainly meant to be one.
 */
export function javaClientAccepts(key: string): boolean {
  if (Object.hasOwn(kafkaClientsSettings, key)) return false
  if (isKafkaClientName(key)) return true
  return !Object.hasOwn(FOREIGN_NAMES, key) && misspelt(key, SETTINGS) === undefined
}

/** What is meant by a key that the client does not have, for the sentence about it. */
function meant(key: string): string {
  const setting = lookUp(FOREIGN_NAMES, key) ?? misspelt(key, SETTINGS)
  return setting === undefined || setting === key ? '' : `; \`${setting}\` is the Java client's name`
}

/** The client starts all the same: it names unknown keys in one line of its log. */
export const unknownToKafkaClients: Profile['unknownSetting'] = [
  unknownSince('0', (key) => `WARN "The configuration '${key}' was supplied but isn't a known config."`),
  unknownSince('3.3.0', (key) => `WARN "These configurations '[${key}]' were supplied but are not used yet."`),
  unknownSince('3.5.0', (key) => `INFO "These configurations '[${key}]' were supplied but are not used yet."`),
]

function unknownSince(since: string, line: (key: string) => string): Profile['unknownSetting'][number] {
  const says = (key: string) => `the Java client does not know it here, goes on without it and logs ${line(key)}${meant(key)}`
  return {
    since,
    value: { effect: 'ignored', says },
    citation: `kafka-clients ${since === '0' ? '0.9.0' : since}, AbstractConfig.logUnused; run`,
  }
}

/** The Java client's method names. */
export const KAFKA_CLIENTS_METHODS: Profile['methods'] = {
  subscribe: ['subscribe'],
  assign: ['assign'],
  receive: ['poll'],
  commit: ['commitSync'],
  commitAsync: ['commitAsync'],
  seek: ['seek', 'seekToBeginning', 'seekToEnd'],
  pause: ['pause'],
  send: ['send'],
  flush: ['flush'],
  close: ['close'],
  initTransactions: ['initTransactions'],
  beginTransaction: ['beginTransaction'],
  commitTransaction: ['commitTransaction'],
  abortTransaction: ['abortTransaction'],
  sendOffsets: ['sendOffsetsToTransaction'],
}

const NO_ALIASES: Readonly<Record<string, string>> = {}

export const kafkaClients: Profile = {
  id: 'kafka-clients',
  title: 'kafka-clients',
  language: 'java',
  packages: [{ ecosystem: 'maven', name: 'org.apache.kafka:kafka-clients' }],
  oldestAssumed: '2.0.0',
  newestRead: KAFKA_CLIENTS_NEWEST,
  notes: [
    'Auto-commit is on by default and happens inside poll(): the next poll() commits what the poll before it returned. At least once while every record is done before the next poll(); close() and a rebalance commit too, done or not.',
    'isolation.level defaults to read_uncommitted: aborted transactional records are delivered.',
    'From 3.0.1, 3.1.1 and 3.2.0 on producers are idempotent with acks=all by default. An explicit acks=0/1 or retries=0, and before 4.0 more than 5 requests in flight, turn that off in silence. 3.0.0 and 3.1.0 declare the default and do not apply it (KAFKA-13598).',
    'Unknown and misspelt keys are named in one line of the log (WARN up to 3.4, INFO from 3.5) and otherwise ignored.',
    'A failed send() is told only by its Future or callback.',
    'Confluent builds (7.5.1-ccs) carry the number of the platform: 7.5 is Kafka 3.5, 8.0 is Kafka 4.0.',
  ],
  settings: kafkaClientsSettings,
  aliases: NO_ALIASES,
  spell: (canonical) => canonical,
  canonical: (key) => (Object.hasOwn(kafkaClientsSettings, key) ? key : undefined),
  accepts: (key) => javaClientAccepts(key),
  unknownSetting: unknownToKafkaClients,
  read: (canonical, literal, _role: Role, version) => readKafkaSetting(canonical, literal, version),
  derive: (view) => (view.role === 'producer' ? deriveProducer(view) : deriveConsumer(view)),
  problems: (view) => (view.role === 'producer' ? producerProblems(view) : consumerProblems(view)),
  commits: (view) =>
    view.role === 'consumer'
      ? kafkaConsumerCommits(view)
      : commitsNever('a producer commits no offsets by itself', 'KafkaProducer'),
  capabilities: kafkaClientsCapabilities,
  boundaries: KAFKA_CLIENTS_BOUNDARIES,
  normaliseVersion: normaliseKafkaVersion,
  methods: KAFKA_CLIENTS_METHODS,
  groupRequired: false,
}
