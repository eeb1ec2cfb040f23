import { compareVersions } from '../../model/version.ts'
import { lookUp } from '../../text/table.ts'

/**
 * Every configuration property by the librdkafka release that brought it: CONFIGURATION.md at each tag 0.9.0 … 2.15.0, the hidden ones from
 * src/rdkafka_conf.c, and rd_kafka_conf_dump() of 2.16.0. Two that 0.9.1 took away are left out.
 */
const BROUGHT_BY: Readonly<Record<string, string>> = {
  '0': `auto.commit.enable auto.commit.interval.ms auto.offset.reset batch.num.messages bootstrap.servers broker.address.family
    broker.address.ttl builtin.features client.id compression.codec consume.callback.max.messages consume_cb coordinator.query.interval.ms
    debug default_topic_conf delivery.report.only.error dr_cb dr_msg_cb enable.auto.commit error_cb fetch.error.backoff.ms
    fetch.message.max.bytes fetch.min.bytes fetch.wait.max.ms group.id group.protocol.type heartbeat.interval.ms
    internal.termination.signal log.thread.name log_cb log_level max.partition.fetch.bytes message.max.bytes message.send.max.retries
    message.timeout.ms metadata.broker.list metadata.request.timeout.ms offset.store.method offset.store.path
    offset.store.sync.interval.ms offset_commit_cb opaque open_cb partition.assignment.strategy partitioner_cb produce.offset.report  queue.buffering.max.messages queue.buffering.max.ms queued.max.messages.kbytes queued.min.messages rebalance_cb receive.message.max.bytes request.required.acks request.timeout.ms retry.backoff.ms
    sasl.kerberos.keytab sasl.kerberos.kinit.cmd sasl.kerberos.min.time.before.relogin sasl.kerberos.principal
    sasl.kerberos.service.name sasl.mechanisms security.protocol session.timeout.ms socket.blocking.max.ms socket.keepalive.enable
    socket.max.fails socket.receive.buffer.bytes socket.send.buffer.bytes socket.timeout.ms socket_cb ssl.ca.location
    ssl.certificate.location ssl.cipher.suites ssl.key.location ssl.key.password statistics.interval.ms stats_cb throttle_cb
    topic.blacklist topic.metadata.refresh.fast.cnt topic.metadata.refresh.fast.interval.ms topic.metadata.refresh.interval.ms
    topic.metadata.refresh.sparse`,
  '0.9.1': `acks api.version.fallback.ms api.version.request broker.version.fallback enable.auto.offset.store log.connection.close
    max.in.flight.requests.per.connection reconnect.backoff.jitter.ms retries sasl.password sasl.username ssl.crl.location`,
  '0.9.2': 'enable.partition.eof enabled_events message.copy.max.bytes metadata.max.age.ms queue.buffering.max.kbytes',
  '0.9.3': 'closesocket_cb connect_cb max.in.flight socket.nagle.disable',
  '0.9.4': 'log.queue',
  '0.9.5': 'check.crcs',
  '0.11.0': 'interceptors linger.ms plugin.library.paths',
  '0.11.1': 'api.version.request.timeout.ms',
  '0.11.4': `compression.type fetch.max.bytes msg_order_cmp partitioner queue.buffering.backpressure.threshold queuing.strategy
    sasl.mechanism ssl.keystore.location ssl.keystore.password`,
  '0.11.5': 'background_event_cb compression.level ssl.curves.list ssl.sigalgs.list',
  '1.0.0': `delivery.timeout.ms enable.gapless.guarantee enable.idempotence enable.sparse.connections max.poll.interval.ms
    reconnect.backoff.max.ms reconnect.backoff.ms`,
  '1.1.0': `enable.sasl.oauthbearer.unsecure.jwt enable.ssl.certificate.verification oauthbearer_token_refresh_cb
    sasl.oauthbearer.config ssl.certificate.pem ssl.certificate.verify_cb ssl.endpoint.identification.algorithm ssl.key.pem ssl_ca
    ssl_certificate ssl_key`,
  '1.2.0': 'isolation.level',
  '1.3.0': 'client.rack group.instance.id test.mock.num.brokers',
  '1.4.0': 'client.software.name client.software.version transaction.timeout.ms transactional.id',
  '1.4.2': 'enable.random.seed',
  '1.5.0': 'allow.auto.create.topics batch.size topic.metadata.propagation.max.ms',
  '1.6.0': 'ssl.ca.certificate.stores sticky.partitioning.linger.ms',
  '1.7.0': 'connections.max.idle.ms ssl.engine.id ssl.engine.location ssl_engine_callback_data',
  '1.8.2': 'ssl.ca.pem',
  '1.9.0': `enable_sasl_queue sasl.oauthbearer.client.id sasl.oauthbearer.client.secret sasl.oauthbearer.extensions
    sasl.oauthbearer.method sasl.oauthbearer.scope sasl.oauthbearer.token.endpoint.url socket.connection.setup.timeout.ms
    test.mock.broker.rtt`,
  '2.0.0': 'resolve_cb ssl.providers',
  '2.2.0': 'client.dns.lookup fetch.queue.backoff.ms',
  '2.3.0': 'retry.backoff.max.ms',
  '2.4.0': 'group.protocol group.remote.assignor',
  '2.5.0': 'enable.metrics.push',
  '2.10.0': 'metadata.recovery.strategy',
  '2.11.0': `https.ca.location https.ca.pem metadata.recovery.rebootstrap.trigger.ms sasl.oauthbearer.assertion.algorithm
    sasl.oauthbearer.assertion.claim.aud sasl.oauthbearer.assertion.claim.exp.seconds sasl.oauthbearer.assertion.claim.iss
    sasl.oauthbearer.assertion.claim.jti.include sasl.oauthbearer.assertion.claim.nbf.seconds sasl.oauthbearer.assertion.claim.sub
    sasl.oauthbearer.assertion.file sasl.oauthbearer.assertion.jwt.template.file sasl.oauthbearer.assertion.private.key.file
    sasl.oauthbearer.assertion.private.key.passphrase sasl.oauthbearer.assertion.private.key.pem
    sasl.oauthbearer.client.credentials.client.id sasl.oauthbearer.client.credentials.client.secret sasl.oauthbearer.grant.type`,
  '2.12.0': 'sasl.oauthbearer.metadata.authentication.type',
  '2.14.0': 'sasl.oauthbearer.sub.claim.name',
  '2.15.0': 'max.poll.records share.acknowledgement.mode',
}

const SINCE: ReadonlyMap<string, string> = new Map(
  Object.entries(BROUGHT_BY).flatMap(([since, names]) => names.split(/\s+/).map((name) => [name, since] as const)),
)

/** The librdkafka release that brought a property ('0' for 0.9.0 and before), or undefined for a name that it never had. */
export function librdkafkaSince(property: string): string | undefined {
  return SINCE.get(property)
}

/** True when a librdkafka release knows a property, on whichever side: one of the other side is taken, and ignored with a warning. */
export function librdkafkaAccepts(property: string, librdkafka: string): boolean {
  const since = SINCE.get(property)
  return since !== undefined && compareVersions(since, librdkafka) <= 0
}

/** The librdkafka releases that brought a property. */
export const LIBRDKAFKA_PROPERTY_RELEASES: readonly string[] = Object.keys(BROUGHT_BY).filter((since) => since !== '0')

/** Java's names that librdkafka knows only to refuse them, with its words (src/rdkafka_conf.c, _RK_C_INVALID, since 0.11.1). */
const JAVA_ONLY: Readonly<Record<string, string>> = {
  'ssl.truststore.location':
    'Java TrustStores are not supported, use `ssl.ca.location` and a certificate file instead. See https://github.com/confluentinc/librdkafka/wiki/Using-SSL-with-librdkafka for more information.',
  'sasl.jaas.config':
    'Java JAAS configuration is not supported, see https://github.com/confluentinc/librdkafka/wiki/Using-SASL-with-librdkafka for more information.',
}

/** What librdkafka says of a property that it does not have. */
export function librdkafkaUnknown(property: string): string {
  return lookUp(JAVA_ONLY, property) ?? `No such configuration property: "${property}"`
}

/** Every property that some librdkafka has or had. */
export function librdkafkaProperties(): readonly string[] {
  return [...SINCE.keys()]
}
