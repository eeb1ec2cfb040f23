import type { Capabilities } from '../../model/facts.ts'
import type { Literal } from '../../model/value.ts'
import type { History } from '../history.ts'
import type { SettingFact } from '../profile.ts'

type Steps = readonly (readonly [since: string, value: Literal | undefined])[]

function fact(roles: SettingFact['roles'], type: SettingFact['type'], ...steps: Steps): SettingFact {
  return {
    roles,
    type,
    default: steps.map(([since, value]) => ({
      since,
      value,
      citation: `kafkajs ${since === '0' ? '0.8' : since}, src/index.js, src/consumer/index.js, src/producer/index.js; run`,
    })) as SettingFact['default'],
  }
}

const BOTH = ['consumer', 'producer'] as const

/**
 * Settings by the Java client's name, in the meaning that kafkajs gives them. Retries are 5 in every release for every client: the 10 of
 * consumers before 1.13 and the endless ones of idempotent producers are written down in the source but never reached, since the client
 * always hands over a retry object.
 */
export const kafkajsSettings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': fact(BOTH, 'list', ['0', null]),
  'client.id': fact(BOTH, 'string', ['0', null]),
  'request.timeout.ms': fact(BOTH, 'integer', ['0', 30_000]),
  retries: fact(BOTH, 'integer', ['0', 5]),
  'allow.auto.create.topics': fact(BOTH, 'boolean', ['0', true]),
  // null: as many as the program sends
  'max.in.flight.requests.per.connection': fact(BOTH, 'integer', ['0', undefined], ['1.5.0', null]),

  'group.id': fact(['consumer'], 'string', ['0', null]),
  'enable.auto.commit': fact(['consumer'], 'boolean', ['0', true]),
  'auto.commit.interval.ms': fact(['consumer'], 'integer', ['0', undefined], ['1.4.0', null]),
  'auto.commit.threshold': fact(['consumer'], 'integer', ['0', undefined], ['1.4.0', null]),
  'auto.offset.reset': fact(['consumer'], 'string', ['0', 'latest']),
  'isolation.level': fact(['consumer'], 'string', ['0', undefined], ['1.5.0', 'read_committed']),
  'session.timeout.ms': fact(['consumer'], 'integer', ['0', 30_000]),
  'rebalance.timeout.ms': fact(['consumer'], 'integer', ['0', undefined], ['1.8.0', 60_000]),
  'heartbeat.interval.ms': fact(['consumer'], 'integer', ['0', 3_000]),

  acks: fact(['producer'], 'string', ['0', 'all']),
  'enable.idempotence': fact(['producer'], 'boolean', ['0', undefined], ['1.5.0', false]),
  'transactional.id': fact(['producer'], 'string', ['0', undefined], ['1.5.0', null]),
  'transaction.timeout.ms': fact(['producer'], 'integer', ['0', undefined], ['1.5.0', 60_000]),
}

/** The call that takes an option: `new Kafka()`, `consumer()`, `producer()`, `subscribe()`, `run()`, `send()`. */
export type Place = 'client' | 'consumer' | 'producer' | 'subscribe' | 'run' | 'send'

/** Options with a bearing on delivery: the setting that each is, and the calls that take it. */
export const KAFKAJS_OPTIONS: Readonly<Record<string, { readonly canonical: string; readonly places: readonly Place[] }>> = {
  brokers: { canonical: 'bootstrap.servers', places: ['client'] },
  clientId: { canonical: 'client.id', places: ['client'] },
  requestTimeout: { canonical: 'request.timeout.ms', places: ['client'] },
  'retry.retries': { canonical: 'retries', places: ['client', 'consumer', 'producer'] },
  allowAutoTopicCreation: { canonical: 'allow.auto.create.topics', places: ['consumer', 'producer'] },
  maxInFlightRequests: { canonical: 'max.in.flight.requests.per.connection', places: ['consumer', 'producer'] },
  groupId: { canonical: 'group.id', places: ['consumer'] },
  readUncommitted: { canonical: 'isolation.level', places: ['consumer'] },
  sessionTimeout: { canonical: 'session.timeout.ms', places: ['consumer'] },
  rebalanceTimeout: { canonical: 'rebalance.timeout.ms', places: ['consumer'] },
  heartbeatInterval: { canonical: 'heartbeat.interval.ms', places: ['consumer'] },
  fromBeginning: { canonical: 'auto.offset.reset', places: ['subscribe'] },
  autoCommit: { canonical: 'enable.auto.commit', places: ['run'] },
  autoCommitInterval: { canonical: 'auto.commit.interval.ms', places: ['run'] },
  autoCommitThreshold: { canonical: 'auto.commit.threshold', places: ['run'] },
  acks: { canonical: 'acks', places: ['send'] },
  idempotent: { canonical: 'enable.idempotence', places: ['producer'] },
  transactionalId: { canonical: 'transactional.id', places: ['producer'] },
  transactionTimeout: { canonical: 'transaction.timeout.ms', places: ['producer'] },
}

/** `consumer.autoCommit` names the call before the option; `autoCommit` alone says nothing of it, as in a file that a program reads. */
export function splitPlace(key: string): { readonly place?: Place; readonly option: string } {
  const match = /^(client|consumer|producer|subscribe|run|send)\.(.+)$/.exec(key)
  return match ? { place: match[1] as Place, option: match[2] as string } : { option: key }
}

export const kafkajsCapabilities: History<Capabilities> = [
  {
    since: '0',
    value: {
      idempotentProducer: false,
      transactions: false,
      readCommitted: false,
      groupMetadataFencing: false,
      staticMembership: false,
      resetByDuration: false,
      resetNone: false,
    },
    citation: 'kafkajs CHANGELOG.md',
  },
  {
    since: '1.5.0',
    value: {
      idempotentProducer: true,
      transactions: true,
      readCommitted: true,
      // sendOffsets() names the group only
      groupMetadataFencing: false,
      staticMembership: false,
      resetByDuration: false,
      resetNone: false,
    },
    citation: 'kafkajs CHANGELOG.md, 1.5.0',
  },
]
