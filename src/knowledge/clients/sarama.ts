import type { Capabilities } from '../../model/facts.ts'
import type { Literal } from '../../model/value.ts'
import type { History } from '../history.ts'
import type { Profile, SettingFact } from '../profile.ts'
import { always } from './go-values.ts'
import { PROTOCOL, readSaramaField, saramaCommits, saramaProblems } from './sarama-rules.ts'

const CONFIG = 'sarama v1.20.0 … v1.61.1, config.go (NewConfig)'

const consumer = (type: SettingFact['type'], value: Literal) => always('consumer', type, value, CONFIG)
const producer = (type: SettingFact['type'], value: Literal) => always('producer', type, value, CONFIG)

/** A setting whose default changed, or that came with a release. */
function changing(
  roles: SettingFact['roles'],
  type: SettingFact['type'],
  ...steps: readonly (readonly [string, Literal | undefined])[]
) {
  const history = steps.map(([since, value]) => ({
    since,
    value,
    citation: since === '0' ? CONFIG : `sarama v${since}, config.go (NewConfig), utils.go (DefaultVersion)`,
  }))
  return { roles, type, default: history } satisfies SettingFact
}

const settings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': always('both', 'list', null, CONFIG),
  'group.id': consumer('string', null),
  'enable.auto.commit': consumer('boolean', true),
  'auto.commit.interval.ms': consumer('integer', 1000),
  'auto.offset.reset': consumer('string', 'latest'),
  'isolation.level': changing(['consumer'], 'string', ['0', undefined], ['1.22.0', 'read_uncommitted']),
  'session.timeout.ms': consumer('integer', 10_000),
  'heartbeat.interval.ms': consumer('integer', 3000),
  'group.instance.id': changing(['consumer'], 'string', ['0', undefined], ['1.34.0', null]),
  [PROTOCOL]: changing(
    ['consumer', 'producer'],
    'string',
    ['0', '0.8.2.0'],
    ['1.27.1', '1.0.0.0'],
    ['1.41.0', '2.1.0.0'],
    ['1.50.3', '2.6.0.0'],
    ['1.60.1', '2.8.0.0'],
  ),
  acks: producer('string', '1'),
  'enable.idempotence': changing(['producer'], 'boolean', ['0', undefined], ['1.20.0', false]),
  'transactional.id': changing(['producer'], 'string', ['0', undefined], ['1.37.0', null]),
  'transaction.timeout.ms': changing(['producer'], 'integer', ['0', undefined], ['1.37.0', 60_000]),
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
  'Consumer.Group.Heartbeat.Interval': 'heartbeat.interval.ms',
  'Consumer.Group.InstanceId': 'group.instance.id',
  'Producer.RequiredAcks': 'acks',
  'Producer.Idempotent': 'enable.idempotence',
  'Producer.Transaction.ID': 'transactional.id',
  'Producer.Transaction.Timeout': 'transaction.timeout.ms',
  'Producer.Retry.Max': 'retries',
  'Producer.Timeout': 'request.timeout.ms',
  'Net.MaxOpenRequests': 'max.in.flight.requests.per.connection',
  Version: PROTOCOL,
}
const SPELLINGS: ReadonlyMap<string, string> = new Map(Object.entries(FIELDS).map(([field, setting]) => [setting, field]))

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

const CHANGES = 'sarama config.go, where the field came; async_producer.go (AddOffsetsToTxnWithGroupMetadata)'
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
  oldestAssumed: '1.28.0',
  newestRead: '1.61.1',
  notes: [
    'The producer asks the leader alone (`RequiredAcks: WaitForLocal`) and is not idempotent.',
    'A group without offsets begins at the end (`Offsets.Initial: OffsetNewest`): what was written before is skipped.',
    'Auto-commit commits what MarkMessage marked: at least once where the mark comes after the work, at most once where it comes before.',
    'With `AutoCommit.Enable: false` nothing is committed until the session’s Commit is called.',
    'Idempotent needs WaitForAll, Net.MaxOpenRequests 1 and retries; a transaction needs Idempotent. The constructor fails otherwise.',
    'AddOffsetsToTxn and AddMessageToTxn name the group only: a zombie is fenced by their WithGroupMetadata forms alone (1.50.2), and by these only where Version is 2.5 or later, which is the default from 1.50.3 on.',
    'Marks that are not committed are dropped when a session ends without auto-commit (1.27 committed them): call Commit before ConsumeClaim returns.',
    'A handler that takes long is not evicted, since heartbeats go on beside it; it has Rebalance.Timeout when the group rebalances.',
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
  read: (setting, literal) => readSaramaField(setting, literal),
  derive: () => [],
  problems: saramaProblems,
  commits: saramaCommits,
  capabilities,
  boundaries: ['1.27.0', '1.28.0'],
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
    // the forms that name the group alone fence nobody
    sendOffsets: ['AddOffsetsToTxnWithGroupMetadata', 'AddMessageToTxnWithGroupMetadata'],
  },
  groupRequired: false,
}
