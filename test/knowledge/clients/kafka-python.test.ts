import { describe, expect, it } from 'vitest'
import { effective, judge, says, told } from './judge.ts'

const producer = (version: string, settings = {}) => judge({ library: 'kafka-python', version, role: 'producer', settings })
const consumer = (version: string, settings = {}) => judge({ library: 'kafka-python', version, role: 'consumer', settings })

describe('kafka-python producer', () => {
  it.each([
    ['1.3.5', '1', '0', undefined, '5'],
    ['1.4.7', '1', '0', undefined, '5'],
    ['2.0.2', '1', '0', undefined, '5'],
    ['2.1.6', '1', '0', undefined, '5'],
    ['2.2.0', '1', '2147483647', 'false', '5'],
    ['2.3.3', '1', '2147483647', 'false', '5'],
    ['3.0.0', 'all', '2147483647', 'true', '5'],
    ['3.0.12', 'all', '2147483647', 'true', '5'],
  ])('has the defaults of %s', (version, acks, retries, idempotence, inFlight) => {
    const variant = producer(version)
    expect([
      effective(variant, 'acks'),
      effective(variant, 'retries'),
      effective(variant, 'enable.idempotence'),
      effective(variant, 'max.in.flight.requests.per.connection'),
    ]).toEqual([acks, retries, idempotence, inFlight])
  })

  it('refuses a transactional id before 2.2.0, silently only under python -O', () => {
    const variant = producer('2.0.2', { transactional_id: 'x' })
    expect(variant.problems).toMatchObject([{ effect: 'raises', key: 'transactional.id', about: 'transactions' }])
    expect(says(variant, 'transactional.id')).toMatch(/AssertionError: Unrecognized configs.*python -O/)
    expect(variant.capabilities.transactions).toBe(false)
    expect(told(producer('2.2.0', { transactional_id: 'x' }))).toEqual([])
    expect(producer('2.2.0').capabilities.transactions).toBe(true)
  })

  it('derives acks and one request in flight from a transactional id before 3.0', () => {
    const variant = producer('2.2.15', { transactional_id: 'x' })
    expect(effective(variant, 'acks')).toBe('all')
    expect(effective(variant, 'max.in.flight.requests.per.connection')).toBe('1')
    expect(effective(variant, 'enable.idempotence')).toBe('true')
    expect(effective(producer('3.0.1', { transactional_id: 'x' }), 'max.in.flight.requests.per.connection')).toBe('5')
  })

  it.each([
    [{ acks: 1 }, 'acks'],
    [{ acks: 0 }, 'acks'],
    [{ retries: 0 }, 'retries'],
    [{ max_in_flight_requests_per_connection: 6 }, 'max.in.flight.requests.per.connection'],
  ])('switches idempotence off for %o from 3.0 on, and says why', (settings, because) => {
    const setting = producer('3.0.12', settings).settings.get('enable.idempotence')
    expect(setting?.value).toEqual({ kind: 'known', value: false })
    expect(setting?.origin).toMatchObject({ kind: 'derived', because })
    expect(told(producer('3.0.12', settings))).toEqual([])
  })

  it('does not guess idempotence where the deciding value is unknown', () => {
    const acks = { kind: 'unknown', reason: 'from the environment' } as const
    expect(producer('3.0.12', { acks }).settings.get('enable.idempotence')?.value.kind).toBe('unknown')
  })

  it('refuses conflicts with an explicit idempotence, in the words of the version', () => {
    const settings = { enable_idempotence: true, max_in_flight_requests_per_connection: 5 }
    expect(says(producer('2.3.2', settings), 'max.in.flight.requests.per.connection')).toContain(
      "KafkaConfigurationError: Must set 'max_in_flight_requests_per_connection' to 1",
    )
    expect(told(producer('3.0.0', settings))).toEqual([])
    expect(says(producer('3.0.0', { enable_idempotence: true, acks: 1 }), 'acks')).toContain(
      'enable_idempotence=True is incompatible with user-provided acks=1',
    )
    expect(told(producer('2.2.0', { transactional_id: 'x', enable_idempotence: false }))).toEqual(['raises enable.idempotence'])
  })

  it('takes an empty transactional id for none', () => {
    expect(effective(producer('3.0.12', { transactional_id: '' }), 'transactional.id')).toBe('null')
    expect(effective(producer('2.3.3', { transactional_id: '' }), 'acks')).toBe('1')
  })

  it.each([
    ['all', 'all'],
    [-1, 'all'],
    [1, '1'],
    [0, '0'],
    [true, '1'],
  ])('reads acks=%s', (literal, read) => {
    expect(effective(producer('2.0.2', { acks: literal }), 'acks')).toBe(read)
  })

  it.each(['1', '-1', '0', 'ALL', null])('says that acks=%o sends nothing', (literal) => {
    const variant = producer('2.0.2', { acks: literal })
    expect(variant.problems).toMatchObject([{ effect: 'fails-later', key: 'acks' }])
    expect(says(variant, 'acks')).toContain('no message can be sent')
  })

  it('refuses a delivery timeout below linger and request timeout', () => {
    expect(told(producer('2.2.0', { delivery_timeout_ms: 1000 }))).toEqual(['raises delivery.timeout.ms'])
    expect(told(producer('2.2.0', { request_timeout_ms: 130_000 }))).toEqual(['raises request.timeout.ms'])
    expect(told(producer('2.2.0', { delivery_timeout_ms: 30_000 }))).toEqual([])
  })
})

describe('kafka-python consumer', () => {
  it.each([
    ['1.3.2', 'kafka-python-default-group', '30000', undefined],
    ['1.3.3', 'null', '30000', undefined],
    ['2.0.2', 'null', '10000', undefined],
    ['2.2.0', 'null', '10000', 'read_uncommitted'],
    ['3.0.0', 'null', '45000', 'read_uncommitted'],
  ])('has the defaults of %s', (version, group, session, isolation) => {
    const variant = consumer(version)
    expect([
      effective(variant, 'group.id'),
      effective(variant, 'session.timeout.ms'),
      effective(variant, 'isolation.level'),
      effective(variant, 'auto.offset.reset'),
    ]).toEqual([group, session, isolation, 'latest'])
  })

  it('commits inside poll, and loses only on an exception', () => {
    const { commit } = consumer('2.0.2', { group_id: 'g' })
    expect(commit).toMatchObject({ when: 'on-poll', what: 'position', onClose: true, onRevoke: true, loses: 'on-exception' })
    expect(consumer('2.0.2', { group_id: 'g', enable_auto_commit: false }).commit).toMatchObject({ when: 'never', loses: 'no' })
  })

  it('switches auto-commit off without a group, even where it is asked for', () => {
    const variant = consumer('2.0.2', { enable_auto_commit: true })
    expect(variant.settings.get('enable.auto.commit')).toMatchObject({
      value: { kind: 'known', value: false },
      origin: { kind: 'derived', because: 'group.id' },
    })
    expect(variant.commit.when).toBe('never')
    expect(
      effective(
        judge({ library: 'kafka-python', version: '2.0.2', role: 'consumer', settings: {}, open: true }),
        'enable.auto.commit',
      ),
    ).toMatch(/^unknown/)
  })

  it('tells that a text is true', () => {
    const variant = consumer('2.0.2', { group_id: 'g', enable_auto_commit: 'false' })
    expect(effective(variant, 'enable.auto.commit')).toBe('true')
    expect(told(variant)).toEqual(['replaced enable.auto.commit'])
    expect(told(consumer('2.0.2', { group_id: 'g', enable_auto_commit: 'true' }))).toEqual([])
    expect(effective(consumer('2.0.2', { group_id: 'g', enable_auto_commit: '' }), 'enable.auto.commit')).toBe('false')
  })

  it.each([
    ['earliest', 'earliest', []],
    ['EARLIEST', 'earliest', []],
    ['smallest', 'earliest', []],
    ['largest', 'latest', []],
    ['none', 'none', []],
    ['beginning', 'none', ['replaced auto.offset.reset']],
    ['end', 'none', ['replaced auto.offset.reset']],
    ['SMALLEST', 'none', ['replaced auto.offset.reset']],
    [null, 'none', ['replaced auto.offset.reset']],
  ])('reads auto_offset_reset=%s', (literal, read, problems) => {
    const variant = consumer('2.0.2', { group_id: 'g', auto_offset_reset: literal })
    expect(effective(variant, 'auto.offset.reset')).toBe(read)
    expect(told(variant)).toEqual(problems)
  })

  it('refuses an isolation level before 2.2.0, and a wrong one later', () => {
    const early = consumer('2.0.2', { isolation_level: 'read_committed' })
    expect(early.problems).toMatchObject([{ effect: 'raises', about: 'transactions' }])
    expect(says(early, 'isolation.level')).toContain('KafkaConfigurationError: Unrecognized configs')
    expect(says(early, 'isolation.level')).not.toContain('python -O')
    expect(told(consumer('2.3.3', { isolation_level: 'READ_COMMITTED' }))).toEqual(['raises isolation.level'])
    expect(effective(consumer('3.0.0', { isolation_level: 'READ-COMMITTED' }), 'isolation.level')).toBe('read_committed')
  })

  it('refuses timeouts that do not fit each other', () => {
    expect(told(consumer('2.0.2', { group_id: 'g', session_timeout_ms: 2000 }))).toEqual(['raises session.timeout.ms'])
    expect(told(consumer('2.0.2', { session_timeout_ms: 2000 }))).toEqual([])
    expect(told(consumer('2.0.2', { group_id: 'g', session_timeout_ms: 3000 }))).toEqual([])
    expect(told(consumer('2.3.3', { group_id: 'g', session_timeout_ms: 3000 }))).toEqual(['raises session.timeout.ms'])
    expect(told(consumer('2.3.3', { group_id: 'g', session_timeout_ms: 400_000 }))).toEqual(['raises session.timeout.ms'])
    expect(told(consumer('3.0.0', { group_id: 'g', session_timeout_ms: 400_000 }))).toEqual([])
    expect(told(consumer('2.0.2', { request_timeout_ms: 600_000 }))).toEqual(['raises request.timeout.ms'])
  })

  it('knows static members from 2.3.0 on, and wants a group for them', () => {
    expect(told(consumer('2.2.20', { group_id: 'g', group_instance_id: 'a' }))).toEqual(['raises group.instance.id'])
    expect(told(consumer('2.3.0', { group_id: 'g', group_instance_id: 'a' }))).toEqual([])
    expect(says(consumer('2.3.0', { group_instance_id: 'a' }), 'group.instance.id')).toContain(
      'group_instance_id requires group_id',
    )
  })

  it('names the keyword that a dotted key means', () => {
    const variant = consumer('2.0.2', { 'enable.auto.commit': false })
    expect(told(variant)).toEqual(['raises enable.auto.commit'])
    expect(says(variant, 'enable.auto.commit')).toContain('`enable_auto_commit`')
  })

  it('accepts what the version has, and refuses the rest', () => {
    expect(told(consumer('2.0.2', { ssl_cafile: 'x', consumer_timeout_ms: 1, sock_chunk_bytes: 1 }))).toEqual([])
    expect(told(consumer('2.2.20', { sock_chunk_bytes: 1 }))).toEqual(['raises sock_chunk_bytes'])
    expect(told(consumer('2.3.0', { sock_chunk_bytes: 1 }))).toEqual([])
    expect(told(consumer('2.0.2', { acks: 1 }))).toEqual(['raises acks'])
    expect(told(consumer('2.0.2', { group_idd: 'g' }))).toEqual(['raises group_idd'])
  })
})

describe('kafka-python-ng', () => {
  const fork = (role: 'consumer' | 'producer', version: string, settings = {}) =>
    judge({ library: 'kafka-python-ng', version, role, settings })

  it('is 2.0.2 in every version, whatever its number says', () => {
    for (const version of ['2.0.3', '2.1.0', '2.2.3']) {
      expect(effective(fork('producer', version), 'acks')).toBe('1')
      expect(effective(fork('producer', version), 'retries')).toBe('0')
      expect(fork('producer', version, { transactional_id: 'x' }).problems).toMatchObject([
        { effect: 'raises', about: 'transactions' },
      ])
      expect(fork('consumer', version, { isolation_level: 'read_committed' }).problems).toMatchObject([{ about: 'transactions' }])
      expect(fork('consumer', version, { group_id: 'g' }).commit.when).toBe('on-poll')
    }
  })

  it('has static members from 2.2.0 on', () => {
    expect(told(fork('consumer', '2.1.0', { group_id: 'g', group_instance_id: 'a' }))).toEqual(['raises group.instance.id'])
    expect(told(fork('consumer', '2.2.0', { group_id: 'g', group_instance_id: 'a' }))).toEqual([])
  })
})
