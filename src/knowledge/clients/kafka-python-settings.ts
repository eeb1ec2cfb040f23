import type { Role } from '../../model/client.ts'
import type { Literal } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import { lookUp } from '../../text/table.ts'
import type { History } from '../history.ts'
import type { SettingFact } from '../profile.ts'

/**
 * Defaults of kafka-python by version: DEFAULT_CONFIG of KafkaConsumer and KafkaProducer at each of the 75 releases 1.0.0 … 3.0.12, and
 * compared with the installed packages. The 0.9 series had another consumer and no KafkaProducer; it is judged like 1.0.0.
 */
type Default = Literal | readonly Literal[] | undefined

/** Where kafka-python writes float('inf') or sys.maxsize: the number that Java's defaults have. */
export const UNLIMITED = 2_147_483_647

const CONSUMER = 'kafka/consumer/group.py'
const PRODUCER = 'kafka/producer/kafka.py'

function since(file: string, entries: readonly (readonly [string, Default])[]): History<Default> {
  return entries.map(([version, value]) => ({
    since: version,
    value,
    citation: `kafka-python ${version === '0' ? '1.0.0' : version} ${file} (DEFAULT_CONFIG)`,
  }))
}

function fact(roles: readonly Role[], type: SettingFact['type'], entries: readonly (readonly [string, Default])[]): SettingFact {
  return { roles, type, default: since(roles.includes('consumer') ? CONSUMER : PRODUCER, entries) }
}

const consumer = (type: SettingFact['type'], ...entries: readonly (readonly [string, Default])[]) =>
  fact(['consumer'], type, entries)
const producer = (type: SettingFact['type'], ...entries: readonly (readonly [string, Default])[]) =>
  fact(['producer'], type, entries)
const both = (type: SettingFact['type'], ...entries: readonly (readonly [string, Default])[]) =>
  fact(['consumer', 'producer'], type, entries)

export const kafkaPythonSettings: Readonly<Record<string, SettingFact>> = {
  'bootstrap.servers': both('list', ['0', 'localhost']),
  'client.id': {
    roles: ['consumer', 'producer'],
    type: 'string',
    default: since(CONSUMER, [['0', 'kafka-python-<version>']]),
    defaultByRole: { producer: since(PRODUCER, [['0', null]]) as History<Literal | undefined> },
  },
  'request.timeout.ms': {
    roles: ['consumer', 'producer'],
    type: 'integer',
    default: since(CONSUMER, [
      ['0', 40_000],
      ['1.4.0', 305_000],
      ['3.0.0', 30_000],
    ]),
    defaultByRole: { producer: since(PRODUCER, [['0', 30_000]]) as History<Literal | undefined> },
  },
  'max.in.flight.requests.per.connection': both('integer', ['0', 5]),
  'retry.backoff.ms': both('integer', ['0', 100]),
  'connections.max.idle.ms': {
    roles: ['consumer', 'producer'],
    type: 'integer',
    default: since(CONSUMER, [['0', 540_000]]),
    defaultByRole: {
      producer: since(PRODUCER, [
        ['0', 600_000],
        ['1.3.4', 540_000],
      ]) as History<Literal | undefined>,
    },
  },

  'group.id': consumer('string', ['0', 'kafka-python-default-group'], ['1.3.3', null]),
  'group.instance.id': consumer('string', ['0', undefined], ['2.3.0', null]),
  'enable.auto.commit': consumer('boolean', ['0', true]),
  'auto.commit.interval.ms': consumer('integer', ['0', 5_000]),
  'auto.offset.reset': consumer('string', ['0', 'latest']),
  'isolation.level': consumer('string', ['0', undefined], ['2.2.0', 'read_uncommitted']),
  'session.timeout.ms': consumer('integer', ['0', 30_000], ['1.4.0', 10_000], ['3.0.0', 45_000]),
  'heartbeat.interval.ms': consumer('integer', ['0', 3_000]),
  'max.poll.interval.ms': consumer('integer', ['0', undefined], ['1.4.0', 300_000]),
  'max.poll.records': consumer('integer', ['0', undefined], ['1.3.2', UNLIMITED], ['1.3.3', 500]),
  'fetch.max.wait.ms': consumer('integer', ['0', 500]),
  'partition.assignment.strategy': consumer('list', ['0', ['roundrobin']], ['1.0.1', ['range', 'roundrobin']]),

  acks: producer('string', ['0', 1], ['3.0.0', 'all']),
  retries: producer('integer', ['0', 0], ['2.2.0', UNLIMITED]),
  'linger.ms': producer('integer', ['0', 0]),
  'delivery.timeout.ms': producer('integer', ['0', undefined], ['2.2.0', 120_000]),
  'max.block.ms': producer('integer', ['0', 60_000]),
  'enable.idempotence': producer('boolean', ['0', undefined], ['2.2.0', false], ['3.0.0', true]),
  'transactional.id': producer('string', ['0', undefined], ['2.2.0', null]),
  'transaction.timeout.ms': producer('integer', ['0', undefined], ['2.2.0', 60_000]),
}

/** A stretch of versions in which a keyword is accepted: from, and the first version without it. */
type Stretch = readonly [from: string, until?: string]

const BOTH: Readonly<Record<string, readonly Stretch[]>> = {
  api_version: [['0']],
  api_version_auto_timeout_ms: [['1.2.3', '3.0.0']],
  bootstrap_timeout_ms: [['3.0.0']],
  client_dns_lookup: [['3.0.0']],
  kafka_client: [['2.0.3']],
  metadata_max_age_ms: [['0']],
  metrics_enabled: [['2.1.5']],
  metrics_sample_window_ms: [['1.1.0']],
  metric_reporters: [['1.1.0']],
  metrics_num_samples: [['1.1.0']],
  allow_auto_create_topics: [['2.1.0']],
  proxy_url: [['3.0.0']],
  receive_buffer_bytes: [['0']],
  receive_message_max_bytes: [['2.2.20', '2.3.0'], ['2.3.2']],
  reconnect_backoff_max_ms: [['1.3.4']],
  reconnect_backoff_ms: [['0']],
  sasl_kerberos_domain_name: [['1.4.4']],
  sasl_kerberos_name: [['2.1.0']],
  sasl_kerberos_service_name: [['1.4.0']],
  sasl_mechanism: [['1.3.0']],
  sasl_oauth_token_provider: [['1.4.6']],
  sasl_plain_password: [['1.3.0']],
  sasl_plain_username: [['1.3.0']],
  security_protocol: [['1.1.0']],
  selector: [['1.3.0']],
  send_buffer_bytes: [['0']],
  sock_chunk_buffer_count: [
    ['1.4.0', '2.2.20'],
    ['2.3.0', '2.3.2'],
  ],
  sock_chunk_bytes: [
    ['1.4.0', '2.2.20'],
    ['2.3.0', '2.3.2'],
  ],
  socket_options: [['1.3.0']],
  socks5_proxy: [['2.1.0']],
  ssl_cafile: [['1.1.0']],
  ssl_certfile: [['1.1.0']],
  ssl_check_hostname: [['1.1.0']],
  ssl_ciphers: [['1.4.6']],
  ssl_context: [['1.1.0']],
  ssl_crlfile: [['1.2.0']],
  ssl_keyfile: [['1.1.0']],
  ssl_password: [['1.2.4']],
}

const ONLY: Readonly<Record<Role, Readonly<Record<string, readonly Stretch[]>>>> = {
  consumer: {
    check_crcs: [['0']],
    client_rack: [['3.0.0']],
    consumer_timeout_ms: [['0']],
    default_offset_commit_callback: [['1.1.0']],
    enable_incremental_fetch_sessions: [['2.1.0']],
    exclude_internal_topics: [['1.3.0']],
    fetch_max_bytes: [['1.3.3']],
    fetch_min_bytes: [['0']],
    key_deserializer: [['0']],
    legacy_iterator: [['1.4.7', '2.1.0']],
    max_partition_fetch_bytes: [['0']],
    metric_group_prefix: [['1.3.0']],
    skip_double_compressed_messages: [['1.2.5', '1.4.5']],
    value_deserializer: [['0']],
  },
  producer: {
    batch_size: [['0']],
    bootstrap_topics_filter: [['1.4.4', '3.0.0']],
    // named as deprecated from 2.1.5 on, and still taken
    buffer_memory: [['0']],
    compression_type: [['0']],
    key_serializer: [['0']],
    max_request_size: [['0']],
    partitioner: [['0']],
    // its name in the producer until 1.4.0
    reconnect_backoff_max: [['1.3.4', '1.4.0']],
    value_serializer: [['0']],
  },
}

/** Keywords that one side took later than the other. */
const LATER: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  consumer: {},
  producer: {
    metrics_num_samples: '1.3.0',
    metrics_sample_window_ms: '1.3.0',
    metric_reporters: '1.3.0',
    reconnect_backoff_max_ms: '1.4.0',
    ssl_password: '1.3.2',
  },
}

/** True when the constructor of this side takes a keyword that bears on no delivery semantics. */
export function kafkaPythonAccepts(key: string, role: Role, version: string): boolean {
  const stretches = Object.hasOwn(ONLY[role], key) ? ONLY[role][key] : Object.hasOwn(BOTH, key) ? BOTH[key] : undefined
  const later = lookUp(LATER[role], key)
  if (later !== undefined && compareVersions(version, later) < 0) return false
  return (stretches ?? []).some(
    ([from, until]) => compareVersions(from, version) <= 0 && (until === undefined || compareVersions(version, until) < 0),
  )
}

/** Every version at which a keyword comes or goes. */
export const KAFKA_PYTHON_KEY_RELEASES: readonly string[] = [
  ...new Set([
    ...[BOTH, ONLY.consumer, ONLY.producer].flatMap((table) => Object.values(table).flat(2)),
    ...Object.values(LATER.producer),
  ]),
].filter((version): version is string => version !== undefined && version !== '0')
