/**
 * Keys that tell a Kafka client's role, in the Java client's and librdkafka's spelling (Kafka's ConsumerConfig and ProducerConfig, and
 * librdkafka's CONFIGURATION.md). Keys of both roles tell nothing. `session.timeout.ms` and `retries` are left out on purpose: templates
 * for every kind of client carry them (Confluent Cloud's do).
 */
const CONSUMER_KEYS: ReadonlySet<string> = new Set([
  'group.id',
  'group.instance.id',
  'group.protocol',
  'auto.offset.reset',
  'enable.auto.commit',
  'auto.commit.interval.ms',
  'isolation.level',
  'key.deserializer',
  'value.deserializer',
  'max.poll.records',
  'max.poll.interval.ms',
  'max.partition.fetch.bytes',
  'fetch.min.bytes',
  'fetch.max.bytes',
  'fetch.max.wait.ms',
  'fetch.wait.max.ms',
  'heartbeat.interval.ms',
  'partition.assignment.strategy',
  'exclude.internal.topics',
  'enable.auto.offset.store',
  'enable.partition.eof',
  'queued.min.messages',
])

const PRODUCER_KEYS: ReadonlySet<string> = new Set([
  'acks',
  'request.required.acks',
  'linger.ms',
  'queue.buffering.max.ms',
  'batch.size',
  'batch.num.messages',
  'buffer.memory',
  'compression.type',
  'compression.codec',
  'enable.idempotence',
  'transactional.id',
  'transaction.timeout.ms',
  'max.in.flight.requests.per.connection',
  'max.block.ms',
  'max.request.size',
  'delivery.timeout.ms',
  'message.send.max.retries',
  'message.timeout.ms',
  'key.serializer',
  'value.serializer',
  'partitioner.class',
])

/** Keys that librdkafka knows and Java does not: their file belongs to a librdkafka client. */
const LIBRDKAFKA_KEYS: ReadonlySet<string> = new Set([
  'metadata.broker.list',
  'sasl.mechanisms',
  'sasl.username',
  'sasl.password',
  'ssl.ca.location',
  'ssl.certificate.location',
  'enable.auto.offset.store',
  'enable.partition.eof',
  'queued.min.messages',
  'queue.buffering.max.ms',
  'message.send.max.retries',
  'message.timeout.ms',
  'request.required.acks',
  'statistics.interval.ms',
  'broker.address.family',
])

/** Keys that only Java has: librdkafka refuses them. */
const JAVA_KEYS: ReadonlySet<string> = new Set([
  'key.serializer',
  'value.serializer',
  'key.deserializer',
  'value.deserializer',
  'sasl.jaas.config',
  'interceptor.classes',
  'max.poll.records',
  'buffer.memory',
  'ssl.truststore.location',
])

export const BOOTSTRAP_KEYS: readonly string[] = ['bootstrap.servers', 'metadata.broker.list']

export function isConsumerKey(key: string): boolean {
  return CONSUMER_KEYS.has(key)
}

export function isProducerKey(key: string): boolean {
  return PRODUCER_KEYS.has(key)
}

export function isLibrdkafkaKey(key: string): boolean {
  return LIBRDKAFKA_KEYS.has(key)
}

export function isJavaKey(key: string): boolean {
  return JAVA_KEYS.has(key)
}

/**
 * Keys of programs that use Kafka's property style but are no plain client: brokers, ZooKeeper, Kafka Streams, ksqlDB, Schema Registry,
 * REST proxy, Control Center, Replicator, MirrorMaker, Cruise Control, loggers. A file that has one of them is theirs.
 */
const FOREIGN_KEY =
  /^(broker\.id|node\.id|process\.roles|log\.dirs?|zookeeper\.connect|listeners|advertised\.listeners|controller\.quorum\.(voters|bootstrap\.servers)|offsets\.topic\.replication\.factor|dataDir|clientPort|application\.id|application\.server|num\.stream\.threads|processing\.guarantee|state\.dir|default\.key\.serde|kafkastore\..*|ksql\..*|confluent\.(controlcenter|license|metadata|metrics\.reporter)\..*|client\.bootstrap\.servers|(src|dest)\.(kafka|consumer)\..*|clusters|.*->.*|metric\.reporters?\..*|webserver\.http\.port|(log4j2?|rootLogger|logger|appender)(\..*)?)$/

export function isForeignKey(key: string): boolean {
  return FOREIGN_KEY.test(key)
}
