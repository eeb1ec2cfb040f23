import type { FileKind, InputFile } from '../files.ts'
import { isCompose } from './kinds.ts'

type Interest = InputFile['interest']

/**
 * What the bytes of a file promise: `read`, `pool`, or undefined when nothing in it can matter. Works on bytes, since decoding every file
 * would cost more than reading it; only the few files that name Kafka at all are looked at as text.
 */
export function interestOf(kind: FileKind, name: string, bytes: Buffer): Interest | undefined {
  if (kind === 'python') return pythonInterest(bytes)
  if (kind === 'javascript') return javascriptInterest(bytes)
  if (kind === 'java') return javaInterest(bytes)
  if (kind === 'go') return goInterest(bytes)
  return kind === 'manifest' ? undefined : configInterest(kind, name, bytes)
}

const KAFKA = ['kafka', 'Kafka', 'KAFKA'].map(needle)
/** Clients whose import does not contain the word: every other one known (`aiokafka`, `confluent_kafka`, `faststream.kafka`, …) does. */
const NAMELESS = ['quixstreams', 'faust'].map(needle)
// needles that begin with a rare byte are found several times faster: `x=True` for `nx=True`, `xpire` for every EXPIRE command
const NX_KEYWORD = ['x=True', 'x = True'].map(needle)
const SETNX = ['setnx', 'SETNX'].map(needle)
const EXPIRE = needle('xpire')
const INCREMENT = ['incr', 'INCR'].map(needle)
const NX_ARGUMENT = ["'NX'", '"NX"'].map(needle)
const REDIS = ['redis', 'Redis'].map(needle)
const JEDIS = ['jedis', 'Jedis', 'lettuce'].map(needle)
const JAVA_MARKS = ['setnx', 'setNX', 'setIfAbsent', '"NX"', '.nx(', 'trySet('].map(needle)
const JAVASCRIPT_MARKS = ['SetNX', 'setNX', "'NX'", '"NX"', 'NX:'].map(needle)
const COMMAND = needle('execute_command')

function needle(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

function has(bytes: Buffer, needles: readonly Buffer[]): boolean {
  for (const one of needles) if (bytes.indexOf(one) >= 0) return true
  return false
}

/** An import of a client or framework, wherever it stands in a statement. */
const CLIENT_IMPORT =
  /(?:^|[\n;:])[ \t]*(?:from|import)[ \t]+(?:[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*,[ \t]*)*(?:kafka|confluent_kafka|aiokafka|faust|faststream|quixstreams|pykafka|airflow\.providers\.apache\.kafka|airflow_provider_kafka|kafka_provider|bytewax\.(?:connectors|inputs|outputs)|arroyo|propan|kafkaesk|fastkafka|streamz|karafka)\b/
/** A client's construction, import unseen: re-exported by another module of the project, or named in a string. */
const CLIENT_NAME =
  /\b(?:(?:AIO)?Kafka(?:Consumer|Producer|Broker|Router|Source|Sink)|(?:Des|S)erializing(?:Consumer|Producer)|Avro(?:Consumer|Producer)|AIO(?:Consumer|Producer)|(?:Simple|Balanced)Consumer|(?:Consume|ProduceTo)\w*Operator|AwaitMessage\w*)\s*[(,)\]]|['"](?:kafka|confluent_kafka|aiokafka)['"]|confluentkafka:\/\//

function pythonInterest(bytes: Buffer): Interest | undefined {
  const named = has(bytes, KAFKA)
  if (named || has(bytes, NAMELESS)) {
    const text = bytes.toString('latin1')
    if (CLIENT_IMPORT.test(text) || CLIENT_NAME.test(text)) return 'read'
  }
  if (touchesRedisKeys(bytes)) return 'read'
  return named ? 'pool' : undefined
}

/** Packages of clients, and the framework that runs one, as imports name them. */
const CLIENT_PACKAGE =
  /['"](?:kafkajs|node-rdkafka|kafka-node|@confluentinc\/kafka-javascript|@platformatic\/kafka)['"]|Transport\.KAFKA/

const JAVA_CLIENT = /\borg\.apache\.kafka\.clients\.(?:consumer|producer)\b|\borg\.springframework\.kafka\./

function javaInterest(bytes: Buffer): Interest | undefined {
  if (has(bytes, JAVA_MARKS) && (has(bytes, REDIS) || has(bytes, JEDIS))) return 'read'
  if (!has(bytes, KAFKA)) return undefined
  return JAVA_CLIENT.test(bytes.toString('latin1')) ? 'read' : 'pool'
}

const GO_CLIENTS = ['/sarama"', 'franz-go/pkg/kgo"', 'segmentio/kafka-go"', 'confluent-kafka-go/'].map(needle)
const GO_MARKS = ['SetNX(', '"SETNX"', '"setnx"', '"NX"', '"nx"'].map(needle)

function goInterest(bytes: Buffer): Interest | undefined {
  if (has(bytes, GO_CLIENTS)) return 'read'
  if (has(bytes, GO_MARKS) && has(bytes, REDIS)) return 'read'
  return has(bytes, KAFKA) ? 'pool' : undefined
}

function javascriptInterest(bytes: Buffer): Interest | undefined {
  if (
    has(bytes, REDIS) &&
    (has(bytes, SETNX) || has(bytes, JAVASCRIPT_MARKS) || (bytes.indexOf(EXPIRE) >= 0 && has(bytes, INCREMENT)))
  )
    return 'read'
  if (!has(bytes, KAFKA)) return undefined
  return CLIENT_PACKAGE.test(bytes.toString('latin1')) ? 'read' : 'pool'
}

/** A write that takes a key only once, or a counter that is given a time to live: what the rules on Redis speak of. */
function touchesRedisKeys(bytes: Buffer): boolean {
  if (has(bytes, SETNX) || NX_KEYWORD.some((one) => hasKeyword(bytes, one))) return true
  if (bytes.indexOf(EXPIRE) >= 0 && has(bytes, INCREMENT)) return true
  return bytes.indexOf(COMMAND) >= 0 && has(bytes, NX_ARGUMENT)
}

/** True when one of the hits is a keyword of its own: `nx=True`, not `max=True`. */
function hasKeyword(bytes: Buffer, tail: Buffer): boolean {
  for (let at = bytes.indexOf(tail); at >= 0; at = bytes.indexOf(tail, at + 1))
    if (bytes[at - 1] === 110 && !isWord(bytes[at - 2] ?? 32)) return true
  return false
}

function isWord(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || byte === 95 || (byte >= 97 && byte <= 122)
}

/** What every spelling of a key that only Kafka clients have holds: so rare otherwise that hardly any other file is looked at as text. */
const KEY_PARTS = [
  ...['.', '-', '_'].flatMap((between) => [`bootstrap${between}s`, `ffset${between}reset`, `uto${between}commit`]),
  ...['bootstrapS', 'ffsetReset', 'utoCommit', 'connector.class', 'dempotence', 'etadata.broker', 'ransactional'],
].map(needle)
const CLIENT_KEYS =
  'bootstrap[._-]?servers?|metadata[._-]broker[._-]list|auto[._-]?offset[._-]?reset|enable[._-]?auto[._-]?(?:commit|offset)|connector[._-]class|enable[._-]?idempotence|transactional[._-]?id'
/** Keys that say "client" only in a file that also names Kafka. */
const KEYS_BESIDE_KAFKA = `${CLIENT_KEYS}|group[._-]?id|consumer[._-]?group|acks|isolation[._-]?level|auto[._-]?commit|offset[._-]?reset|max[._-]?poll|(?:session|delivery|transaction)[._-]?timeout|linger[._-]?ms|(?:key|value)[._-]?(?:de)?serializer|security[._-]?protocol|processing[._-]?guarantee|from[._-]?beginning|spring[._-]kafka|binders?|brokers?|transaction[._-]?id[._-]?prefix|max[._-]?in[._-]?flight`
const CLIENT_KEY = asKey(CLIENT_KEYS)
const KEY_BESIDE_KAFKA = asKey(KEYS_BESIDE_KAFKA)
/** `kafka:` as a section, as Spring Boot and many services have it. */
const KAFKA_SECTION = /^[ \t]*["']?(?:\w+\.)*kafka[\w.-]*["']?[ \t]*:[ \t]*(?:[#{&].*)?\r?$/im

/** Matches the words inside a key, in YAML, JSON, properties and environment lists: prose that speaks of them is not configuration. */
function asKey(words: string): RegExp {
  return new RegExp(
    `(?:^|[\\s"'{,])[\\w.-]*(?:${words})[\\w.-]*(?:\\[\\d+\\])?["']?[ \\t]*[:=]|name:[ \\t]*["']?[\\w.-]*(?:${words})`,
    'im',
  )
}

/** Environment of a container: a variable in it may be a setting of a client in the code. */
const ENVIRONMENT = /^[ \t]*(?:-[ \t]+)?(?:env|envFrom|environment|extraEnv\w*|env_vars?):/m
const KIND = /^kind:[ \t]*["']?(\w+)/m
/** Resources that never hold a client's settings; Strimzi's own definitions are megabytes of them. */
const OTHER_KINDS = new Set(
  `CustomResourceDefinition ClusterRole ClusterRoleBinding Role RoleBinding ServiceAccount Service Namespace PrometheusRule ServiceMonitor PodMonitor
NetworkPolicy Ingress PersistentVolume PersistentVolumeClaim StorageClass PodDisruptionBudget HorizontalPodAutoscaler Kafka KafkaTopic KafkaUser
KafkaNodePool KafkaRebalance Dashboard GrafanaDashboard GrafanaDatasource ClusterServiceVersion CatalogSource Kustomization`.split(
    /\s+/,
  ),
)
/** Build pipelines and documentation sites: they start brokers for tests, not clients. */
const NOT_CONFIGURATION =
  /^\.(?:travis|gitlab-ci|pre-commit|drone|woodpecker|readthedocs|codecov|golangci|markdownlint|goreleaser)|^(?:azure-pipelines|mkdocs|bitbucket-pipelines|appveyor|cloudbuild|renovate|tsconfig|mypy|tox|pytest|ruff|dependabot|_config)\b|(?:openapi|swagger|asyncapi)[\w.-]*\.(?:ya?ml|json)$/

function configInterest(kind: FileKind, name: string, bytes: Buffer): Interest | undefined {
  const named = has(bytes, KAFKA)
  if (!named) {
    if (kind === 'env' || (kind === 'yaml' && isCompose(name))) return 'pool'
    return has(bytes, KEY_PARTS) && CLIENT_KEY.test(bytes.toString('latin1')) && !NOT_CONFIGURATION.test(name)
      ? 'read'
      : undefined
  }
  if (NOT_CONFIGURATION.test(name)) return 'pool'
  if (kind !== 'yaml' && kind !== 'json') return 'read'
  if (kind === 'yaml' && (isCompose(name) || /^values[\w.-]*$/.test(name))) return 'read'
  const text = kind === 'yaml' ? withoutOtherKinds(bytes.toString('latin1')) : bytes.toString('latin1')
  if (KEY_BESIDE_KAFKA.test(text)) return 'read'
  return kind === 'yaml' && (ENVIRONMENT.test(text) || KAFKA_SECTION.test(text)) ? 'read' : 'pool'
}

/** The documents of a YAML file that may configure a client. */
function withoutOtherKinds(text: string): string {
  if (!KIND.test(text)) return text
  return text
    .split(/^---/m)
    .filter((document) => {
      const kind = KIND.exec(document)?.[1]
      return (kind === undefined || !OTHER_KINDS.has(kind)) && /kafka/i.test(document)
    })
    .join('---')
}
