import type { CommitBehaviour } from '../../model/commit.ts'
import type { Capabilities } from '../../model/facts.ts'
import { known, type Literal } from '../../model/value.ts'
import { isEffectively } from '../derive-values.ts'
import type { History } from '../history.ts'
import type { Profile, Reading, SettingFact, SettingsView } from '../profile.ts'
import { misspelt } from './java-misspelling.ts'

const GROUP = 'kafka-node 5.0.0, lib/consumerGroup.js'
const PRODUCER = 'kafka-node 5.0.0, lib/baseProducer.js'

function fact(role: 'consumer' | 'producer', type: SettingFact['type'], value: Literal): SettingFact {
  const citation = role === 'consumer' ? `${GROUP} (DEFAULTS)` : `${PRODUCER} (DEFAULTS)`
  return { roles: [role], type, default: [{ since: '0', value, citation }] }
}

/** Settings by the Java client's name, as ConsumerGroup, its stream and the producers take them. */
const settings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': fact('consumer', 'string', null),
  'group.id': fact('consumer', 'string', 'kafka-node-group'),
  'enable.auto.commit': fact('consumer', 'boolean', true),
  'auto.commit.interval.ms': fact('consumer', 'integer', 5000),
  'auto.offset.reset': fact('consumer', 'string', 'latest'),
  'session.timeout.ms': fact('consumer', 'integer', 30_000),
  acks: fact('producer', 'string', '1'),
}

const OPTIONS: Readonly<Record<string, string>> = {
  kafkaHost: 'bootstrap.servers',
  groupId: 'group.id',
  autoCommit: 'enable.auto.commit',
  autoCommitIntervalMs: 'auto.commit.interval.ms',
  fromOffset: 'auto.offset.reset',
  sessionTimeout: 'session.timeout.ms',
  requireAcks: 'acks',
}

const SPELLINGS: ReadonlyMap<string, string> = new Map(Object.entries(OPTIONS).map(([option, setting]) => [setting, option]))

function read(setting: string, literal: Literal): Reading {
  if (setting === 'enable.auto.commit') {
    const value = known(Boolean(literal))
    return typeof literal === 'string' && (literal === 'false' || literal === '0')
      ? { kind: 'becomes', value, says: `a text is true to JavaScript, whatever it says: '${literal}' too`, citation: GROUP }
      : { kind: 'value', value }
  }
  if (setting === 'auto.offset.reset' && !['latest', 'earliest', 'none'].includes(String(literal)))
    return {
      kind: 'rejected',
      effect: 'raises',
      says: `fromOffset ${literal} should be either: earliest, latest, none`,
      citation: `${GROUP} (ACCEPTED_FROM_OFFSET)`,
    }
  if (setting === 'acks' && typeof literal === 'number')
    return { kind: 'value', value: known(literal === -1 ? 'all' : String(literal)) }
  return { kind: 'value', value: known(literal) }
}

function commits(view: SettingsView): CommitBehaviour {
  if (view.role === 'producer' || isEffectively(view, 'enable.auto.commit', false))
    return {
      when: 'never',
      what: 'position',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: view.role === 'producer' ? 'a producer commits no offsets by itself' : 'autoCommit is off: only the program commits',
      citation: GROUP,
    }
  return {
    when: 'background',
    what: 'position',
    onClose: true,
    onRevoke: true,
    loses: 'yes',
    says: 'offsets of what was fetched, or has left the stream, are committed by a timer, on close and when the group rebalances, whether or not it was worked on: a crash skips what was in work',
    citation: `${GROUP} (updateOffsets, autoCommit), lib/consumerGroupStream.js (emit)`,
  }
}

const capabilities: History<Capabilities> = [
  {
    since: '0',
    value: {
      idempotentProducer: false,
      transactions: false,
      readCommitted: false,
      groupMetadataFencing: false,
      staticMembership: false,
      resetByDuration: false,
      resetNone: true,
    },
    citation: 'kafka-node 5.0.0, lib/protocol/protocol.js',
  },
]

export const kafkaNode: Profile = {
  id: 'kafka-node',
  title: 'kafka-node',
  language: 'javascript',
  packages: [{ ecosystem: 'npm', name: 'kafka-node' }],
  oldestAssumed: '4.0.0',
  newestRead: '5.0.0',
  notes: [
    'Abandoned since 2019: no idempotent producer, no transactions, no isolation level (it reads what was aborted too), no headers.',
    'Auto-commit commits what was fetched, or has left the stream, not what was worked on: a crash loses.',
    'The producer asks the leader alone (`requireAcks: 1`).',
    'A group that is not named is `kafka-node-group`: programs that leave it out share it.',
    '`commitOffsetsOnFirstJoin` commits the end of the log where a new group begins with `latest`.',
    '`Consumer` and `ConsumerStream`, which do not balance a group, are not read.',
  ],
  settings,
  aliases: OPTIONS,
  spell: (setting) => SPELLINGS.get(setting) ?? setting,
  canonical: (key) => (Object.hasOwn(OPTIONS, key) ? OPTIONS[key] : undefined),
  accepts: (key, role) => {
    const of = Object.hasOwn(OPTIONS, key) ? OPTIONS[key] : undefined
    if (of !== undefined) return !settings[of]?.roles.includes(role)
    return misspelt(key, Object.keys(OPTIONS)) === undefined
  },
  unknownSetting: [
    {
      since: '0',
      value: { effect: 'ignored', says: () => 'kafka-node has no such option and drops it without a word' },
      citation: GROUP,
    },
  ],
  read: (setting, literal) => read(setting, literal),
  derive: () => [],
  problems: () => [],
  commits,
  capabilities,
  boundaries: [],
  methods: { receive: ['on'], commitAsync: ['commit'], send: ['send'], close: ['close'], seek: ['setOffset'] },
  groupRequired: false,
  frameworkGroup: 'kafka-node names it `kafka-node-group`',
}
