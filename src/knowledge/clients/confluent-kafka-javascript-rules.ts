import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Literal, type Value } from '../../model/value.ts'
import { isEffectively, isGiven, problemAt } from '../derive-values.ts'
import type { Derived, Reading, SettingsView } from '../profile.ts'
import { splitPlace } from './kafkajs-options.ts'
import { type LibrdkafkaWords, librdkafkaCommits, librdkafkaDerive, librdkafkaProblems } from './librdkafka-rules.ts'

const SOURCE = '@confluentinc/kafka-javascript 1.10.1, lib/kafkajs/_consumer.js and _producer.js; run on the JavaScript layer'

export const CALLBACK_WORDS: LibrdkafkaWords = {
  handOver: 'consume() or a stream',
  store: 'offsetsStore()',
  storeCalls: ['offsetsStore'],
  refuses: 'the client throws where it is constructed or connects',
  storeFails: 'an error ERR__INVALID_ARG',
}

/** Methods that only the callback API has, which node-rdkafka's users know. */
const CALLBACK_METHODS = new Set(['consume', 'produce', 'offsetsStore', 'commitSync', 'commitMessage', 'commitMessageSync'])

/**
 * The package has two APIs: the promisified one, which stores an offset when its handler is done, and node-rdkafka's. A `kafkaJS` block
 * belongs to the first, and changes defaults; the methods of the second tell it; otherwise the first is what the package leads with.
 */
export function usesCallbacks(view: SettingsView): boolean {
  return !hasBlock(view) && view.calls.some((call) => CALLBACK_METHODS.has(call))
}

/** Canonical settings that a `kafkaJS` block may hold. */
const BLOCK_SETTINGS = ['bootstrap.servers', 'client.id', 'group.id', 'retries', 'session.timeout.ms', 'heartbeat.interval.ms']
const FURTHER = [
  'max.poll.interval.ms',
  'isolation.level',
  'auto.offset.reset',
  'enable.auto.commit',
  'auto.commit.interval.ms',
  'acks',
]
const LAST = [
  'enable.idempotence',
  'transactional.id',
  'transaction.timeout.ms',
  'max.in.flight.requests.per.connection',
  'request.timeout.ms',
]

export function hasBlock(view: SettingsView): boolean {
  return [...BLOCK_SETTINGS, ...FURTHER, ...LAST].some((key) => view.declared(key)?.key.startsWith('kafkaJS.'))
}

/** What a block writes where neither it nor the dotted properties beside it say otherwise. */
const BLOCK_DEFAULTS: Readonly<Record<SettingsView['role'], Readonly<Record<string, Value>>>> = {
  consumer: {
    'session.timeout.ms': known(30_000),
    'max.poll.interval.ms': known(300_000),
    'partition.assignment.strategy': { kind: 'list', items: [known('roundrobin')] },
    'socket.timeout.ms': known(30_000),
  },
  producer: {
    retries: known(5),
    'retry.backoff.ms': known(300),
    'transaction.timeout.ms': known(60_000),
    'socket.timeout.ms': known(30_000),
  },
}

export function deriveConfluent(view: SettingsView, librdkafka: string): readonly Derived[] {
  if (usesCallbacks(view)) return librdkafkaDerive(view, librdkafka)
  const block = hasBlock(view) ? BLOCK_DEFAULTS[view.role] : {}
  const given: SettingsView = { ...view, given: (key) => view.given(key) ?? block[key] }
  const says = 'the kafkaJS block brings the defaults of kafkajs'
  const derived: Derived[] = Object.entries(block)
    .filter(([key]) => !isGiven(view, key))
    .map(([key, value]) => ({ key, value, because: 'kafkaJS', says, citation: SOURCE }))
  if (view.role === 'consumer') derived.push(storeAfterwards)
  // what librdkafka derives of the rest, but for what the block has written
  return [...derived, ...librdkafkaDerive(given, librdkafka).filter(({ key }) => block[key] === undefined)]
}

const storeAfterwards: Derived = {
  key: 'enable.auto.offset.store',
  value: known(false),
  because: 'enable.auto.offset.store',
  says: 'the promisified API stores an offset itself, when its handler is done',
  citation: SOURCE,
  overridesGiven: true,
}

/** The block's options that do not only bear another name: booleans that mean a word. */
export function readBlockOption(canonical: string, literal: Literal): Reading | undefined {
  if (typeof literal !== 'boolean') return undefined
  if (canonical === 'auto.offset.reset') return { kind: 'value', value: known(literal ? 'earliest' : 'latest') }
  if (canonical === 'isolation.level') return { kind: 'value', value: known(literal ? 'read_uncommitted' : 'read_committed') }
  return undefined
}

export function confluentProblems(view: SettingsView, librdkafka: string): readonly SettingProblem[] {
  if (usesCallbacks(view)) return librdkafkaProblems(view, librdkafka, CALLBACK_WORDS)
  const stores = problemAt(view, ['enable.auto.offset.store'], {
    effect: 'fails-later',
    says: "connect() throws KafkaJSError: Changing 'enable.auto.offset.store' is unsupported while using the promisified API.",
    fix: 'remove it: the promisified API stores an offset when its handler is done',
    citation: SOURCE,
  })
  const rest: SettingsView = {
    ...view,
    given: (key) => (key === 'enable.auto.offset.store' ? known(false) : view.given(key)),
    effective: (key) => (key === 'enable.auto.offset.store' ? known(false) : view.effective(key)),
    declared: (key) => (key === 'enable.auto.offset.store' ? undefined : view.declared(key)),
  }
  return [...stores, ...misplaced(view), ...librdkafkaProblems(rest, librdkafka, CALLBACK_WORDS)]
}

/** kafkajs takes these in subscribe(), run() and send(); here they belong to the block, and the calls refuse them. */
function misplaced(view: SettingsView): readonly SettingProblem[] {
  return ['auto.offset.reset', 'enable.auto.commit', 'auto.commit.interval.ms', 'acks'].flatMap((key) => {
    const { place, option } = splitPlace(view.declared(key)?.key ?? '')
    if (place !== 'subscribe' && place !== 'run' && place !== 'send') return []
    return problemAt(view, [key], {
      effect: 'fails-later',
      says: `${place}() throws ERR__INVALID_ARG: \`${option}\` belongs to the kafkaJS block of the client's configuration`,
      fix: `write \`kafkaJS: { ${option}: … }\` where the client is made`,
      citation: SOURCE,
    })
  })
}

/** When a consumer of either API commits by itself. */
export function confluentCommits(view: SettingsView): CommitBehaviour {
  if (usesCallbacks(view)) return librdkafkaCommits(view, CALLBACK_WORDS)
  if (isEffectively(view, 'enable.auto.commit', false)) {
    return {
      when: 'never',
      what: 'stored',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: 'autoCommit is off: only the program commits',
      citation: SOURCE,
    }
  }
  return {
    when: 'background',
    what: 'resolved',
    onClose: true,
    onRevoke: true,
    loses: 'no',
    says: 'a background thread commits offsets that are stored when eachMessage or eachBatch has resolved: a crash repeats messages and skips none, and a handler that throws gets the same message again',
    citation: SOURCE,
  }
}
