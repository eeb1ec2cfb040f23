import type { Role } from '../../model/client.ts'
import type { Capabilities } from '../../model/facts.ts'
import type { Literal } from '../../model/value.ts'
import type { History, Since } from '../history.ts'
import type { SettingFact } from '../profile.ts'

type Default = Literal | readonly Literal[] | undefined
type Steps = readonly (readonly [since: string, value: Default])[]

const MAX_INT = 2_147_483_647

/** Declared defaults, compared with the ConfigDef inside the jars; `citation` names the class they were read from. */
function declared(owner: 'ProducerConfig' | 'ConsumerConfig', steps: Steps): History<Literal | undefined> {
  return steps.map(([since, value]) => ({
    since,
    value: value as Literal | undefined,
    citation: `kafka-clients ${since === '0' ? '0.9.0' : since}, ${owner} (ConfigDef of the jar)`,
  }))
}

const consumer = (type: SettingFact['type'], ...steps: Steps): SettingFact => ({
  roles: ['consumer'],
  type,
  default: declared('ConsumerConfig', steps),
})

const producer = (type: SettingFact['type'], ...steps: Steps): SettingFact => ({
  roles: ['producer'],
  type,
  default: declared('ProducerConfig', steps),
})

function both(type: SettingFact['type'], steps: Steps, ofConsumer?: Steps): SettingFact {
  const roles: readonly Role[] = ['consumer', 'producer']
  const fact = { roles, type, default: declared('ProducerConfig', steps) }
  return ofConsumer ? { ...fact, defaultByRole: { consumer: declared('ConsumerConfig', ofConsumer) } } : fact
}

/**
 * Settings that bear on delivery, with what the release declares as default. What then takes effect is for `derive`: an idempotence that
 * another setting turns off, acks that idempotence raises.
 */
export const kafkaClientsSettings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': both('string', [['0', '']]),
  'client.id': both('string', [['0', '']]),
  'request.timeout.ms': both(
    'integer',
    [['0', 30_000]],
    [
      ['0', 40_000],
      ['0.10.1.0', 305_000],
      ['2.0.0', 30_000],
    ],
  ),
  'retry.backoff.ms': both('integer', [['0', 100]]),
  'retry.backoff.max.ms': both('integer', [
    ['0', undefined],
    ['3.7.0', 1_000],
  ]),
  'metadata.recovery.strategy': both('string', [
    ['0', undefined],
    ['3.8.0', 'none'],
    ['4.0.0', 'rebootstrap'],
  ]),

  'group.id': consumer('string', ['0', ''], ['2.2.0', null]),
  'group.instance.id': consumer('string', ['0', undefined], ['2.3.0', null]),
  'group.protocol': consumer('string', ['0', undefined], ['3.7.0', 'classic']),
  'group.remote.assignor': consumer('string', ['0', undefined], ['3.7.0', null]),
  'enable.auto.commit': consumer('boolean', ['0', true]),
  'auto.commit.interval.ms': consumer('integer', ['0', 5_000]),
  'auto.offset.reset': consumer('string', ['0', 'latest']),
  'isolation.level': consumer('string', ['0', undefined], ['0.11.0.0', 'read_uncommitted']),
  'session.timeout.ms': consumer('integer', ['0', 30_000], ['0.10.1.0', 10_000], ['3.0.0', 45_000]),
  'heartbeat.interval.ms': consumer('integer', ['0', 3_000]),
  'max.poll.interval.ms': consumer('integer', ['0', undefined], ['0.10.1.0', 300_000]),
  'max.poll.records': consumer('integer', ['0', undefined], ['0.10.0.0', MAX_INT], ['0.10.1.0', 500]),
  'fetch.max.wait.ms': consumer('integer', ['0', 500]),
  'default.api.timeout.ms': consumer('integer', ['0', undefined], ['2.0.0', 60_000]),
  'allow.auto.create.topics': consumer('boolean', ['0', undefined], ['2.3.0', true]),
  'partition.assignment.strategy': {
    roles: ['consumer'],
    type: 'list',
    default: [
      { since: '0', value: ['range'], citation: 'kafka-clients 0.9.0, ConsumerConfig (ConfigDef of the jar)' },
      {
        since: '3.0.0',
        value: ['range', 'cooperative-sticky'],
        citation: 'kafka-clients 3.0.0, ConsumerConfig (ConfigDef of the jar)',
      },
    ],
  },
  'share.acknowledgement.mode': consumer('string', ['0', undefined], ['4.1.0', 'implicit']),
  'share.acquire.mode': consumer('string', ['0', undefined], ['4.2.0', 'batch_optimized']),

  acks: producer('string', ['0', '1'], ['3.0.0', 'all']),
  retries: producer('integer', ['0', 0], ['2.1.0', MAX_INT]),
  'enable.idempotence': producer('boolean', ['0', undefined], ['0.11.0.0', false], ['3.0.0', true]),
  'transactional.id': producer('string', ['0', undefined], ['0.11.0.0', null]),
  'transaction.timeout.ms': producer('integer', ['0', undefined], ['0.11.0.0', 60_000]),
  'transaction.two.phase.commit.enable': producer('boolean', ['0', undefined], ['4.1.0', false]),
  'delivery.timeout.ms': producer('integer', ['0', undefined], ['2.1.0', 120_000]),
  'linger.ms': producer('integer', ['0', 0], ['4.0.0', 5]),
  'max.block.ms': producer('integer', ['0', 60_000]),
  'max.in.flight.requests.per.connection': producer('integer', ['0', 5]),
}

const FENCING: Partial<Capabilities> = {
  idempotentProducer: true,
  transactions: true,
  readCommitted: true,
  staticMembership: true,
  groupMetadataFencing: true,
}

export const kafkaClientsCapabilities: History<Capabilities> = [
  capable('0', {}, 'KafkaProducer: no transactions before KIP-98'),
  capable('0.11.0.0', { idempotentProducer: true, transactions: true, readCommitted: true }, 'KIP-98'),
  capable('2.3.0', { ...FENCING, groupMetadataFencing: false }, 'KIP-345'),
  capable('2.5.0', FENCING, 'KIP-447: sendOffsetsToTransaction with ConsumerGroupMetadata'),
  capable('4.0.0', { ...FENCING, resetByDuration: true }, 'KIP-1106'),
]

function capable(since: string, able: Partial<Capabilities>, source: string): Since<Capabilities> {
  const none = {
    idempotentProducer: false,
    transactions: false,
    readCommitted: false,
    groupMetadataFencing: false,
    staticMembership: false,
    resetByDuration: false,
    resetNone: true,
  }
  return { since, value: { ...none, ...able }, citation: `kafka-clients ${since === '0' ? '0.9.0' : since}, ${source}` }
}
