import type { Role } from '../../model/client.ts'
import { lookUp } from '../../text/table.ts'
import type { Profile } from '../profile.ts'
import { misspelt } from './java-misspelling.ts'
import { KAFKAJS_OPTIONS, kafkajsCapabilities, kafkajsSettings, splitPlace } from './kafkajs-options.ts'
import { deriveKafkajs, kafkajsCommits, kafkajsProblems, readKafkajsOption } from './kafkajs-rules.ts'

/** Options without a bearing on delivery. */
const OTHER_OPTIONS: ReadonlySet<string> = new Set(
  `ssl sasl connectionTimeout authenticationTimeout reauthenticationThreshold enforceRequestTimeout socketFactory logLevel logCreator retry
  retry.maxRetryTime retry.initialRetryTime retry.factor retry.multiplier retry.restartOnFailure createPartitioner metadataMaxAge
  partitionAssigners maxBytesPerPartition minBytes maxBytes maxWaitTimeInMs rackId topic topics eachBatchAutoResolve
  partitionsConsumedConcurrently eachMessage eachBatch timeout compression messages topicMessages`.split(/\s+/),
)

const OPTIONS = Object.keys(KAFKAJS_OPTIONS)

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries(KAFKAJS_OPTIONS).map(([option, { canonical }]) => [canonical, option]),
)

function canonical(key: string): string | undefined {
  const { option } = splitPlace(key)
  const plain = option === 'retries' ? 'retry.retries' : option
  return Object.hasOwn(KAFKAJS_OPTIONS, plain) ? KAFKAJS_OPTIONS[plain]?.canonical : undefined
}

/** True for kafkajs's other options and for names of the program's own; false for what is certainly meant to be one of its options. */
function accepts(key: string, role: Role): boolean {
  const { option } = splitPlace(key)
  if (OTHER_OPTIONS.has(option)) return true
  const of = canonical(key)
  // an option of the other role in a shared object does no harm
  if (of !== undefined) return !lookUp(kafkajsSettings, of)?.roles.includes(role)
  return misspelt(option, OPTIONS) === undefined && misspelt(option, Object.keys(kafkajsSettings)) === undefined
}

function tellUnknown(key: string): string {
  const { option } = splitPlace(key)
  const dotted = misspelt(option, Object.keys(kafkajsSettings))
  const meant = misspelt(option, OPTIONS) ?? (dotted === undefined ? undefined : SPELLINGS.get(dotted))
  const instead = meant === undefined || meant === option ? '' : `; \`${meant}\` is its name for it`
  return `kafkajs has no such option here and drops it without a word${instead}`
}

export const kafkajs: Profile = {
  id: 'kafkajs',
  title: 'kafkajs',
  language: 'javascript',
  packages: [{ ecosystem: 'npm', name: 'kafkajs' }],
  newestRead: '2.2.4',
  oldestAssumed: '1.5.0',
  notes: [
    'eachMessage commits after the handler has returned, eachBatch what it has resolved: at least once while the handler awaits its work and lets its errors out.',
    'isolation.level is read_committed by default; `readUncommitted` turns it round. `fromBeginning` is false by default: a new group skips what is there.',
    'Retries are 5, for idempotent producers too: the endless ones that the documentation promises are never reached, and nothing says so.',
    'acks takes numbers: the text `all` goes over the wire as 0.',
    'sendOffsets() names the group only, without its generation (no KIP-447): a zombie is not fenced.',
    'No static membership, no cooperative rebalancing. A handler that takes longer than sessionTimeout without heartbeat() is evicted.',
    'Unmaintained since 2.2.4 (2023).',
  ],
  settings: kafkajsSettings,
  aliases: Object.fromEntries(Object.entries(KAFKAJS_OPTIONS).map(([option, { canonical: of }]) => [option, of])),
  spell: (setting) => SPELLINGS.get(setting) ?? setting,
  canonical,
  accepts: (key, role) => accepts(key, role),
  unknownSetting: [
    {
      since: '0',
      value: { effect: 'ignored', says: tellUnknown },
      citation: 'kafkajs, src/index.js: options are taken by name, the rest is dropped; run',
    },
  ],
  read: (setting, literal) => readKafkajsOption(setting, literal),
  derive: deriveKafkajs,
  problems: kafkajsProblems,
  commits: kafkajsCommits,
  capabilities: kafkajsCapabilities,
  boundaries: ['1.4.0', '1.5.0', '1.8.0', '2.0.0'],
  methods: {
    subscribe: ['subscribe'],
    receive: ['run'],
    commit: ['commitOffsets', 'commitOffsetsIfNecessary'],
    resolve: ['resolveOffset'],
    seek: ['seek'],
    pause: ['pause'],
    send: ['send', 'sendBatch'],
    close: ['disconnect', 'stop'],
    beginTransaction: ['transaction'],
    commitTransaction: ['commit'],
    abortTransaction: ['abort'],
    sendOffsets: ['sendOffsets'],
  },
  groupRequired: true,
}
