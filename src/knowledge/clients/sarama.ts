import type { CommitBehaviour } from '../../model/commit.ts'
import type { Capabilities, SettingProblem } from '../../model/facts.ts'
import { known, type Literal } from '../../model/value.ts'
import { effectiveNumber, isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { History } from '../history.ts'
import type { Profile, Reading, SettingFact, SettingsView } from '../profile.ts'
import { always, constantFrom, milliseconds } from './go-values.ts'

const CONFIG = 'sarama v1.60.1, config.go (NewConfig)'
const VALIDATE = 'sarama v1.60.1, config.go (Validate)'
const SESSION = 'sarama v1.60.1, offset_manager.go, consumer_group.go'

const consumer = (type: SettingFact['type'], value: Literal) => always('consumer', type, value, CONFIG)
const producer = (type: SettingFact['type'], value: Literal) => always('producer', type, value, CONFIG)

const settings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': always('both', 'list', null, CONFIG),
  'group.id': consumer('string', null),
  'enable.auto.commit': consumer('boolean', true),
  'auto.commit.interval.ms': consumer('integer', 1000),
  'auto.offset.reset': consumer('string', 'latest'),
  'isolation.level': consumer('string', 'read_uncommitted'),
  'session.timeout.ms': consumer('integer', 10_000),
  'group.instance.id': consumer('string', null),
  acks: producer('string', '1'),
  'enable.idempotence': producer('boolean', false),
  'transactional.id': producer('string', null),
  'transaction.timeout.ms': producer('integer', 60_000),
  retries: producer('integer', 3),
  'max.in.flight.requests.per.connection': producer('integer', 5),
  'request.timeout.ms': producer('integer', 10_000),
}

/** Fields of Config by the Java client's names. */
const FIELDS: Readonly<Record<string, string>> = {
  'group.id': 'group.id',
  'Consumer.Offsets.AutoCommit.Enable': 'enable.auto.commit',
  'Consumer.Offsets.AutoCommit.Interval': 'auto.commit.interval.ms',
  'Consumer.Offsets.Initial': 'auto.offset.reset',
  'Consumer.IsolationLevel': 'isolation.level',
  'Consumer.Group.Session.Timeout': 'session.timeout.ms',
  'Consumer.Group.InstanceId': 'group.instance.id',
  'Producer.RequiredAcks': 'acks',
  'Producer.Idempotent': 'enable.idempotence',
  'Producer.Transaction.ID': 'transactional.id',
  'Producer.Transaction.Timeout': 'transaction.timeout.ms',
  'Producer.Retry.Max': 'retries',
  'Producer.Timeout': 'request.timeout.ms',
  'Net.MaxOpenRequests': 'max.in.flight.requests.per.connection',
}
const SPELLINGS: ReadonlyMap<string, string> = new Map(Object.entries(FIELDS).map(([field, setting]) => [setting, field]))

const ACKS = { WaitForAll: 'all', '-1': 'all', WaitForLocal: '1', '1': '1', NoResponse: '0', '0': '0' }
const INITIAL = { OffsetNewest: 'latest', '-1': 'latest', OffsetOldest: 'earliest', '-2': 'earliest' }
const ISOLATION = {
  ReadUncommitted: 'read_uncommitted',
  '0': 'read_uncommitted',
  ReadCommitted: 'read_committed',
  '1': 'read_committed',
}

function read(setting: string, literal: Literal): Reading {
  if (setting === 'acks') return constantFrom(ACKS, literal)
  if (setting === 'auto.offset.reset') return constantFrom(INITIAL, literal)
  if (setting === 'isolation.level') return constantFrom(ISOLATION, literal)
  // an empty text is Go's way of giving none
  if (literal === '' && (setting === 'transactional.id' || setting === 'group.instance.id'))
    return { kind: 'value', value: known(null) }
  return setting.endsWith('.ms') ? milliseconds(literal) : { kind: 'value', value: known(literal) }
}

function commits(view: SettingsView): CommitBehaviour {
  const group = view.role === 'consumer' && isGiven(view, 'group.id')
  if (!group || isEffectively(view, 'enable.auto.commit', false))
    return {
      when: 'never',
      what: 'marked',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: group
        ? 'marks are committed only where the program calls the session’s Commit'
        : view.role === 'producer'
          ? 'a producer commits no offsets by itself'
          : 'a partition consumer commits nothing',
      citation: SESSION,
    }
  return {
    when: 'background',
    what: 'marked',
    onClose: true,
    onRevoke: true,
    loses: 'no',
    says: 'what MarkMessage has marked is committed by a timer: nothing is lost where the mark comes after the work',
    citation: SESSION,
  }
}

/** What Validate refuses: the constructor gives an error. */
function problems(view: SettingsView): readonly SettingProblem[] {
  if (view.role !== 'producer') return []
  const refused = (keys: readonly string[], says: string, fix: string) =>
    problemAt(view, keys, { effect: 'raises', says: `the constructor fails: ${says}`, fix, citation: VALIDATE })
  const idempotent = isEffectively(view, 'enable.idempotence', true)
  const acks = literalOf(view.effective('acks'))
  const flight = effectiveNumber(view, 'max.in.flight.requests.per.connection')
  const retries = effectiveNumber(view, 'retries')
  return [
    ...(idempotent && acks !== undefined && acks !== 'all'
      ? refused(
          ['enable.idempotence', 'acks'],
          'Idempotent producer requires Producer.RequiredAcks to be WaitForAll',
          'set Producer.RequiredAcks to sarama.WaitForAll',
        )
      : []),
    ...(idempotent && flight !== undefined && flight !== 1
      ? refused(
          ['enable.idempotence', 'max.in.flight.requests.per.connection'],
          'Idempotent producer requires Net.MaxOpenRequests to be 1',
          'set Net.MaxOpenRequests to 1',
        )
      : []),
    ...(idempotent && retries === 0
      ? refused(['retries'], 'Idempotent producer requires Producer.Retry.Max >= 1', 'let it retry')
      : []),
    ...(isGiven(view, 'transactional.id') && literalOf(view.effective('enable.idempotence')) === false
      ? refused(
          ['transactional.id'],
          'Transactional producer requires Idempotent to be true',
          'set Producer.Idempotent to true, and what it requires',
        )
      : []),
  ]
}

const can = (value: Partial<Capabilities>): Capabilities => ({
  idempotentProducer: false,
  transactions: false,
  readCommitted: false,
  groupMetadataFencing: false,
  staticMembership: false,
  resetByDuration: false,
  resetNone: false,
  ...value,
})

const CHANGES = 'sarama CHANGELOG.md; config.go'
const capabilities: History<Capabilities> = [
  { since: '0', value: can({}), citation: CHANGES },
  { since: '1.20.0', value: can({ idempotentProducer: true }), citation: CHANGES },
  { since: '1.22.0', value: can({ idempotentProducer: true, readCommitted: true }), citation: CHANGES },
  {
    since: '1.34.0',
    value: can({ idempotentProducer: true, readCommitted: true, staticMembership: true }),
    citation: CHANGES,
  },
  {
    since: '1.37.0',
    value: can({ idempotentProducer: true, readCommitted: true, staticMembership: true, transactions: true }),
    citation: CHANGES,
  },
  {
    since: '1.50.2',
    value: can({
      idempotentProducer: true,
      readCommitted: true,
      staticMembership: true,
      transactions: true,
      groupMetadataFencing: true,
    }),
    citation: CHANGES,
  },
]

export const sarama: Profile = {
  id: 'sarama',
  title: 'sarama',
  language: 'go',
  packages: [
    { ecosystem: 'go', name: 'github.com/IBM/sarama' },
    { ecosystem: 'go', name: 'github.com/Shopify/sarama' },
  ],
  oldestAssumed: '1.27.1',
  newestRead: '1.60.1',
  notes: [
    'The producer asks the leader alone (`RequiredAcks: WaitForLocal`) and is not idempotent.',
    'A group without offsets begins at the end (`Offsets.Initial: OffsetNewest`): what was written before is skipped.',
    'Auto-commit commits what MarkMessage marked: at least once where the mark comes after the work, at most once where it comes before.',
    'With `AutoCommit.Enable: false` nothing is committed until the session’s Commit is called.',
    'Idempotent needs WaitForAll, Net.MaxOpenRequests 1 and retries; a transaction needs Idempotent. The constructor fails otherwise.',
  ],
  settings,
  aliases: FIELDS,
  spell: (setting) => SPELLINGS.get(setting) ?? setting,
  canonical: (key) => (Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined),
  // a field that does not exist does not compile
  accepts: () => true,
  unknownSetting: [
    { since: '0', value: { effect: 'ignored', says: () => 'the field says nothing of delivery' }, citation: CONFIG },
  ],
  read: (setting, literal) => read(setting, literal),
  derive: () => [],
  problems,
  commits,
  capabilities,
  boundaries: [],
  methods: {
    subscribe: ['Consume'],
    assign: ['ConsumePartition'],
    receive: ['Messages'],
    store: ['MarkMessage', 'MarkOffset'],
    commit: ['Commit'],
    send: ['SendMessage', 'SendMessages', 'Input'],
    close: ['Close', 'AsyncClose'],
    beginTransaction: ['BeginTxn'],
    commitTransaction: ['CommitTxn'],
    abortTransaction: ['AbortTxn'],
    sendOffsets: ['AddOffsetsToTxn', 'AddMessageToTxn'],
  },
  groupRequired: false,
}
