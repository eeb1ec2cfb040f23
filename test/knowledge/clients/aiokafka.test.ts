import { describe, expect, it } from 'vitest'
import { effective, judge, says, told } from './judge.ts'

const producer = (version: string, settings = {}) => judge({ library: 'aiokafka', version, role: 'producer', settings })
const consumer = (version: string, settings = {}) => judge({ library: 'aiokafka', version, role: 'consumer', settings })

describe('aiokafka', () => {
  it('loses what is handed over while the handler awaits', () => {
    expect(consumer('0.14.0', { group_id: 'g' }).commit).toMatchObject({
      when: 'background',
      what: 'position',
      loses: 'yes',
      onClose: true,
    })
    expect(consumer('0.14.0', { group_id: 'g', enable_auto_commit: false }).commit.when).toBe('never')
    expect(consumer('0.14.0').commit.when).toBe('never')
  })

  it('has acks 1, and all where it is idempotent', () => {
    expect(effective(producer('0.14.0'), 'acks')).toBe('1')
    expect(effective(producer('0.14.0', { enable_idempotence: true }), 'acks')).toBe('all')
    expect(effective(producer('0.14.0', { transactional_id: 'x' }), 'acks')).toBe('all')
    expect(effective(producer('0.14.0', { acks: 'all' }), 'acks')).toBe('all')
  })

  it('overrules an explicit False under a transactional id', () => {
    const variant = producer('0.10.0', { transactional_id: 'x', enable_idempotence: false })
    expect(effective(variant, 'enable.idempotence')).toBe('true')
    expect(told(variant)).toEqual(['replaced enable.idempotence'])
  })

  it.each([
    [{ acks: '1' }, 'ValueError: Invalid ACKS parameter', 'acks'],
    [{ acks: 2 }, 'ValueError: Invalid ACKS parameter', 'acks'],
    [{ enable_idempotence: true, acks: 1 }, 'ValueError: acks=1 not supported if enable_idempotence=True', 'acks'],
    [{ retries: 5 }, "TypeError: AIOKafkaProducer.__init__() got an unexpected keyword argument 'retries'", 'retries'],
    [{ 'enable.idempotence': true }, '`enable_idempotence`', 'enable.idempotence'],
  ])('refuses %o', (settings, quoted, key) => {
    const variant = producer('0.14.0', settings)
    expect(told(variant)).toEqual([`raises ${key}`])
    expect(says(variant, key)).toContain(quoted)
  })

  it('has transactions from 0.5.0 on, without fencing by the group', () => {
    expect(producer('0.4.3', { transactional_id: 'x' }).problems).toMatchObject([{ effect: 'raises', about: 'transactions' }])
    expect(told(producer('0.5.0', { transactional_id: 'x' }))).toEqual([])
    expect(producer('0.14.0').capabilities).toMatchObject({ transactions: true, groupMetadataFencing: false })
  })

  it('knows static members from 0.10.0 on', () => {
    expect(told(consumer('0.9.0', { group_id: 'g', group_instance_id: 'a' }))).toEqual(['raises group.instance.id'])
    expect(told(consumer('0.10.0', { group_id: 'g', group_instance_id: 'a' }))).toEqual([])
  })

  it('lost api_version in 0.13.0 and got it back in 0.14.0', () => {
    expect(['0.12.0', '0.13.0', '0.14.0'].map((version) => told(producer(version, { api_version: 'auto' })).length)).toEqual([
      0, 1, 0,
    ])
  })

  it.each([
    ['earliest', 'earliest', []],
    ['LATEST', 'latest', []],
    ['beginning', 'none', ['replaced auto.offset.reset']],
    ['smallest', 'none', ['replaced auto.offset.reset']],
  ])('reads auto_offset_reset=%s', (literal, read, problems) => {
    const variant = consumer('0.14.0', { group_id: 'g', auto_offset_reset: literal })
    expect(effective(variant, 'auto.offset.reset')).toBe(read)
    expect(told(variant)).toEqual(problems)
  })

  it('fails at the start for a wrong isolation level', () => {
    const variant = consumer('0.14.0', { isolation_level: 'READ_COMMITTED' })
    expect(told(variant)).toEqual(['fails-later isolation.level'])
    expect(says(variant, 'isolation.level')).toContain('ValueError: Incorrect isolation level READ_COMMITTED')
  })
})
