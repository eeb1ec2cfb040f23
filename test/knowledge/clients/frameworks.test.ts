import { describe, expect, it } from 'vitest'
import { effective, judge, says, told } from './judge.ts'

const subscriber = (engine: 'kafka' | 'confluent', version: string, settings = {}) =>
  judge({ library: `faststream-${engine}`, version, role: 'consumer', settings: { group_id: 'g', ...settings } })
const broker = (engine: 'kafka' | 'confluent', version: string, settings = {}) =>
  judge({ library: `faststream-${engine}`, version, role: 'producer', settings })

describe('FastStream', () => {
  it('auto-commits by default, in every version and on both engines', () => {
    for (const version of ['0.2.1', '0.5.48', '0.6.2', '0.6.3', '0.7.8']) {
      expect(effective(subscriber('kafka', version), 'enable.auto.commit')).toBe('true')
      expect(subscriber('kafka', version).commit).toMatchObject({ when: 'background', loses: 'yes' })
      expect(subscriber('confluent', version).commit).toMatchObject({ when: 'background', what: 'stored', loses: 'yes' })
    }
  })

  it.each([
    ['manual', 'never', 'no'],
    ['nack_on_error', 'after-handler', 'no'],
    ['reject_on_error', 'after-handler', 'on-exception'],
    ['ack', 'after-handler', 'on-exception'],
    ['ack_first', 'background', 'yes'],
  ])('follows ack_policy=%s from 0.6.3 on', (policy, when, loses) => {
    expect(subscriber('kafka', '0.6.3', { ack_policy: policy }).commit).toMatchObject({ when, loses })
    const spelled = { kind: 'object', text: `AckPolicy.${policy.toUpperCase()}` } as const
    expect(subscriber('confluent', '0.7.8', { ack_policy: spelled }).commit).toMatchObject({ when, loses })
  })

  it.each([{ ack_policy: 'manual' }, { ack_policy: 'nack_on_error' }, { auto_commit: false }, { no_ack: true }])(
    'leaves auto-commit on in 0.6.0 to 0.6.2, whatever %o says',
    (settings) => {
      for (const version of ['0.6.0', '0.6.2']) {
        const variant = subscriber('kafka', version, settings)
        expect(effective(variant, 'enable.auto.commit')).toBe('true')
        expect(variant.commit.when).toBe('background')
        expect(variant.problems.map((p) => p.effect)).toEqual(['ignored'])
      }
      expect(effective(subscriber('kafka', '0.6.3', settings), 'enable.auto.commit')).toBe('false')
    },
  )

  it('does not guess an acknowledgement policy that it cannot see', () => {
    const ack_policy = { kind: 'unknown', reason: 'a parameter' } as const
    expect(effective(subscriber('kafka', '0.7.8', { ack_policy }), 'enable.auto.commit')).toMatch(/^unknown/)
  })

  it('knows the switch by the name of its version', () => {
    expect(told(subscriber('kafka', '0.2.1', { enable_auto_commit: false }))).toEqual([])
    expect(told(subscriber('kafka', '0.5.48', { auto_commit: false }))).toEqual([])
    expect(effective(subscriber('kafka', '0.5.48', { auto_commit: false }), 'enable.auto.commit')).toBe('false')
    expect(says(subscriber('kafka', '0.7.8', { auto_commit: false }), 'enable.auto.commit')).toContain(
      "TypeError: KafkaRegistrator.subscriber() got an unexpected keyword argument 'auto_commit'",
    )
    expect(told(subscriber('kafka', '0.5.48', { ack_policy: 'manual' }))).toEqual(['raises ack_policy'])
    expect(told(subscriber('kafka', '0.7.8', { no_ack: true }))).toEqual(['raises no_ack'])
    expect(told(subscriber('kafka', '0.6.7', { auto_commit: true, ack_policy: 'manual' }))).toEqual(['raises enable.auto.commit'])
  })

  it('commits nothing without a group on aiokafka, and shares one on confluent-kafka', () => {
    expect(subscriber('kafka', '0.7.8', { group_id: null }).commit.when).toBe('never')
    const anonymous = judge({ library: 'faststream-confluent', version: '0.7.8', role: 'consumer', settings: {} })
    expect(effective(anonymous, 'group.id')).toBe('faststream-consumer-group')
  })

  it('overrules the group in 0.6.0 and 0.6.1 on confluent-kafka', () => {
    const variant = subscriber('confluent', '0.6.1')
    expect(effective(variant, 'group.id')).toBe('faststream-consumer-group')
    expect(told(variant)).toEqual(['replaced group.id'])
    expect(told(subscriber('confluent', '0.6.2'))).toEqual([])
    expect(told(subscriber('kafka', '0.6.0'))).toEqual([])
  })

  it('lets the engine have the last word in its own spelling', () => {
    expect(effective(subscriber('confluent', '0.7.8', { 'enable.auto.commit': false }), 'enable.auto.commit')).toBe('false')
  })

  it('cannot use a transactional id', () => {
    expect(broker('kafka', '0.7.8', { transactional_id: 'x' }).problems).toMatchObject([
      { effect: 'fails-later', about: 'transactions' },
    ])
    expect(says(broker('confluent', '0.7.8', { transactional_id: 'x' }), 'transactional.id')).toContain(
      'requires `enable.idempotence=true`',
    )
    expect(says(broker('confluent', '0.7.8', { transactional_id: 'x', enable_idempotence: true }), 'transactional.id')).toContain(
      'Erroneous state',
    )
    expect(broker('kafka', '0.7.8').capabilities.transactions).toBe(false)
  })

  it('states its own defaults over those of the engine', () => {
    expect(effective(subscriber('confluent', '0.7.8'), 'isolation.level')).toBe('read_uncommitted')
    expect(effective(broker('kafka', '0.7.8'), 'acks')).toBe('1')
    expect(effective(broker('confluent', '0.7.8'), 'acks')).toBe('all')
  })

  it('takes the keywords of brokers and routers', () => {
    expect(told(broker('kafka', '0.7.8', { prefix: 'x', graceful_timeout: 1, client_id: 'a', max_request_size: 1 }))).toEqual([])
    expect(told(broker('kafka', '0.7.8', { retries: 5 }))).toEqual(['raises retries'])
  })
})

describe('faust', () => {
  const app = (role: 'consumer' | 'producer', settings = {}) =>
    judge({ library: 'faust', version: '0.15.3', role, settings: { id: 'orders', ...settings } })

  it('commits by itself after the agent, failed events included', () => {
    expect(effective(app('consumer'), 'enable.auto.commit')).toBe('false')
    expect(app('consumer').commit).toMatchObject({ when: 'after-handler', what: 'marked', loses: 'on-exception' })
  })

  it('names the group after the app, starts at the earliest message, waits for all replicas', () => {
    expect(effective(app('consumer'), 'group.id')).toBe('orders')
    expect(effective(app('consumer'), 'auto.offset.reset')).toBe('earliest')
    expect(effective(app('producer'), 'acks')).toBe('all')
  })

  it('reads seconds as milliseconds', () => {
    expect(effective(app('consumer', { broker_session_timeout: 30 }), 'session.timeout.ms')).toBe('30000')
  })

  it('derives isolation and idempotence from the processing guarantee', () => {
    const settings = { processing_guarantee: 'exactly_once' }
    expect(effective(app('consumer', settings), 'isolation.level')).toBe('read_committed')
    expect(effective(app('producer', settings), 'enable.idempotence')).toBe('true')
    expect(effective(app('consumer'), 'isolation.level')).toBe('read_uncommitted')
    expect(told(app('consumer', { processing_guarantee: 'at_most_once' }))).toEqual(['raises processing_guarantee'])
  })

  it('says that settings of Kafka itself do nothing here', () => {
    expect(told(app('consumer', { enable_auto_commit: true, store: 'memory://', topic_partitions: 4 }))).toEqual([
      'ignored enable_auto_commit',
    ])
  })

  it('refuses a session longer than the request timeout, when the worker starts', () => {
    expect(told(app('consumer', { broker_session_timeout: 120 }))).toEqual(['fails-later session.timeout.ms'])
  })
})
