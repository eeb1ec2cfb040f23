import type { Role } from '../../model/client.ts'
import { lookUp } from '../../text/table.ts'

/** A typed property of Boot's KafkaProperties for one role, and the setting of the client that it writes. */
export interface TypedProperty {
  readonly roles: readonly Role[]
  readonly canonical: string
  /** First release with it; '0' for 1.5. */
  readonly since: string
  /** `5s`, `PT5S`, or a number of milliseconds. */
  readonly duration?: true
}

const consumer = (canonical: string, since = '0'): TypedProperty => ({ roles: ['consumer'], canonical, since })
const producer = (canonical: string, since = '0'): TypedProperty => ({ roles: ['producer'], canonical, since })
const timed = (property: TypedProperty): TypedProperty => ({ ...property, duration: true })
const both = (canonical: string): TypedProperty => ({ roles: ['consumer', 'producer'], canonical, since: '0' })

/**
 * Typed properties with a bearing on delivery, by the name below `spring.kafka.consumer` or `.producer` (and `listener.`, `template.` below
 * `spring.kafka`). From META-INF/spring-configuration-metadata.json of spring-boot-autoconfigure 1.5.22 … 3.5.16 and spring-boot-kafka 4.0.0 … 4.1.2.
 */
export const TYPED_PROPERTIES: Readonly<Record<string, TypedProperty>> = {
  'bootstrap-servers': both('bootstrap.servers'),
  'client-id': both('client.id'),
  'auto-commit-interval': timed(consumer('auto.commit.interval.ms')),
  'auto-offset-reset': consumer('auto.offset.reset'),
  'enable-auto-commit': consumer('enable.auto.commit'),
  'fetch-max-wait': timed(consumer('fetch.max.wait.ms')),
  'group-id': consumer('group.id'),
  'heartbeat-interval': timed(consumer('heartbeat.interval.ms')),
  'isolation-level': consumer('isolation.level', '2.2.0'),
  'max-poll-interval': timed(consumer('max.poll.interval.ms', '3.5.0')),
  'max-poll-records': consumer('max.poll.records'),
  'listener.ack-mode': consumer('listener.ack-mode'),
  'listener.type': consumer('listener.type'),
  'listener.async-acks': consumer('listener.async-acks', '3.0.0'),
  acks: producer('acks'),
  retries: producer('retries'),
  'transaction-id-prefix': producer('transaction-id-prefix', '2.0.0'),
}

/** Typed properties without a bearing on delivery, from the same metadata. */
const OTHER_PROPERTIES: Readonly<Record<Role, string>> = {
  consumer: `fetch-min-size key-deserializer value-deserializer properties security.protocol ssl.bundle ssl.key-password
    ssl.key-store-certificate-chain ssl.key-store-key ssl.key-store-location ssl.key-store-password ssl.key-store-type ssl.protocol
    ssl.trust-store-certificates ssl.trust-store-location ssl.trust-store-password ssl.trust-store-type
    listener.ack-count listener.ack-time listener.auth-exception-retry-interval listener.auto-startup
    listener.change-consumer-thread-name listener.client-id listener.concurrency listener.idle-between-polls
    listener.idle-event-interval listener.idle-partition-event-interval listener.immediate-stop listener.log-container-config
    listener.missing-topics-fatal listener.monitor-interval listener.no-poll-threshold listener.observation-enabled
    listener.only-log-record-metadata listener.poll-timeout`,
  producer: `batch-size buffer-memory compression-type key-serializer value-serializer properties security.protocol ssl.bundle
    ssl.key-password ssl.key-store-certificate-chain ssl.key-store-key ssl.key-store-location ssl.key-store-password
    ssl.key-store-type ssl.protocol ssl.trust-store-certificates ssl.trust-store-location ssl.trust-store-password
    ssl.trust-store-type template.allow-non-transactional template.close-timeout template.default-topic
    template.observation-enabled template.transaction-id-prefix`,
}

/** Relaxed binding: dashes, underscores and case do not count within an element. */
export function uniform(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}

const BY_UNIFORM: ReadonlyMap<string, string> = new Map(Object.keys(TYPED_PROPERTIES).map((name) => [uniform(name), name]))

const OTHER: Readonly<Record<Role, ReadonlySet<string>>> = {
  consumer: new Set(OTHER_PROPERTIES.consumer.split(/\s+/).map(uniform)),
  producer: new Set(OTHER_PROPERTIES.producer.split(/\s+/).map(uniform)),
}

/** The name in kebab-case of a typed property with a bearing on delivery, however it is written, or undefined. */
export function typedName(key: string): string | undefined {
  return BY_UNIFORM.get(uniform(key))
}

/** True for a typed property that Boot has for the role, whatever it is for. */
export function isTypedProperty(key: string, role: Role): boolean {
  const name = typedName(key)
  return (name !== undefined && lookUp(TYPED_PROPERTIES, name)?.roles.includes(role)) || OTHER[role].has(uniform(key))
}

/** Every name that the metadata lists for a role, in its uniform spelling. */
export function uniformNames(role: Role): ReadonlySet<string> {
  const typed = Object.entries(TYPED_PROPERTIES).filter(([, property]) => property.roles.includes(role))
  return new Set([...typed.map(([name]) => uniform(name)), ...OTHER[role]])
}
