import type { Role } from '../../model/client.ts'
import type { Literal } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import type { History } from '../history.ts'
import type { SettingFact } from '../profile.ts'

/** Defaults of aiokafka by version: the signatures of both constructors at each tag 0.0.1 … 0.14.0, and of the installed packages. */
type Default = Literal | readonly Literal[] | undefined

function fact(
  roles: readonly Role[],
  type: SettingFact['type'],
  ...entries: readonly (readonly [string, Default])[]
): SettingFact {
  const file = roles.includes('consumer') ? 'aiokafka/consumer/consumer.py' : 'aiokafka/producer/producer.py'
  const history: History<Default> = entries.map(([since, value]) => ({
    since,
    value,
    citation: `aiokafka ${since === '0' ? '0.1.0' : since} ${file} (__init__)`,
  }))
  return { roles, type, default: history }
}

const CONSUMER: readonly Role[] = ['consumer']
const PRODUCER: readonly Role[] = ['producer']
const BOTH: readonly Role[] = ['consumer', 'producer']

export const aiokafkaSettings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': fact(BOTH, 'list', ['0', 'localhost']),
  'client.id': {
    ...fact(BOTH, 'string', ['0', 'aiokafka-<version>']),
    defaultByRole: { producer: [{ since: '0', value: null, citation: 'aiokafka aiokafka/producer/producer.py (__init__)' }] },
  },
  'request.timeout.ms': fact(BOTH, 'integer', ['0', 40_000]),
  'retry.backoff.ms': fact(BOTH, 'integer', ['0', 100]),

  'group.id': fact(CONSUMER, 'string', ['0', null]),
  'group.instance.id': fact(CONSUMER, 'string', ['0', undefined], ['0.10.0', null]),
  'enable.auto.commit': fact(CONSUMER, 'boolean', ['0', true]),
  'auto.commit.interval.ms': fact(CONSUMER, 'integer', ['0', 5_000]),
  'auto.offset.reset': fact(CONSUMER, 'string', ['0', 'latest']),
  'isolation.level': fact(CONSUMER, 'string', ['0', undefined], ['0.5.0', 'read_uncommitted']),
  'session.timeout.ms': fact(CONSUMER, 'integer', ['0', 30_000], ['0.5.1', 10_000]),
  'heartbeat.interval.ms': fact(CONSUMER, 'integer', ['0', 3_000]),
  'max.poll.interval.ms': fact(CONSUMER, 'integer', ['0', undefined], ['0.5.1', 300_000]),
  'rebalance.timeout.ms': fact(CONSUMER, 'integer', ['0', undefined], ['0.5.1', null]),
  'max.poll.records': fact(CONSUMER, 'integer', ['0', undefined], ['0.2.0', null]),
  'partition.assignment.strategy': fact(CONSUMER, 'list', ['0', ['roundrobin']]),

  acks: fact(PRODUCER, 'string', ['0', 1]),
  'linger.ms': fact(PRODUCER, 'integer', ['0', 0]),
  'enable.idempotence': fact(PRODUCER, 'boolean', ['0', undefined], ['0.5.0', false]),
  'transactional.id': fact(PRODUCER, 'string', ['0', undefined], ['0.5.0', null]),
  'transaction.timeout.ms': fact(PRODUCER, 'integer', ['0', undefined], ['0.5.0', 60_000]),
}

type Stretch = readonly [from: string, until?: string]

const SHARED: Readonly<Record<string, readonly Stretch[]>> = {
  // taken away in 0.13.0, and back in 0.14.0 as a word that does nothing
  api_version: [['0', '0.13.0'], ['0.14.0']],
  loop: [['0']],
  metadata_max_age_ms: [['0']],
  sasl_kerberos_domain_name: [['0.5.1']],
  sasl_kerberos_service_name: [['0.5.1']],
  sasl_mechanism: [['0.5.1']],
  sasl_oauth_token_provider: [['0.7.0']],
  sasl_plain_password: [['0.5.1']],
  sasl_plain_username: [['0.5.1']],
  security_protocol: [['0.2.0']],
  ssl_context: [['0.2.0']],
}

const OWN: Readonly<Record<Role, Readonly<Record<string, readonly Stretch[]>>>> = {
  consumer: {
    check_crcs: [['0']],
    client_rack: [['0.14.0']],
    connections_max_idle_ms: [['0.2.1']],
    consumer_timeout_ms: [['0']],
    exclude_internal_topics: [['0.2.1']],
    fetch_max_bytes: [['0.5.0']],
    fetch_max_wait_ms: [['0']],
    fetch_min_bytes: [['0']],
    key_deserializer: [['0']],
    max_partition_fetch_bytes: [['0']],
    value_deserializer: [['0']],
  },
  producer: {
    compression_type: [['0']],
    connections_max_idle_ms: [['0.4.0']],
    key_serializer: [['0']],
    max_batch_size: [['0']],
    max_request_size: [['0']],
    partitioner: [['0']],
    send_backoff_ms: [['0', '0.11.0']],
    value_serializer: [['0']],
  },
}

/** True when the constructor of this side takes a keyword that bears on no delivery semantics. */
export function aiokafkaAccepts(key: string, role: Role, version: string): boolean {
  const stretches = Object.hasOwn(OWN[role], key) ? OWN[role][key] : Object.hasOwn(SHARED, key) ? SHARED[key] : undefined
  return (stretches ?? []).some(
    ([from, until]) => compareVersions(from, version) <= 0 && (until === undefined || compareVersions(version, until) < 0),
  )
}

/** Every version at which a keyword comes or goes. */
export const AIOKAFKA_KEY_RELEASES: readonly string[] = [
  ...new Set([SHARED, OWN.consumer, OWN.producer].flatMap((table) => Object.values(table).flat(2))),
].filter((version): version is string => version !== undefined && version !== '0')
