import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Literal } from '../../model/value.ts'
import { effectiveNumber, literalOf, problemAt } from '../derive-values.ts'
import type { History } from '../history.ts'
import type { Derived, Profile, Reading, SettingFact, SettingsView } from '../profile.ts'
import { aiokafkaRead } from './aiokafka-rules.ts'
import { capable } from './capable.ts'
import { pythonLiteral } from './python-values.ts'

const SETTINGS = 'faust-streaming 0.15.3 faust/types/settings/settings.py; run'
const DRIVER = 'faust-streaming 0.15.3 faust/transport/drivers/aiokafka.py'

type Default = Literal | readonly Literal[] | undefined

function always(value: Default, citation = SETTINGS): History<Default> {
  return [{ since: '0', value, citation }]
}

const consumer = (type: SettingFact['type'], value: Default, citation?: string): SettingFact => ({
  roles: ['consumer'],
  type,
  default: always(value, citation),
})
const producer = (type: SettingFact['type'], value: Default, citation?: string): SettingFact => ({
  roles: ['producer'],
  type,
  default: always(value, citation),
})
const both = (type: SettingFact['type'], value: Default): SettingFact => ({
  roles: ['consumer', 'producer'],
  type,
  default: always(value),
})

/** Defaults of faust 1.5 to 1.10 and of faust-streaming: the same in all of them. Times are in milliseconds, as in Java; faust writes seconds. */
const settings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': both('string', 'kafka://localhost:9092'),
  processing_guarantee: both('string', 'at_least_once'),
  'group.id': consumer('string', null),
  'group.instance.id': consumer('string', null),
  'enable.auto.commit': consumer('boolean', false, DRIVER),
  'auto.commit.interval.ms': consumer('number', 2_800),
  'auto.offset.reset': consumer('string', 'earliest'),
  'isolation.level': consumer('string', 'read_uncommitted', DRIVER),
  'session.timeout.ms': consumer('number', 60_000),
  'heartbeat.interval.ms': consumer('number', 3_000),
  'max.poll.interval.ms': consumer('number', 1_000_000),
  'max.poll.records': consumer('integer', null),
  acks: producer('string', 'all'),
  'request.timeout.ms': consumer('number', 90_000),
  'enable.idempotence': producer('boolean', false, DRIVER),
}

const NAMES: Readonly<Record<string, string>> = {
  broker: 'bootstrap.servers',
  id: 'group.id',
  consumer_group_instance_id: 'group.instance.id',
  consumer_auto_offset_reset: 'auto.offset.reset',
  broker_commit_interval: 'auto.commit.interval.ms',
  broker_session_timeout: 'session.timeout.ms',
  broker_heartbeat_interval: 'heartbeat.interval.ms',
  broker_max_poll_interval: 'max.poll.interval.ms',
  broker_max_poll_records: 'max.poll.records',
  broker_request_timeout: 'request.timeout.ms',
  processing_guarantee: 'processing_guarantee',
  producer_acks: 'acks',
}

const SPELLED: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES)
    .reverse()
    .map(([name, canonical]) => [canonical, name]),
)

/** Keywords of the clients below, which App takes like any other word and does nothing with. */
const IGNORED = new Set(
  'enable_auto_commit auto_commit_interval_ms auto_offset_reset group_id isolation_level enable_idempotence transactional_id acks retries session_timeout_ms max_poll_interval_ms'.split(
    ' ',
  ),
)

const IN_SECONDS = new Set([
  'auto.commit.interval.ms',
  'session.timeout.ms',
  'heartbeat.interval.ms',
  'max.poll.interval.ms',
  'request.timeout.ms',
])

function read(canonical: string, literal: Literal): Reading {
  if (IN_SECONDS.has(canonical)) {
    return { kind: 'value', value: known(typeof literal === 'number' ? Math.round(literal * 1000) : literal) }
  }
  if (canonical === 'processing_guarantee') {
    if (literal === 'at_least_once' || literal === 'exactly_once') return { kind: 'value', value: known(literal) }
    const says = `the constructor raises ValueError: ${pythonLiteral(literal)} is not a valid ProcessingGuarantee`
    return { kind: 'rejected', effect: 'raises', says, citation: SETTINGS }
  }
  if (canonical === 'acks') {
    // the setting is a whole number, and a text that is one will do
    const number = typeof literal === 'string' && /^-?\d+$/.test(literal) ? Number(literal) : literal
    return { kind: 'value', value: known(number === -1 ? 'all' : number) }
  }
  if (canonical === 'auto.offset.reset' && literal !== null) return aiokafkaRead(canonical, literal)
  return { kind: 'value', value: known(canonical === 'auto.offset.reset' ? 'earliest' : literal) }
}

function derive(view: SettingsView): readonly Derived[] {
  if (literalOf(view.given('processing_guarantee')) !== 'exactly_once') return []
  const because = 'processing_guarantee'
  const cause = 'since `processing_guarantee` is exactly_once'
  if (view.role === 'consumer') {
    return [
      { key: 'isolation.level', value: known('read_committed'), because, says: `read_committed, ${cause}`, citation: DRIVER },
    ]
  }
  return [{ key: 'enable.idempotence', value: known(true), because, says: `True, ${cause}`, citation: DRIVER }]
}

function problems(view: SettingsView): readonly SettingProblem[] {
  const session = effectiveNumber(view, 'session.timeout.ms')
  const request = effectiveNumber(view, 'request.timeout.ms')
  if (view.role !== 'consumer' || session === undefined || request === undefined || session <= request) return []
  return problemAt(view, ['session.timeout.ms', 'request.timeout.ms'], {
    effect: 'fails-later',
    says: `the worker raises ImproperlyConfigured at its start: Setting broker_session_timeout=${session / 1000} cannot be greater than broker_request_timeout=${request / 1000}`,
    fix: 'raise `broker_request_timeout` above `broker_session_timeout`',
    citation: DRIVER,
  })
}

function commits(): CommitBehaviour {
  return {
    when: 'after-handler',
    what: 'marked',
    onClose: true,
    onRevoke: true,
    loses: 'on-exception',
    says: 'Faust marks an event as done when the agent moves on, in a finally block: a crash repeats it, but an event whose agent raised is committed as well and nobody reads it again.',
    citation: 'faust-streaming 0.15.3 faust/streams.py, faust/transport/consumer.py',
  }
}

export const faust: Profile = {
  id: 'faust',
  title: 'faust',
  language: 'python',
  packages: [
    { ecosystem: 'pypi', name: 'faust-streaming' },
    { ecosystem: 'pypi', name: 'faust' },
  ],
  newestRead: '1.10.4',
  notes: [
    'Faust runs on aiokafka, names the group after the app, turns its auto-commit off and commits by itself what its agents have done: every 2.8 s or 10000 events. faust-streaming, the fork that is kept up, counts from 0.1 to 0.15; versions from 1.0 on are those of the original.',
    'An event is done when the agent moves on from it, exceptions included: a handler that raises loses its event.',
    "`processing_guarantee='exactly_once'` reads read_committed and produces in transactions, one producer for each partition.",
    'App takes any keyword: settings of Kafka itself, such as enable_auto_commit, are taken and do nothing.',
    '`await topic.send()` awaits a place in the buffer; the delivery is a second await.',
  ],
  settings,
  aliases: NAMES,
  spell: (canonical) => SPELLED.get(canonical) ?? canonical.replaceAll('.', '_'),
  canonical: (key) => (Object.hasOwn(NAMES, key) ? NAMES[key] : undefined),
  accepts: (key) => Object.hasOwn(NAMES, key) || !IGNORED.has(key),
  unknownSetting: [
    {
      since: '0',
      value: { effect: 'ignored', says: (key) => `faust.App takes \`${key}\` like any other keyword and does nothing with it` },
      citation: SETTINGS,
    },
  ],
  read,
  derive,
  problems,
  commits,
  capabilities: [
    capable('0', DRIVER, { idempotentProducer: true, transactions: true, readCommitted: true, staticMembership: true }),
  ],
  boundaries: [],
  methods: { send: ['send', 'send_soon'], commit: ['commit'] },
  groupRequired: false,
  frameworkGroup: 'faust names the group after the app',
}
