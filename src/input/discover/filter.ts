import type { FileKind, InputFile } from '../files.ts'
import { isCompose } from './kinds.ts'

type Interest = InputFile['interest']

/**
 * What the bytes of a file promise: `read`, `pool`, or undefined when nothing in it can matter. Works on bytes, since decoding every file
 * would cost more than reading it; only the few files that name Kafka at all are looked at as text.
 */
export function interestOf(kind: FileKind, name: string, bytes: Buffer): Interest | undefined {
  if (kind === 'python') return pythonInterest(bytes)
  return kind === 'manifest' ? undefined : configInterest(kind, name, bytes)
}

const KAFKA = ['kafka', 'Kafka', 'KAFKA'].map(needle)
/** Clients whose import does not contain the word: every other one known (`aiokafka`, `confluent_kafka`, `faststream.kafka`, …) does. */
const NAMELESS = ['quixstreams', 'faust'].map(needle)
// needles that begin with a rare byte are found several times faster: `x=True` for `nx=True`, `xpire` for every EXPIRE command
const NX = ['x=True', 'x = True', 'setnx', 'SETNX'].map(needle)
const EXPIRE = needle('xpire')
const INCREMENT = ['incr', 'INCR'].map(needle)
const NX_ARGUMENT = ["'NX'", '"NX"'].map(needle)
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
  /\b(?:(?:AIO)?Kafka(?:Consumer|Producer|Broker|Router|Source|Sink)|(?:Des|S)erializing(?:Consumer|Producer)|Avro(?:Consumer|Producer)|AIO(?:Consumer|Producer)|(?:Simple|Balanced)Consumer|(?:Consume|ProduceTo)\w*Operator|AwaitMessage\w*)\s*[(,)\]]|['"](?:kafka|confluent_kafka|aiokafka|confluentkafka:\/\/)['"]/

function pythonInterest(bytes: Buffer): Interest | undefined {
  const named = has(bytes, KAFKA)
  if (named || has(bytes, NAMELESS)) {
    const text = bytes.toString('latin1')
    if (CLIENT_IMPORT.test(text) || CLIENT_NAME.test(text)) return 'read'
  }
  if (touchesRedisKeys(bytes)) return 'read'
  return named ? 'pool' : undefined
}

/** A write that takes a key only once, or a counter that is given a time to live: what the rules on Redis speak of. */
function touchesRedisKeys(bytes: Buffer): boolean {
  for (const one of NX) {
    const at = bytes.indexOf(one)
    if (at < 0) continue
    if (one.length <= 5 || one.includes('=')) {
      if (findNx(bytes, one, at)) return true
    } else return true
  }
  if (bytes.indexOf(EXPIRE) >= 0 && has(bytes, INCREMENT)) return true
  return bytes.indexOf(COMMAND) >= 0 && has(bytes, NX_ARGUMENT)
}

/** True when one of the hits is a keyword of its own: `nx=True`, not `max=True`. */
function findNx(bytes: Buffer, one: Buffer, first: number): boolean {
  for (let at = first; at >= 0; at = bytes.indexOf(one, at + 1)) {
    const before = bytes[at - 2] ?? 32
    if (bytes[at - 1] === 110 && !isWord(before)) return true
  }
  return false
}

function isWord(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || byte === 95 || (byte >= 97 && byte <= 122)
}

/** Parts of keys that only Kafka clients have; each stands in for its dotted, dashed, underscored and camel-case spellings. */
const KEY_PARTS = ['bootstrap', 'connector', 'offset', 'dempotence', 'etadata.broker', 'ransactional'].map(needle)
const CLIENT_KEY =
  /bootstrap[._-]?servers?\b|metadata[._-]broker[._-]list|auto[._-]?offset[._-]?reset|enable[._-]?auto[._-]?(?:commit|offset)|connector[._-]class|enable[._-]?idempotence|transactional[._-]?id/i
/** Keys that say "client" only in a file that also names Kafka. */
const KEY_BESIDE_KAFKA =
  /group[._-]?id|consumer[._-]?group|\backs\b|isolation[._-]?level|auto[._-]?commit|offset[._-]?reset|max[._-]?poll|(?:session|delivery|transaction)[._-]?timeout|linger[._-]?ms|(?:key|value)[._-]?(?:de)?serializer|security[._-]?protocol|processing[._-]?guarantee|from[._-]?beginning|spring[._-]kafka|\bbinders?:|\bbrokers?\b|transaction[._-]?id[._-]?prefix|max[._-]?in[._-]?flight|^\s*kafka:|kafka:\/\//im
/** Environment of a container: a variable in it may be a setting of a client in the code. */
const ENVIRONMENT = /^[ \t]*(?:-[ \t]+)?(?:env|envFrom|environment|extraEnv\w*|env_vars?):/m
const TOP_LEVEL_KIND = /^kind:[ \t]*["']?(\w+)/gm
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
  /^\.(?:travis|gitlab-ci|pre-commit|drone|woodpecker|readthedocs|codecov|golangci|markdownlint|goreleaser)|^(?:azure-pipelines|mkdocs|bitbucket-pipelines|appveyor|cloudbuild|renovate|tsconfig|dependabot|_config)\b|(?:openapi|swagger|asyncapi)[\w.-]*\.(?:ya?ml|json)$/

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
  const text = bytes.toString('latin1')
  if (kind === 'yaml' && onlyOtherKinds(text)) return 'pool'
  return CLIENT_KEY.test(text) || KEY_BESIDE_KAFKA.test(text) || (kind === 'yaml' && ENVIRONMENT.test(text)) ? 'read' : 'pool'
}

function onlyOtherKinds(text: string): boolean {
  let any = false
  for (const [, kind] of text.matchAll(TOP_LEVEL_KIND)) {
    if (!OTHER_KINDS.has(kind as string)) return false
    any = true
  }
  return any
}
