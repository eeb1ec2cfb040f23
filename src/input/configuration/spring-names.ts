import type { Role } from '../../model/client.ts'
import { lookUp } from '../../text/table.ts'

/** The section of `spring.kafka` that shapes what uses a role's clients. */
export const SECTIONS: Readonly<Record<Role, string>> = { consumer: 'listener', producer: 'template' }

/** Typed properties of Boot's KafkaProperties (1.5 to 4.x) for consumers, producers, listeners and templates. */
const TYPED = [
  ...['auto-commit-interval', 'auto-offset-reset', 'bootstrap-servers', 'client-id', 'enable-auto-commit', 'fetch-max-wait'],
  ...['fetch-min-size', 'group-id', 'heartbeat-interval', 'isolation-level', 'key-deserializer', 'value-deserializer'],
  ...['max-poll-records', 'max-poll-interval', 'acks', 'batch-size', 'buffer-memory', 'compression-type', 'key-serializer'],
  ...['value-serializer', 'retries', 'transaction-id-prefix', 'type', 'ack-mode', 'async-acks', 'concurrency', 'poll-timeout'],
  ...['no-poll-threshold', 'ack-count', 'ack-time', 'idle-between-polls', 'idle-event-interval', 'monitor-interval'],
  ...['idle-partition-event-interval', 'log-container-config', 'only-log-record-metadata', 'missing-topics-fatal'],
  ...['immediate-stop', 'auto-startup', 'change-consumer-thread-name', 'observation-enabled', 'default-topic'],
] as const

/** Kebab-case by the uniform spelling of relaxed binding: `groupid` → `group-id`. */
export const KEBAB_NAMES: ReadonlyMap<string, string> = new Map(TYPED.map((name) => [name.replaceAll('-', ''), name]))

/** Typed names whose Kafka name is not the same words with dots. */
const KAFKA_NAMES: Readonly<Record<string, string>> = {
  'auto-commit-interval': 'auto.commit.interval.ms',
  'heartbeat-interval': 'heartbeat.interval.ms',
  'max-poll-interval': 'max.poll.interval.ms',
  'fetch-max-wait': 'fetch.max.wait.ms',
  'fetch-min-size': 'fetch.min.bytes',
}

/** One name for the typed and the raw spelling of a setting, so that the winner of two can be told. */
export function canonicalName(key: string): string {
  if (key.startsWith('listener.') || key.startsWith('template.')) return key
  return lookUp(KAFKA_NAMES, key) ?? (KEBAB_NAMES.get(key.replaceAll('-', '')) === key ? key.replaceAll('-', '.') : key)
}
