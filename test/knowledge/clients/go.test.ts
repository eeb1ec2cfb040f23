import { describe, expect, it } from 'vitest'
import { confluentKafkaGo } from '../../../src/knowledge/clients/confluent-kafka-go.ts'
import { franzGo } from '../../../src/knowledge/clients/franz-go.ts'
import { kafkaGo } from '../../../src/knowledge/clients/kafka-go.ts'
import { sarama } from '../../../src/knowledge/clients/sarama.ts'
import type { Profile } from '../../../src/knowledge/profile.ts'
import { known, type Literal } from '../../../src/model/value.ts'
import { judge } from '../../profiles/jvm/judge.ts'

type Options = Readonly<Record<string, Literal>>

const effective = (profile: Profile, role: 'producer' | 'consumer', options: Options, key: string) =>
  judge(profile, role, profile.newestRead, options).settings.get(key)?.value

const commits = (profile: Profile, options: Options, calls: readonly string[] = []) => {
  const { view, settings } = judge(profile, 'consumer', profile.newestRead, options)
  return profile.commits({ ...view, calls, effective: (key) => settings.get(key)?.value ?? view.effective(key) })
}

const problems = (profile: Profile, role: 'producer' | 'consumer', options: Options) =>
  judge(profile, role, profile.newestRead, options).problems.map(({ key, effect }) => `${key} ${effect}`)

describe('sarama', () => {
  it('asks the leader alone, and begins at the end', () => {
    expect(effective(sarama, 'producer', {}, 'acks')).toEqual(known('1'))
    expect(effective(sarama, 'producer', { 'Producer.RequiredAcks': 'WaitForAll' }, 'acks')).toEqual(known('all'))
    expect(effective(sarama, 'producer', { 'Producer.RequiredAcks': -1 }, 'acks')).toEqual(known('all'))
    expect(effective(sarama, 'consumer', { 'group.id': 'g' }, 'auto.offset.reset')).toEqual(known('latest'))
    expect(effective(sarama, 'consumer', { 'Consumer.Offsets.Initial': -2 }, 'auto.offset.reset')).toEqual(known('earliest'))
  })

  it('commits what is marked, and nothing without a group', () => {
    expect(commits(sarama, { 'group.id': 'g' })).toMatchObject({ when: 'background', what: 'marked', loses: 'no' })
    expect(commits(sarama, {}).when).toBe('never')
    expect(commits(sarama, { 'group.id': 'g', 'Consumer.Offsets.AutoCommit.Enable': false }).when).toBe('never')
  })

  it('takes durations for nanoseconds', () => {
    expect(effective(sarama, 'consumer', { 'Consumer.Group.Session.Timeout': 20e9 }, 'session.timeout.ms')).toEqual(known(20_000))
  })

  it('refuses what Validate refuses', () => {
    expect(problems(sarama, 'producer', { 'Producer.Idempotent': true })).toEqual([
      'enable.idempotence raises',
      'enable.idempotence raises',
    ])
    expect(problems(sarama, 'producer', { 'Producer.Transaction.ID': 't' })).toEqual(['transactional.id raises'])
    const whole = { 'Producer.Idempotent': true, 'Producer.RequiredAcks': 'WaitForAll', 'Net.MaxOpenRequests': 1 }
    expect(problems(sarama, 'producer', { ...whole, 'Producer.Transaction.ID': 't' })).toEqual([])
  })
})

describe('kafka-go', () => {
  it('asks nobody where a writer is written down', () => {
    expect(effective(kafkaGo, 'producer', {}, 'acks')).toEqual(known('0'))
    expect(effective(kafkaGo, 'producer', { RequiredAcks: 'RequireAll' }, 'acks')).toEqual(known('all'))
  })

  it('commits as it hands over, by ReadMessage in a group alone', () => {
    expect(commits(kafkaGo, { GroupID: 'g' }, ['ReadMessage'])).toMatchObject({ when: 'on-delivery', loses: 'yes' })
    expect(commits(kafkaGo, { GroupID: 'g' }, ['FetchMessage']).when).toBe('never')
    expect(commits(kafkaGo, { GroupID: '' }, ['ReadMessage']).when).toBe('never')
  })
})

describe('franz-go', () => {
  it('is idempotent unless it is told otherwise', () => {
    expect(effective(franzGo, 'producer', {}, 'enable.idempotence')).toEqual(known(true))
    expect(effective(franzGo, 'producer', { DisableIdempotentWrite: true }, 'enable.idempotence')).toEqual(known(false))
    expect(problems(franzGo, 'producer', { RequiredAcks: 'LeaderAck' })).toEqual(['acks raises'])
    expect(problems(franzGo, 'producer', { RequiredAcks: 'LeaderAck', DisableIdempotentWrite: true })).toEqual([])
  })

  it('commits what was polled before the last poll, or greedily', () => {
    expect(commits(franzGo, { ConsumerGroup: 'g' })).toMatchObject({ when: 'on-poll', loses: 'no' })
    expect(commits(franzGo, { ConsumerGroup: 'g', GreedyAutoCommit: true })).toMatchObject({ when: 'background', loses: 'yes' })
    expect(commits(franzGo, { ConsumerGroup: 'g', DisableAutoCommit: true }).when).toBe('never')
  })
})

describe('confluent-kafka-go', () => {
  it('has the settings of the librdkafka that comes with it', () => {
    expect(effective(confluentKafkaGo, 'consumer', { 'group.id': 'g' }, 'enable.auto.commit')).toEqual(known(true))
    expect(commits(confluentKafkaGo, { 'group.id': 'g' })).toMatchObject({ loses: 'yes' })
    expect(problems(confluentKafkaGo, 'consumer', { 'group.id': 'g', 'go.events.channel.enable': true })).toEqual([])
  })
})
