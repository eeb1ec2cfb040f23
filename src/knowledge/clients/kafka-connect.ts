import type { Role } from '../../model/client.ts'
import { known, type Literal } from '../../model/value.ts'
import { lookUp } from '../../text/table.ts'
import type { Profile, Reading, SettingFact } from '../profile.ts'
import { javaClientAccepts, KAFKA_CLIENTS_BOUNDARIES, unknownToKafkaClients } from './kafka-clients.ts'
import { readKafkaSetting } from './kafka-clients-read.ts'
import { kafkaClientsCapabilities, kafkaClientsSettings } from './kafka-clients-settings.ts'
import { normaliseKafkaVersion } from './kafka-clients-versions.ts'
import { connectCommits, connectProblems, deriveConnect, WORKER } from './kafka-connect-rules.ts'

type Steps = readonly (readonly [since: string, value: Literal | undefined])[]

const MAX_INT = 2_147_483_647

function written(roles: readonly Role[], type: SettingFact['type'], steps: Steps, citation = WORKER): SettingFact {
  return { roles, type, default: steps.map(([since, value]) => ({ since, value, citation })) as SettingFact['default'] }
}

/** What a value was before the worker wrote it, then what the worker writes. */
function instead(key: string, steps: Steps): SettingFact {
  const fact = kafkaClientsSettings[key] as SettingFact
  return written(fact.roles, fact.type, steps)
}

const CONNECTOR = 'kafka-connect, SinkConnectorConfig and SourceConnectorConfig (ConfigDef of the jar)'
const BOTH: readonly Role[] = ['consumer', 'producer']

const SETTINGS: Readonly<Record<string, SettingFact>> = {
  ...kafkaClientsSettings,
  'enable.auto.commit': instead('enable.auto.commit', [['0', false]]),
  'auto.offset.reset': instead('auto.offset.reset', [['0', 'earliest']]),
  acks: instead('acks', [['0', 'all']]),
  retries: instead('retries', [['0', MAX_INT]]),
  'max.in.flight.requests.per.connection': instead('max.in.flight.requests.per.connection', [['0', 1]]),
  'delivery.timeout.ms': instead('delivery.timeout.ms', [
    ['0', undefined],
    ['2.1.0', MAX_INT],
  ]),
  // 3.0.1 alone lets the client's new default through; 3.0.0 and 3.1.0 do too, but their clients do not apply it (KAFKA-13598)
  'enable.idempotence': instead('enable.idempotence', [
    ['0', undefined],
    ['0.11.0.0', false],
    ['3.0.1', true],
    ['3.0.2', false],
  ]),
  'request.timeout.ms': {
    ...(kafkaClientsSettings['request.timeout.ms'] as SettingFact),
    default: [
      { since: '0', value: MAX_INT, citation: WORKER },
      { since: '3.0.0', value: 30_000, citation: WORKER },
    ],
  },
  'errors.tolerance': written(
    BOTH,
    'string',
    [
      ['0', undefined],
      ['2.0.0', 'none'],
    ],
    CONNECTOR,
  ),
  'errors.log.enable': written(
    BOTH,
    'boolean',
    [
      ['0', undefined],
      ['2.0.0', false],
    ],
    CONNECTOR,
  ),
  'errors.deadletterqueue.topic.name': written(
    ['consumer'],
    'string',
    [
      ['0', undefined],
      ['2.0.0', ''],
    ],
    CONNECTOR,
  ),
  'exactly.once.support': written(
    ['producer'],
    'string',
    [
      ['0', undefined],
      ['3.3.0', 'requested'],
    ],
    CONNECTOR,
  ),
  'transaction.boundary': written(
    ['producer'],
    'string',
    [
      ['0', undefined],
      ['3.3.0', 'poll'],
    ],
    CONNECTOR,
  ),
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  'errors.tolerance': ['none', 'all'],
  'exactly.once.support': ['requested', 'required'],
  'transaction.boundary': ['poll', 'interval', 'connector'],
}

function read(canonical: string, literal: Literal, _role: Role, version: string): Reading {
  const words = lookUp(WORDS, canonical)
  if (words) {
    const word = String(literal).trim().toLowerCase()
    if (words.includes(word)) return { kind: 'value', value: known(word) }
    const says = `Connect refuses the connector: Invalid value ${literal} for configuration ${canonical}; it takes ${words.join(', ')}`
    return { kind: 'rejected', effect: 'fails-later', says, citation: CONNECTOR }
  }
  if (canonical === 'errors.log.enable') return later(readKafkaSetting('enable.auto.commit', literal, version))
  return later(readKafkaSetting(canonical, literal, version))
}

/** A connector is taken by the worker before its tasks construct their clients. */
function later(reading: Reading): Reading {
  return reading.kind === 'rejected' ? { ...reading, effect: 'fails-later' } : reading
}

const PREFIX = /^(consumer|producer)\.(override\.)?/

export const kafkaConnect: Profile = {
  id: 'kafka-connect',
  title: 'Kafka Connect',
  language: 'configuration',
  packages: [
    { ecosystem: 'maven', name: 'org.apache.kafka:connect-runtime' },
    { ecosystem: 'maven', name: 'org.apache.kafka:connect-api' },
  ],
  newestRead: '4.3.1',
  oldestAssumed: '2.0.0',
  notes: [
    'Sink tasks read with isolation.level read_uncommitted unless `consumer.override.isolation.level` (or the worker’s `consumer.isolation.level`) says otherwise: aborted records reach the sink.',
    'Source tasks produce with acks=all and one request in flight, but without idempotence, up to the newest release; 3.0.1 is the one exception. A retry can write a record twice.',
    'Exactly-once source support (3.3 and later) is off unless the worker turns it on, and exists in distributed mode only.',
    'errors.tolerance=all skips records that fail conversion or a transformation, from 3.2 on also records whose send failed; without a dead letter queue and errors.log.enable nobody learns of them. A failure in put() stops the task all the same.',
    'Offsets of sink tasks are committed every offset.flush.interval.ms (60 s), after flush().',
    'Connectors may override client settings from 3.0 on; in 2.3 to 2.8 only where the worker’s policy allows it.',
  ],
  settings: SETTINGS,
  aliases: {},
  spell: (canonical) => canonical,
  canonical: (key) => {
    const plain = key.replace(PREFIX, '')
    return Object.hasOwn(SETTINGS, plain) ? plain : undefined
  },
  accepts: (key) => {
    const plain = key.replace(PREFIX, '')
    return !Object.hasOwn(SETTINGS, plain) && javaClientAccepts(plain)
  },
  unknownSetting: unknownToKafkaClients,
  read,
  derive: deriveConnect,
  problems: connectProblems,
  commits: connectCommits,
  capabilities: kafkaClientsCapabilities,
  boundaries: [...KAFKA_CLIENTS_BOUNDARIES, '2.3.0', '3.0.2', '3.3.0'],
  normaliseVersion: normaliseKafkaVersion,
  methods: {},
  groupRequired: false,
  frameworkGroup: 'Connect names it `connect-<connector>`',
}
