/** `spring.kafka.*` properties that are given to Boot's own binder and to the profile; names without that prefix. */
export type BootCase = Readonly<Record<string, string>>

export const BOOT_CASES: readonly BootCase[] = [
  {},
  { 'properties.isolation.level': 'read_committed' },
  ...['read_committed', 'READ_COMMITTED', 'read-committed'].map((level) => ({ 'consumer.isolation-level': level })),
  ...['read_committed', 'READ_COMMITTED'].map((level) => ({ 'consumer.properties.isolation.level': level })),
  { 'properties.isolation.level': 'read_committed', 'consumer.isolation-level': 'read_committed' },
  { 'consumer.isolation-level': 'read-uncommitted', 'consumer.properties.isolation.level': 'read_committed' },
  ...['true', 'false', 'maybe'].map((on) => ({ 'consumer.enable-auto-commit': on })),
  { 'consumer.enableAutoCommit': 'yes' },
  { 'consumer.enable_auto_commit': 'false' },
  ...['true', 'false', 'yes'].map((on) => ({ 'consumer.properties.enable.auto.commit': on })),
  { 'consumer.enable.auto.commit': 'true' },
  { 'consumer.enable-auto-commit': 'true', 'listener.ack-mode': 'manual' },
  { 'consumer.enable-auto-commit': 'false', 'listener.ack-mode': 'manual' },
  ...['record', 'MANUAL_IMMEDIATE', 'manual-immediate', 'always'].map((mode) => ({ 'listener.ack-mode': mode })),
  ...['5s', 'PT5S', '5000', '250ms', '2m'].map((interval) => ({ 'consumer.auto-commit-interval': interval })),
  ...['earliest', 'none', 'beginning', 'EARLIEST'].map((reset) => ({ 'consumer.auto-offset-reset': reset })),
  { 'consumer.max-poll-interval': '10m' },
  { 'consumer.properties.max.poll.interval.ms': '600000' },
  { 'consumer.max-poll-records': '0' },
  { 'consumer.heartbeat-interval': '1s' },
  { 'consumer.session-timeout': '10s' },
  { 'consumer.session.timeout.ms': '10000' },
  { 'consumer.properties.session.timeout.ms': '10000' },
  { 'consumer.properties.session.timeout.ms': '10000', 'consumer.heartbeat-interval': '10s' },
  ...['1', '-1', 'all', '2'].map((acks) => ({ 'producer.acks': acks })),
  { 'producer.retries': '0' },
  { 'producer.enable-idempotence': 'true' },
  { 'producer.delivery-timeout': '10s' },
  { 'producer.properties.enable.idempotence': 'true' },
  { 'producer.properties.enable.idempotence': 'true', 'producer.acks': '1' },
  { 'producer.transaction-id-prefix': 'tx-' },
  { 'producer.transaction-id-prefix': 'tx-', 'producer.acks': '1' },
  { 'producer.transaction-id-prefix': 'tx-', 'producer.retries': '0' },
  { 'producer.transaction-id-prefix': 'tx-', 'producer.properties.enable.idempotence': 'false' },
  { 'properties.acks': '1' },
]

export function asBootLines(cases: readonly BootCase[]): string {
  return cases
    .map((one) =>
      Object.entries(one)
        .map(([k, v]) => `spring.kafka.${k}=${v}`)
        .join('\t'),
    )
    .join('\n')
}
