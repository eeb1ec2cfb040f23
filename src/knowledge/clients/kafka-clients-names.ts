import { compareVersions } from '../../model/version.ts'

/**
 * Every setting of Kafka's ProducerConfig, ConsumerConfig and AdminClientConfig by the release that brought it, read by reflection out of
 * the ConfigDef of each release's jar, 0.9.0.0 … 4.4.0.
 */
const BROUGHT_BY: Readonly<Record<string, string>> = {
  '0': `acks auto.commit.interval.ms auto.offset.reset batch.size block.on.buffer.full bootstrap.servers buffer.memory check.crcs client.id
    compression.type connections.max.idle.ms enable.auto.commit fetch.max.wait.ms fetch.min.bytes group.id heartbeat.interval.ms
    key.deserializer key.serializer linger.ms max.block.ms max.in.flight.requests.per.connection max.partition.fetch.bytes
    max.request.size metadata.fetch.timeout.ms metadata.max.age.ms metric.reporters metrics.num.samples metrics.sample.window.ms
    partition.assignment.strategy partitioner.class receive.buffer.bytes reconnect.backoff.ms request.timeout.ms retries
    retry.backoff.ms sasl.kerberos.kinit.cmd sasl.kerberos.min.time.before.relogin sasl.kerberos.service.name
    sasl.kerberos.ticket.renew.jitter sasl.kerberos.ticket.renew.window.factor security.protocol send.buffer.bytes session.timeout.ms
    ssl.cipher.suites ssl.enabled.protocols ssl.endpoint.identification.algorithm ssl.key.password ssl.keymanager.algorithm
    ssl.keystore.location ssl.keystore.password ssl.keystore.type ssl.protocol ssl.provider ssl.trustmanager.algorithm
    ssl.truststore.location ssl.truststore.password ssl.truststore.type timeout.ms value.deserializer value.serializer`,
  '0.10.0.0': 'exclude.internal.topics interceptor.classes max.poll.records sasl.mechanism',
  '0.10.1.0': 'fetch.max.bytes max.poll.interval.ms ssl.secure.random.implementation',
  '0.10.2.0': 'metrics.recording.level sasl.jaas.config',
  '0.10.2.2': 'internal.leave.group.on.close',
  '0.11.0.0': 'enable.idempotence isolation.level reconnect.backoff.max.ms transaction.timeout.ms transactional.id',
  '2.0.0': `default.api.timeout.ms sasl.client.callback.handler.class sasl.login.callback.handler.class sasl.login.class
    sasl.login.refresh.buffer.seconds sasl.login.refresh.min.period.seconds sasl.login.refresh.window.factor
    sasl.login.refresh.window.jitter`,
  '2.1.0': 'client.dns.lookup delivery.timeout.ms',
  '2.3.0': 'allow.auto.create.topics client.rack group.instance.id',
  '2.4.0': 'security.providers',
  '2.5.0': 'metadata.max.idle.ms',
  '2.6.0': 'internal.auto.downgrade.txn.commit internal.throw.on.fetch.stable.offset.unsupported ssl.engine.factory.class',
  '2.7.0': `socket.connection.setup.timeout.max.ms socket.connection.setup.timeout.ms ssl.keystore.certificate.chain ssl.keystore.key
    ssl.truststore.certificates`,
  '3.1.0': `sasl.login.connect.timeout.ms sasl.login.read.timeout.ms sasl.login.retry.backoff.max.ms sasl.login.retry.backoff.ms
    sasl.oauthbearer.clock.skew.seconds sasl.oauthbearer.expected.audience sasl.oauthbearer.expected.issuer
    sasl.oauthbearer.jwks.endpoint.refresh.ms sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms
    sasl.oauthbearer.jwks.endpoint.retry.backoff.ms sasl.oauthbearer.jwks.endpoint.url sasl.oauthbearer.scope.claim.name
    sasl.oauthbearer.sub.claim.name sasl.oauthbearer.token.endpoint.url`,
  '3.3.0': 'partitioner.adaptive.partitioning.enable partitioner.availability.timeout.ms partitioner.ignore.keys',
  '3.4.0': 'auto.include.jmx.reporter',
  '3.7.0': 'bootstrap.controllers enable.metrics.push group.protocol group.remote.assignor retry.backoff.max.ms',
  '3.8.0': 'compression.gzip.level compression.lz4.level compression.zstd.level metadata.recovery.strategy',
  '3.9.0': 'sasl.oauthbearer.header.urlencode',
  '4.0.0': 'metadata.recovery.rebootstrap.trigger.ms',
  '4.1.0': `sasl.oauthbearer.assertion.algorithm sasl.oauthbearer.assertion.claim.aud sasl.oauthbearer.assertion.claim.exp.seconds
    sasl.oauthbearer.assertion.claim.iss sasl.oauthbearer.assertion.claim.jti.include sasl.oauthbearer.assertion.claim.nbf.seconds
    sasl.oauthbearer.assertion.claim.sub sasl.oauthbearer.assertion.file sasl.oauthbearer.assertion.private.key.file
    sasl.oauthbearer.assertion.private.key.passphrase sasl.oauthbearer.assertion.template.file
    sasl.oauthbearer.client.credentials.client.id sasl.oauthbearer.client.credentials.client.secret
    sasl.oauthbearer.jwt.retriever.class sasl.oauthbearer.jwt.validator.class sasl.oauthbearer.scope share.acknowledgement.mode
    transaction.two.phase.commit.enable`,
  '4.2.0': 'config.providers share.acquire.mode',
  '4.4.0': `bootstrap.resolve.timeout.ms buffer.memory.allocation.strategy metadata.cluster.check.enable partitioner.rack.aware
    sasl.oauthbearer.allow.unverified.audience sasl.oauthbearer.allow.unverified.issuer`,
}

const SINCE: ReadonlyMap<string, string> = new Map(
  Object.entries(BROUGHT_BY).flatMap(([since, names]) => names.split(/\s+/).map((name) => [name, since] as const)),
)

/** True for a name that Kafka's own clients know in a release, or have known: nothing breaks by one that came or went. */
export function isKafkaClientName(name: string): boolean {
  return SINCE.has(name)
}

/** True for a name that the release already knows. */
export function isKafkaClientNameAt(name: string, version: string): boolean {
  const since = SINCE.get(name)
  return since !== undefined && compareVersions(since, version) <= 0
}

/** Names of other clients that end up in Java configurations, with the setting the author means: the Java client never had them. */
export const FOREIGN_NAMES: Readonly<Record<string, string>> = {
  // the Scala clients of Kafka 0.8, which many old guides still show
  'metadata.broker.list': 'bootstrap.servers',
  'request.required.acks': 'acks',
  'message.send.max.retries': 'retries',
  'auto.commit.enable': 'enable.auto.commit',
  'autooffset.reset': 'auto.offset.reset',
  'autocommit.enable': 'enable.auto.commit',
  // librdkafka
  'message.timeout.ms': 'delivery.timeout.ms',
  'max.in.flight': 'max.in.flight.requests.per.connection',
  'enable.auto.offset.store': 'enable.auto.commit',
}
