import { describe, expect, it } from 'vitest'
import { effective, judge, says, told } from './judge.ts'

const library = 'confluent-kafka'
const producer = (version: string, settings = {}) => judge({ library, version, role: 'producer', settings })
const consumer = (version: string, settings = {}, more = {}) =>
  judge({ library, version, role: 'consumer', settings: { 'group.id': 'g', ...settings }, ...more })

describe('confluent-kafka on librdkafka', () => {
  it.each([
    ['0.11.6', '1', '2', undefined, '30000'],
    ['1.0.0', 'all', '2', undefined, '10000'],
    ['1.2.0', 'all', '2', 'read_committed', '10000'],
    ['1.5.0', 'all', '2', 'read_committed', '10000'],
    ['1.5.2', 'all', '2147483647', 'read_committed', '10000'],
    ['1.7.0', 'all', '2147483647', 'read_committed', '45000'],
    ['2.16.1', 'all', '2147483647', 'read_committed', '45000'],
    ['99.0.0', 'all', '2147483647', 'read_committed', '45000'],
  ])('has the defaults of %s', (version, acks, retries, isolation, session) => {
    expect([
      effective(producer(version), 'acks'),
      effective(producer(version), 'retries'),
      effective(consumer(version), 'isolation.level'),
      effective(consumer(version), 'session.timeout.ms'),
    ]).toEqual([acks, retries, isolation, session])
  })

  it('follows the librdkafka inside, not the number of the binding', () => {
    // 2.9.0 brings librdkafka 2.8.0, which has no metadata.recovery.strategy yet
    expect(told(consumer('2.9.0', { 'metadata.recovery.strategy': 'none' }))).toEqual(['raises metadata.recovery.strategy'])
    expect(told(consumer('2.10.0', { 'metadata.recovery.strategy': 'none' }))).toEqual([])
  })

  it('loses what is handed over, unless offsets are stored by hand', () => {
    expect(consumer('2.6.0').commit).toMatchObject({ when: 'background', what: 'stored', loses: 'yes', onClose: true })
    const byHand = { 'enable.auto.offset.store': false }
    expect(consumer('2.6.0', byHand, { calls: ['store_offsets'] }).commit).toMatchObject({ when: 'background', loses: 'no' })
    expect(consumer('2.6.0', byHand).commit).toMatchObject({ when: 'never' })
    expect(consumer('2.6.0', byHand, { followed: false }).commit).toMatchObject({ when: 'background', loses: 'no' })
    expect(consumer('2.6.0', { 'enable.auto.commit': 'false' }).commit).toMatchObject({ when: 'never', loses: 'no' })
  })

  it('says that storing fails while librdkafka stores by itself', () => {
    expect(told(consumer('2.6.0', {}, { calls: ['store_offsets'] }))).toEqual(['fails-later group.id'])
    expect(told(consumer('2.6.0', { 'enable.auto.offset.store': true }, { calls: ['store_offsets'] }))).toEqual([
      'fails-later enable.auto.offset.store',
    ])
  })

  it.each([
    ['beginning', 'earliest'],
    ['smallest', 'earliest'],
    ['EARLIEST', 'earliest'],
    ['end', 'latest'],
    ['error', 'none'],
  ])('reads auto.offset.reset=%s', (literal, read) => {
    expect(effective(consumer('2.6.0', { 'auto.offset.reset': literal }), 'auto.offset.reset')).toBe(read)
  })

  it.each([
    [{ 'auto.offset.reset': 'none' }, 'Invalid value "none" for configuration property "auto.offset.reset"'],
    [{ 'auto.offset.reset': null }, 'Configuration property "auto.offset.reset" cannot be set to empty value'],
    [{ 'enable.auto.commit': 'no' }, 'Expected bool value for "enable.auto.commit": true or false'],
    [{ 'session.timeout.ms': 0 }, 'Configuration property "session.timeout.ms" value 0 is outside allowed range 1..3600000'],
    [{ 'heartbeat.interval.ms': 'soon' }, 'Invalid value for configuration property "heartbeat.interval.ms"'],
    [
      { enable_auto_commit: false },
      'No such configuration property: "enable_auto_commit"; librdkafka spells it `enable.auto.commit`',
    ],
    [{ 'sasl.jaas.config': 'x' }, 'Java JAAS configuration is not supported'],
    [{ 'partition.assignment.strategy': 'sticky' }, 'Unsupported partition.assignment.strategy: sticky'],
    [{ 'max.poll.interval.ms': 5000 }, '`max.poll.interval.ms`must be >= `session.timeout.ms`'],
    [
      { 'group.protocol': 'consumer', 'session.timeout.ms': 45_000 },
      '`session.timeout.ms` is not supported for `group.protocol=consumer`',
    ],
  ])('refuses %o', (settings, quoted) => {
    const variant = consumer('2.16.1', settings)
    expect(variant.problems).toHaveLength(1)
    expect(variant.problems[0]).toMatchObject({ effect: 'raises' })
    expect(variant.problems[0]?.says).toContain(quoted)
  })

  it.each([
    ['T', 'true'],
    ['1', 'true'],
    [1, 'true'],
    ['FALSE', 'false'],
    ['f', 'false'],
    [0, 'false'],
  ])('reads a boolean written %o', (literal, read) => {
    expect(effective(consumer('2.6.0', { 'enable.auto.commit': literal }), 'enable.auto.commit')).toBe(read)
  })

  it('reads numbers as strtol does', () => {
    expect(effective(producer('2.6.0', { retries: '5s' }), 'retries')).toBe('5')
    expect(effective(producer('2.6.0', { acks: '-1' }), 'acks')).toBe('all')
    expect(effective(producer('2.6.0', { acks: 2 }), 'acks')).toBe('2')
    expect(effective(producer('2.6.0', { 'request.required.acks': 'ALL' }), 'acks')).toBe('all')
  })

  it('derives what an idempotent or transactional producer has', () => {
    const idempotent = producer('1.4.0', { 'enable.idempotence': true })
    expect(effective(idempotent, 'retries')).toBe('2147483647')
    expect(effective(idempotent, 'max.in.flight.requests.per.connection')).toBe('5')
    const transactional = producer('2.6.0', { 'transactional.id': 'x', 'transaction.timeout.ms': 10_000 })
    expect(effective(transactional, 'enable.idempotence')).toBe('true')
    expect(effective(transactional, 'delivery.timeout.ms')).toBe('10000')
    expect(effective(transactional, 'socket.timeout.ms')).toBe('9900')
    expect(effective(producer('2.6.0'), 'delivery.timeout.ms')).toBe('300000')
  })

  it.each([
    [{ 'enable.idempotence': true, acks: 1 }, ['raises acks']],
    [{ 'enable.idempotence': true, 'max.in.flight': 6 }, ['raises max.in.flight.requests.per.connection']],
    [{ 'enable.idempotence': true, retries: 0 }, ['raises retries']],
    [{ 'transactional.id': 'x', 'enable.idempotence': false }, ['raises enable.idempotence']],
    [{ 'transactional.id': 'x', 'message.timeout.ms': 120_000 }, ['raises delivery.timeout.ms']],
    [{ 'enable.idempotence': true, acks: 'all', retries: 3 }, []],
    [{ acks: 1 }, []],
  ])('judges the producer %o', (settings, problems) => {
    expect(told(producer('2.16.1', settings))).toEqual(problems)
  })

  it('refuses transactions before 1.4.0', () => {
    expect(producer('1.3.0', { 'transactional.id': 'x' }).problems).toMatchObject([{ effect: 'raises', about: 'transactions' }])
    expect(producer('1.3.0').capabilities).toMatchObject({ transactions: false, idempotentProducer: true, readCommitted: true })
    expect(producer('1.6.0').capabilities).toMatchObject({ transactions: true, groupMetadataFencing: true })
    expect(producer('1.5.0').capabilities.groupMetadataFencing).toBe(false)
  })

  it('lowers linger between 1.5.0 and 1.8, and refuses it later', () => {
    const settings = { 'linger.ms': 5000, 'message.timeout.ms': 1000 }
    expect(told(producer('1.7.0', settings))).toEqual([])
    expect(effective(producer('1.7.0', settings), 'linger.ms')).toBe('999.9')
    expect(told(producer('1.9.0', settings))).toEqual(['raises delivery.timeout.ms'])
  })

  it('ignores the settings of the other side, and the legacy switch of auto-commit', () => {
    expect(told(consumer('2.6.0', { 'enable.idempotence': true }))).toEqual(['ignored enable.idempotence'])
    expect(told(producer('2.6.0', { 'isolation.level': 'read_committed' }))).toEqual(['ignored isolation.level'])
    const legacy = consumer('2.6.0', { 'auto.commit.enable': false })
    expect(told(legacy)).toEqual(['ignored auto.commit.enable'])
    expect(legacy.commit.when).toBe('background')
  })

  it('wants a group', () => {
    const variant = judge({ library, version: '2.6.0', role: 'consumer', settings: { 'bootstrap.servers': 'b:9092' } })
    expect(says(variant, 'group.id')).toContain('group.id must be set')
    const open = judge({ library, version: '2.6.0', role: 'consumer', settings: { 'bootstrap.servers': 'b:9092' }, open: true })
    expect(told(open)).toEqual([])
  })

  it('wants a dict, and reads no setting without one', () => {
    const variant = judge({
      library,
      version: '2.6.0',
      role: 'consumer',
      settings: { group_id: 'g', bootstrap_servers: 'b:9092' },
      open: true,
      misgiven: true,
    })
    expect(told(variant)).toEqual(['raises configuration'])
    expect(says(variant, 'configuration')).toContain('TypeError: expected configuration dict')
  })

  it('takes the keys of the binding itself', () => {
    const callback = { kind: 'object', text: 'on_error' } as const
    expect(told(consumer('2.6.0', { error_cb: callback, 'value.deserializer': callback, 'schema.registry.url': 'x' }))).toEqual(
      [],
    )
  })
})
