/** Option sets that are given to the real constructors and to the profile. */
export interface KafkaCase {
  readonly role: 'producer' | 'consumer'
  readonly options: Readonly<Record<string, string>>
}

const producer = (options: KafkaCase['options'] = {}): KafkaCase => ({ role: 'producer', options })
const consumer = (options: KafkaCase['options'] = {}): KafkaCase => ({
  role: 'consumer',
  options: { 'group.id': 'g', ...options },
})
const groupless = (options: KafkaCase['options'] = {}): KafkaCase => ({ role: 'consumer', options })

const IN_FLIGHT = 'max.in.flight.requests.per.connection'
const RANGE = 'org.apache.kafka.clients.consumer.RangeAssignor'
const COOPERATIVE = 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor'

export const KAFKA_CASES: readonly KafkaCase[] = [
  producer(),
  ...['0', '1', '-1', 'all', ' 1 ', '2', 'ALL', ''].map((acks) => producer({ acks })),
  ...['0', '3', '-1', 'many', '2147483648'].map((retries) => producer({ retries })),
  ...['0', '2', '5', '6'].map((n) => producer({ [IN_FLIGHT]: n })),
  ...['true', 'TRUE', 'yes', 'false', ''].map((on) => producer({ 'enable.idempotence': on })),
  ...['0', '1', 'all'].map((acks) => producer({ 'enable.idempotence': 'true', acks })),
  ...['0', '3'].map((retries) => producer({ 'enable.idempotence': 'true', retries })),
  ...['1', '5', '6'].map((n) => producer({ 'enable.idempotence': 'true', [IN_FLIGHT]: n })),
  producer({ 'enable.idempotence': 'false', [IN_FLIGHT]: '6' }),
  producer({ acks: '1', [IN_FLIGHT]: '6' }),
  producer({ acks: '1', retries: '0', [IN_FLIGHT]: '6' }),
  producer({ acks: '1', retries: '0' }),
  producer({ 'transactional.id': 't' }),
  producer({ 'transactional.id': '' }),
  ...['0', '1', 'all'].map((acks) => producer({ 'transactional.id': 't', acks })),
  ...['0', '3'].map((retries) => producer({ 'transactional.id': 't', retries })),
  ...['true', 'false'].map((on) => producer({ 'transactional.id': 't', 'enable.idempotence': on })),
  ...['1', '5', '6'].map((n) => producer({ 'transactional.id': 't', [IN_FLIGHT]: n })),
  producer({ 'transactional.id': 't', 'transaction.timeout.ms': '1000' }),
  producer({ 'transactional.id': 't', 'transaction.two.phase.commit.enable': 'true' }),
  producer({ 'transactional.id': 't', 'transaction.two.phase.commit.enable': 'true', 'transaction.timeout.ms': '1000' }),
  ...['1000', '30000', '30005', '120000'].map((ms) => producer({ 'delivery.timeout.ms': ms })),
  producer({ 'delivery.timeout.ms': '30000', 'linger.ms': '1', 'request.timeout.ms': '30000' }),
  producer({ 'request.timeout.ms': '200000' }),
  producer({ 'linger.ms': '200000' }),
  producer({ 'linger.ms': '5.5' }),
  producer({ 'enable.idempotance': 'true' }),
  producer({ 'isolation.level': 'read_committed' }),
  producer({ 'request.required.acks': '1' }),

  consumer(),
  groupless(),
  groupless({ 'enable.auto.commit': 'true' }),
  groupless({ 'enable.auto.commit': 'false' }),
  groupless({ 'group.id': '' }),
  groupless({ 'group.id': '', 'enable.auto.commit': 'true' }),
  ...['true', 'True', 'false', ' FALSE ', 'yes', ''].map((on) => consumer({ 'enable.auto.commit': on })),
  ...['earliest', 'latest', 'none', 'EARLIEST', 'smallest', 'beginning'].map((reset) => consumer({ 'auto.offset.reset': reset })),
  ...['PT1H', 'P1DT2H3M4.5S', 'P7D', 'pt1h', '1h', '-PT1H', '', 'P', 'PT'].map((duration) =>
    consumer({ 'auto.offset.reset': `by_duration:${duration}` }),
  ),
  ...['read_committed', 'read_uncommitted', 'READ_COMMITTED', 'committed'].map((level) => consumer({ 'isolation.level': level })),
  ...['classic', 'consumer', 'CONSUMER', 'other'].map((protocol) => consumer({ 'group.protocol': protocol })),
  consumer({ 'group.protocol': 'consumer', 'session.timeout.ms': '10000' }),
  consumer({ 'group.protocol': 'consumer', 'heartbeat.interval.ms': '1000' }),
  consumer({ 'group.protocol': 'consumer', 'partition.assignment.strategy': RANGE }),
  consumer({ 'group.protocol': 'consumer', 'group.remote.assignor': 'uniform' }),
  consumer({ 'group.remote.assignor': 'uniform' }),
  consumer({ 'share.acknowledgement.mode': 'explicit' }),
  consumer({ 'session.timeout.ms': '3000', 'heartbeat.interval.ms': '3000' }),
  consumer({ 'heartbeat.interval.ms': '60000' }),
  consumer({ 'session.timeout.ms': '400000' }),
  consumer({ 'request.timeout.ms': '9000', 'session.timeout.ms': '10000' }),
  consumer({ 'max.poll.records': '0' }),
  consumer({ 'max.poll.interval.ms': '0' }),
  consumer({ 'auto.commit.interval.ms': '-1' }),
  consumer({ 'enable.auto.comit': 'false' }),
  consumer({ 'auto.commit.enable': 'false' }),
  consumer({ acks: 'all' }),
  consumer({ 'partition.assignment.strategy': 'range' }),
  consumer({ 'partition.assignment.strategy': COOPERATIVE }),
  consumer({ 'partition.assignment.strategy': `${RANGE},${COOPERATIVE}` }),
]

/** As the probe reads them: role and `key=value` pairs, separated by tabs. */
export function asLines(cases: readonly KafkaCase[]): string {
  return cases.map(({ role, options }) => [role, ...Object.entries(options).map(([k, v]) => `${k}=${v}`)].join('\t')).join('\n')
}
