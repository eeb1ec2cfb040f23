import type { Role } from '../../model/client.ts'
import type { Literal } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import type { History } from '../history.ts'
import type { SettingFact } from '../profile.ts'
import { aiokafkaSettings } from './aiokafka-settings.ts'
import { kafkaPythonSettings } from './kafka-python-settings.ts'
import { canonicalOf, keyword } from './python-values.ts'

/** Signatures of subscriber() and KafkaBroker() at 0.2.1 … 0.7.8: FastStream states every default itself, over that of its engine. */
type Default = Literal | readonly Literal[] | undefined

const SIGNATURES = 'faststream broker/registrator.py, broker/broker.py, 0.2.1 … 0.7.8; run'

function fact(
  roles: readonly Role[],
  type: SettingFact['type'],
  ...entries: readonly (readonly [string, Default])[]
): SettingFact {
  const history: History<Default> = entries.map(([since, value]) => ({ since, value, citation: SIGNATURES }))
  return { roles, type, default: history }
}

const CONSUMER: readonly Role[] = ['consumer']
const PRODUCER: readonly Role[] = ['producer']
const BOTH: readonly Role[] = ['consumer', 'producer']

const shared: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': fact(BOTH, 'list', ['0', 'localhost']),
  'request.timeout.ms': fact(PRODUCER, 'integer', ['0', 40_000]),
  'retry.backoff.ms': fact(PRODUCER, 'integer', ['0', 100]),
  'enable.auto.commit': fact(CONSUMER, 'boolean', ['0', true]),
  ack_policy: fact(CONSUMER, 'string', ['0', undefined], ['0.6.0', null]),
  no_ack: fact(CONSUMER, 'boolean', ['0', false], ['0.7.0', undefined]),
  'auto.commit.interval.ms': fact(CONSUMER, 'integer', ['0', 5_000]),
  'auto.offset.reset': fact(CONSUMER, 'string', ['0', 'latest']),
  'isolation.level': fact(CONSUMER, 'string', ['0', 'read_uncommitted']),
  'session.timeout.ms': fact(CONSUMER, 'integer', ['0', 10_000]),
  'heartbeat.interval.ms': fact(CONSUMER, 'integer', ['0', 3_000]),
  'max.poll.interval.ms': fact(CONSUMER, 'integer', ['0', 300_000]),
  'partition.assignment.strategy': fact(CONSUMER, 'list', ['0', ['roundrobin']]),
  'linger.ms': fact(PRODUCER, 'integer', ['0', 0]),
  'enable.idempotence': fact(PRODUCER, 'boolean', ['0', false]),
  'transactional.id': fact(PRODUCER, 'string', ['0', null]),
  'transaction.timeout.ms': fact(PRODUCER, 'integer', ['0', 60_000]),
}

/** On aiokafka. */
export const faststreamKafkaSettings: Readonly<Record<string, SettingFact>> = {
  ...shared,
  'group.id': fact(CONSUMER, 'string', ['0', null]),
  'group.instance.id': fact(CONSUMER, 'string', ['0', undefined], ['0.6.7', null]),
  'rebalance.timeout.ms': fact(CONSUMER, 'integer', ['0', null]),
  'max.poll.records': fact(CONSUMER, 'integer', ['0', null]),
  acks: fact(PRODUCER, 'string', ['0', 1]),
}

/** On confluent-kafka: one group for all subscribers that name none, from 0.5.16 on. */
export const faststreamConfluentSettings: Readonly<Record<string, SettingFact>> = {
  ...shared,
  'group.id': fact(CONSUMER, 'string', ['0', null], ['0.5.16', 'faststream-consumer-group']),
  'group.instance.id': fact(CONSUMER, 'string', ['0', undefined], ['0.5.5', null]),
  acks: fact(PRODUCER, 'string', ['0', 'all']),
}

/** Settings that the clients below have, and that a FastStream keyword is never called. */
const OF_THE_ENGINES = new Set([...Object.keys(kafkaPythonSettings), ...Object.keys(aiokafkaSettings)].map(keyword))

/** The canonical name of a keyword; FastStream's own two names for auto-commit included. */
export function faststreamCanonical(key: string, settings: Readonly<Record<string, SettingFact>>): string | undefined {
  if (key === 'auto_commit' || key === 'enable_auto_commit') return 'enable.auto.commit'
  if (Object.hasOwn(settings, key) && !key.includes('.')) return key
  return canonicalOf(key, settings)
}

/**
 * Brokers, routers, subscribers and publishers take many keywords that are nobody's Kafka setting; only a setting of the clients below that is
 * none of FastStream's is certainly refused.
 */
export function faststreamTakes(key: string, version: string): boolean {
  // before 0.5.0 subscribers and brokers take any keyword
  if (compareVersions(version, '0.5.0') < 0) return true
  if (key === 'ack_policy') return compareVersions(version, '0.6.0') >= 0
  if (key === 'no_ack') return compareVersions(version, '0.7.0') < 0
  return !OF_THE_ENGINES.has(key) || TAKEN.has(key)
}

/** Keywords of the brokers and subscribers that are settings of the clients below, without a fact here. */
const TAKEN = new Set([
  'client_id',
  'connections_max_idle_ms',
  'fetch_max_wait_ms',
  'retry_backoff_ms',
  'request_timeout_ms',
  'max_poll_records',
  'rebalance_timeout_ms',
  'bootstrap_servers',
])

/** How a refused keyword is told. */
export function faststreamUnexpected(key: string, role?: Role): string {
  const [call, client] =
    role === 'producer' ? ['KafkaBroker', 'KafkaBroker.__init__()'] : ['subscriber()', 'KafkaRegistrator.subscriber()']
  return `${call} raises TypeError: ${client} got an unexpected keyword argument '${key}'`
}
