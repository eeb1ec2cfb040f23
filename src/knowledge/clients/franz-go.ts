import type { CommitBehaviour } from '../../model/commit.ts'
import type { Capabilities, SettingProblem } from '../../model/facts.ts'
import { known, type Literal } from '../../model/value.ts'
import { isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, Profile, Reading, SettingFact, SettingsView } from '../profile.ts'
import { always, constantFrom, milliseconds } from './go-values.ts'
import { before } from './kafka-clients-versions.ts'

const CONFIG = 'franz-go v1.0.0 … v1.22.3, pkg/kgo/config.go (defaultCfg)'
const VALIDATE = 'franz-go v1.0.0 … v1.22.3, pkg/kgo/config.go (validate)'
const GROUP = 'franz-go v1.0.0 … v1.22.3, pkg/kgo/consumer_group.go (updateUncommitted, loopCommit, defaultRevoke)'
const OFFSETS = 'franz-go v1.19.0 … v1.22.3, pkg/kgo/client.go (NewClient), config.go (ConsumeStartOffset)'

const consumer = (type: SettingFact['type'], value: Literal) => always('consumer', type, value, CONFIG)
const producer = (type: SettingFact['type'], value: Literal) => always('producer', type, value, CONFIG)

// where a group begins that has no offset; auto.offset.reset is both in the Java client
const START = 'auto.offset.start'
const MARKS = 'auto.commit.marks'
const GREEDY = 'auto.commit.greedy'

const settings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': always('both', 'list', null, CONFIG),
  'group.id': consumer('string', null),
  'enable.auto.commit': consumer('boolean', true),
  'auto.commit.interval.ms': consumer('integer', 5000),
  'auto.offset.reset': consumer('string', 'earliest'),
  [START]: {
    roles: ['consumer'],
    type: 'string',
    default: [
      { since: '0', value: undefined, citation: CONFIG },
      { since: '1.19.0', value: 'earliest', citation: OFFSETS },
    ],
  },
  'isolation.level': consumer('string', 'read_uncommitted'),
  'session.timeout.ms': consumer('integer', 45_000),
  'group.instance.id': consumer('string', null),
  [MARKS]: consumer('boolean', false),
  [GREEDY]: consumer('boolean', false),
  acks: producer('string', 'all'),
  'enable.idempotence': producer('boolean', true),
  'transactional.id': producer('string', null),
  'transaction.timeout.ms': producer('integer', 40_000),
  // null: without an end
  retries: producer('integer', null),
  'delivery.timeout.ms': producer('integer', null),
}

/** Options by the Java client's names. */
const OPTIONS: Readonly<Record<string, string>> = {
  SeedBrokers: 'bootstrap.servers',
  ConsumerGroup: 'group.id',
  DisableAutoCommit: 'enable.auto.commit',
  AutoCommitInterval: 'auto.commit.interval.ms',
  ConsumeResetOffset: 'auto.offset.reset',
  ConsumeStartOffset: START,
  FetchIsolationLevel: 'isolation.level',
  SessionTimeout: 'session.timeout.ms',
  InstanceID: 'group.instance.id',
  AutoCommitMarks: MARKS,
  GreedyAutoCommit: GREEDY,
  RequiredAcks: 'acks',
  DisableIdempotentWrite: 'enable.idempotence',
  TransactionalID: 'transactional.id',
  TransactionTimeout: 'transaction.timeout.ms',
  RecordRetries: 'retries',
  RecordDeliveryTimeout: 'delivery.timeout.ms',
}
const SPELLINGS: ReadonlyMap<string, string> = new Map(Object.entries(OPTIONS).map(([option, setting]) => [setting, option]))

const ACKS = { AllISRAcks: 'all', LeaderAck: '1', NoAck: '0' }
const RESET = { AtStart: 'earliest', AtEnd: 'latest', AtCommitted: 'none' }
const ISOLATION = { ReadCommitted: 'read_committed', ReadUncommitted: 'read_uncommitted' }

function read(setting: string, literal: Literal): Reading {
  if (setting === 'acks') return constantFrom(ACKS, literal)
  if (setting === 'auto.offset.reset' || setting === START) return constantFrom(RESET, literal)
  if (setting === 'isolation.level') return constantFrom(ISOLATION, literal)
  // options that turn something off
  if (setting === 'enable.auto.commit' || setting === 'enable.idempotence')
    return { kind: 'value', value: known(literal !== true) }
  return setting.endsWith('.ms') ? milliseconds(literal) : { kind: 'value', value: known(literal) }
}

/** What follows from where a group starts, and from a transactional id: its group commits in transactions alone. */
function derive(view: SettingsView): readonly Derived[] {
  if (view.role === 'producer') return []
  const start = before(view.version, '1.19.0') ? undefined : view.given(START)
  // with both a start at the end skips, and so does a reset there
  const decides = start !== undefined && (!isGiven(view, 'auto.offset.reset') || literalOf(start) === 'latest')
  const says = 'ConsumeStartOffset, by which a partition begins of which the group has no offset'
  return [
    ...(decides
      ? [{ key: 'auto.offset.reset', value: start, because: START, says, citation: OFFSETS, overridesGiven: true }]
      : []),
    ...(isGiven(view, 'transactional.id')
      ? [
          {
            key: 'enable.auto.commit',
            value: known(false),
            because: 'transactional.id',
            says: 'with a transactional id nothing is committed by itself',
            citation: GROUP,
            overridesGiven: true,
          },
        ]
      : []),
  ]
}

function commits(view: SettingsView): CommitBehaviour {
  const base = { onClose: true, onRevoke: true, citation: GROUP } as const
  const off = isEffectively(view, 'enable.auto.commit', false) || isGiven(view, 'transactional.id')
  if (view.role === 'producer' || !isGiven(view, 'group.id') || off)
    return {
      when: 'never',
      what: 'position',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: view.role === 'producer' ? 'a producer commits no offsets by itself' : 'only the program commits',
      citation: GROUP,
    }
  if (isEffectively(view, GREEDY, true))
    return {
      ...base,
      when: 'background',
      what: 'position',
      loses: 'yes',
      says: 'GreedyAutoCommit commits by a timer what the last poll returned, worked on or not: a crash skips what was in work',
    }
  if (isEffectively(view, MARKS, true))
    return {
      ...base,
      when: 'background',
      what: 'marked',
      loses: 'no',
      says: 'what MarkCommitRecords marked is committed by a timer',
    }
  // what the last poll returned is left out on close and revocation too (getUncommitted(false))
  return {
    when: 'on-poll',
    what: 'position',
    onClose: false,
    onRevoke: false,
    loses: 'no',
    says: 'a timer commits what was polled before the last poll: nothing is lost where the work is done before the next poll',
    citation: GROUP,
  }
}

function problems(view: SettingsView): readonly SettingProblem[] {
  const refused = (keys: readonly string[], says: string, fix: string) =>
    problemAt(view, keys, { effect: 'raises', says: `NewClient fails: ${says}`, fix, citation: VALIDATE })
  const acks = literalOf(view.effective('acks'))
  if (view.role === 'producer')
    return [
      ...(isEffectively(view, 'enable.idempotence', true) && acks !== undefined && acks !== 'all'
        ? refused(['acks'], 'idempotency requires acks=all', 'leave out RequiredAcks')
        : []),
      ...(isGiven(view, 'transactional.id') && isEffectively(view, 'enable.idempotence', false)
        ? refused(
            ['enable.idempotence', 'transactional.id'],
            'cannot both disable idempotent writes and use transactional IDs',
            'leave out DisableIdempotentWrite',
          )
        : []),
    ]
  const off = isEffectively(view, 'enable.auto.commit', false)
  const greedy = isEffectively(view, GREEDY, true)
  const marks = isEffectively(view, MARKS, true)
  // NewClient gives the first error alone
  if (off && greedy)
    return refused(
      ['enable.auto.commit', GREEDY],
      'cannot both disable autocommitting and enable greedy autocommitting',
      'leave out one of them',
    )
  if (off && marks)
    return refused(
      ['enable.auto.commit', MARKS],
      'cannot both disable autocommitting and enable marked autocommitting',
      'leave out one of them',
    )
  return greedy && marks
    ? refused([GREEDY, MARKS], 'cannot enable both greedy autocommitting and marked autocommitting', 'leave out one of them')
    : []
}

const CAPABILITIES: Capabilities = {
  idempotentProducer: true,
  transactions: true,
  readCommitted: true,
  groupMetadataFencing: true,
  staticMembership: true,
  resetByDuration: false,
  resetNone: true,
}

export const franzGo: Profile = {
  id: 'franz-go',
  title: 'franz-go',
  language: 'go',
  packages: [{ ecosystem: 'go', name: 'github.com/twmb/franz-go' }],
  oldestAssumed: '1.0.0',
  newestRead: '1.22.3',
  notes: [
    'The producer is idempotent, asks for all acknowledgements and retries without end, unless it is told otherwise.',
    'Auto-commit commits what the poll before the last one returned: at least once where the work is done before the next poll.',
    'GreedyAutoCommit commits what the last poll returned, as the Java client does by a timer: it can lose.',
    'ConsumeStartOffset (1.19.0) says where a group without offsets begins, ConsumeResetOffset what follows an offset out of range; one alone stands for both until 1.22.0, from which on a reset goes back a minute before the last record.',
    'A group begins at the start, and reads what is not committed unless FetchIsolationLevel says otherwise, in a transaction session too.',
    'Without BlockRebalanceOnPoll a partition can move while its records are worked on.',
  ],
  settings,
  aliases: OPTIONS,
  spell: (setting) => SPELLINGS.get(setting) ?? setting,
  canonical: (key) => (Object.hasOwn(OPTIONS, key) ? OPTIONS[key] : undefined),
  // an option that does not exist does not compile
  accepts: () => true,
  unknownSetting: [
    { since: '0', value: { effect: 'ignored', says: () => 'the option says nothing of delivery' }, citation: CONFIG },
  ],
  read: (setting, literal) => read(setting, literal),
  derive,
  problems,
  commits,
  capabilities: [
    { since: '0', value: { ...CAPABILITIES, resetNone: false }, citation: CONFIG },
    { since: '1.17.0', value: CAPABILITIES, citation: 'franz-go v1.17.0, pkg/kgo/consumer.go (AtCommitted)' },
  ],
  boundaries: ['1.19.0'],
  methods: {
    subscribe: ['AddConsumeTopics'],
    receive: ['PollFetches', 'PollRecords'],
    store: ['MarkCommitRecords', 'MarkCommitOffsets'],
    commit: ['CommitRecords', 'CommitUncommittedOffsets', 'CommitMarkedOffsets', 'CommitOffsetsSync'],
    commitAsync: ['CommitOffsets'],
    send: ['Produce', 'ProduceSync', 'TryProduce'],
    flush: ['Flush'],
    close: ['Close', 'CloseAllowingRebalance'],
    beginTransaction: ['BeginTransaction', 'Begin'],
    commitTransaction: ['EndTransaction', 'End'],
  },
  groupRequired: false,
}
