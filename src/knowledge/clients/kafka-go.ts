import type { CommitBehaviour } from '../../model/commit.ts'
import type { Capabilities, SettingProblem } from '../../model/facts.ts'
import { known, type Literal } from '../../model/value.ts'
import { effectiveNumber, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, Profile, Reading, SettingFact, SettingsView } from '../profile.ts'
import { always, constantFrom, milliseconds } from './go-values.ts'

const READER = 'kafka-go v0.3.10 … v0.4.51, reader.go, consumergroup.go'
const WRITER = 'kafka-go v0.4.1 … v0.4.51, writer.go'

const consumer = (type: SettingFact['type'], value: Literal) => always('consumer', type, value, READER)
const producer = (type: SettingFact['type'], value: Literal) => always('producer', type, value, WRITER)

const settings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': always('both', 'list', null, READER),
  'group.id': consumer('string', null),
  'enable.auto.commit': consumer('boolean', false),
  'auto.commit.interval.ms': consumer('integer', 0),
  'auto.offset.reset': consumer('string', 'earliest'),
  'isolation.level': {
    roles: ['consumer'],
    type: 'string',
    default: [
      { since: '0', value: undefined, citation: 'kafka-go v0.2.0, reader.go' },
      { since: '0.3.0', value: 'read_uncommitted', citation: 'kafka-go v0.3.0, reader.go (ReaderConfig.IsolationLevel)' },
    ],
  },
  'session.timeout.ms': consumer('integer', 30_000),
  acks: producer('string', '0'),
  retries: producer('integer', 10),
}

/** Fields of ReaderConfig and Writer by the Java client's names. */
const FIELDS: Readonly<Record<string, string>> = {
  Brokers: 'bootstrap.servers',
  GroupID: 'group.id',
  CommitInterval: 'auto.commit.interval.ms',
  StartOffset: 'auto.offset.reset',
  IsolationLevel: 'isolation.level',
  SessionTimeout: 'session.timeout.ms',
  RequiredAcks: 'acks',
  MaxAttempts: 'retries',
}
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(FIELDS).map(([field, setting]): [string, string] => [setting, field]),
  ['enable.auto.commit', 'ReadMessage'],
])

const ACKS = { RequireAll: 'all', '-1': 'all', RequireOne: '1', '1': '1', RequireNone: '0', '0': '0' }
// 0 is FirstOffset, which the reader puts in its place
const START = { FirstOffset: 'earliest', '-2': 'earliest', '0': 'earliest', LastOffset: 'latest', '-1': 'latest' }
const ISOLATION = {
  ReadUncommitted: 'read_uncommitted',
  '0': 'read_uncommitted',
  ReadCommitted: 'read_committed',
  '1': 'read_committed',
}

function read(setting: string, literal: Literal): Reading {
  if (setting === 'acks') return constantFrom(ACKS, literal)
  if (setting === 'auto.offset.reset') return constantFrom(START, literal)
  if (setting === 'isolation.level') return constantFrom(ISOLATION, literal)
  if (setting === 'group.id' && literal === '') return { kind: 'value', value: known(null) }
  return setting.endsWith('.ms') ? milliseconds(literal) : { kind: 'value', value: known(literal) }
}

/** ReadMessage commits what it returns, where there is a group. */
function readsAndCommits(view: SettingsView): boolean {
  return view.role === 'consumer' && isGiven(view, 'group.id') && view.calls.includes('ReadMessage')
}

function derive(view: SettingsView): readonly Derived[] {
  if (!readsAndCommits(view)) return []
  return [
    {
      key: 'enable.auto.commit',
      value: known(true),
      because: 'group.id',
      says: 'ReadMessage commits each message as it returns it',
      citation: `${READER} (ReadMessage)`,
    },
  ]
}

function commits(view: SettingsView): CommitBehaviour {
  if (!readsAndCommits(view))
    return {
      when: 'never',
      what: 'position',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: view.role === 'producer' ? 'a producer commits no offsets by itself' : 'only CommitMessages commits',
      citation: READER,
    }
  const interval = effectiveNumber(view, 'auto.commit.interval.ms')
  // commitLoopInterval collects what it is given, and commits it once more as the generation ends
  if (interval !== undefined && interval > 0)
    return {
      when: 'background',
      what: 'position',
      onClose: true,
      onRevoke: true,
      loses: 'yes',
      says: 'what ReadMessage has returned is committed every CommitInterval and when the reader leaves the group, worked on or not: a crash skips what was in work',
      citation: `${READER} (ReadMessage, commitLoopInterval)`,
    }
  return {
    when: 'on-delivery',
    what: 'position',
    onClose: false,
    onRevoke: false,
    loses: 'yes',
    says: 'ReadMessage commits a message before it returns it: a crash, or an error, in the work on it loses it',
    citation: `${READER} (ReadMessage, commitLoopImmediate)`,
  }
}

function problems(view: SettingsView): readonly SettingProblem[] {
  if (view.role === 'producer') return []
  const start = view.given('auto.offset.reset')
  if (isGiven(view, 'group.id'))
    return typeof literalOf(start) === 'number'
      ? problemAt(view, ['auto.offset.reset'], {
          effect: 'raises',
          says: `NewReader panics: StartOffset is not valid ${literalOf(start)}`,
          fix: 'set StartOffset to kafka.FirstOffset or kafka.LastOffset',
          citation: `${READER} (ConsumerGroupConfig.Validate)`,
        })
      : []
  return view.complete && literalOf(start) === 'latest'
    ? problemAt(view, ['auto.offset.reset'], {
        effect: 'ignored',
        says: 'NewReader looks at StartOffset only where GroupID is set: this reader begins at the first offset',
        fix: 'call SetOffset(kafka.LastOffset) on the reader, or set GroupID',
        citation: `${READER} (NewReader)`,
      })
    : []
}

const CAPABILITIES: Capabilities = {
  idempotentProducer: false,
  transactions: false,
  readCommitted: false,
  groupMetadataFencing: false,
  staticMembership: false,
  resetByDuration: false,
  resetNone: false,
}

export const kafkaGo: Profile = {
  id: 'kafka-go',
  title: 'segmentio/kafka-go',
  language: 'go',
  packages: [{ ecosystem: 'go', name: 'github.com/segmentio/kafka-go' }],
  oldestAssumed: '0.4.1',
  newestRead: '0.4.51',
  notes: [
    'A `Writer` that is written down (0.4.1) asks for no acknowledgement (`RequireNone`); the older NewWriter asks for all.',
    'ReadMessage commits before the program sees the message: at most once, by a timer where CommitInterval is set. FetchMessage and CommitMessages leave the order to the program.',
    'With `Async: true` the errors of a write are dropped unless `Completion` is set.',
    'No idempotent producer and no transactions: its ten attempts can double and reorder.',
    'CommitMessages commits up to and with the message: everything before it counts as done.',
    'A group begins at the first offset; StartOffset says nothing to a reader without GroupID.',
  ],
  settings,
  aliases: FIELDS,
  spell: (setting) => SPELLINGS.get(setting) ?? setting,
  canonical: (key) => (Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined),
  // a field that does not exist does not compile
  accepts: () => true,
  unknownSetting: [
    { since: '0', value: { effect: 'ignored', says: () => 'the field says nothing of delivery' }, citation: READER },
  ],
  read: (setting, literal) => read(setting, literal),
  derive,
  problems,
  commits,
  capabilities: [
    { since: '0', value: CAPABILITIES, citation: `kafka-go v0.2.0, reader.go; ${WRITER}` },
    {
      since: '0.3.0',
      value: { ...CAPABILITIES, readCommitted: true },
      citation: 'kafka-go v0.3.0, reader.go (ReaderConfig.IsolationLevel)',
    },
  ],
  boundaries: [],
  methods: {
    receive: ['ReadMessage', 'FetchMessage'],
    commit: ['CommitMessages'],
    send: ['WriteMessages'],
    seek: ['SetOffset', 'SetOffsetAt'],
    close: ['Close'],
  },
  groupRequired: false,
}
