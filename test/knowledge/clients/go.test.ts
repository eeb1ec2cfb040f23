import { describe, expect, it } from 'vitest'
import { CONFLUENT_KAFKA_GO_BUNDLES, confluentKafkaGo } from '../../../src/knowledge/clients/confluent-kafka-go.ts'
import { franzGo } from '../../../src/knowledge/clients/franz-go.ts'
import { GO_MEANINGS } from '../../../src/knowledge/clients/go-meanings.ts'
import { kafkaGo } from '../../../src/knowledge/clients/kafka-go.ts'
import { librdkafkaUnder } from '../../../src/knowledge/clients/librdkafka.ts'
import { sarama } from '../../../src/knowledge/clients/sarama.ts'
import { entryAt } from '../../../src/knowledge/history.ts'
import type { Profile } from '../../../src/knowledge/profile.ts'
import { known, type Literal } from '../../../src/model/value.ts'
import { judge } from '../../profiles/jvm/judge.ts'

type Options = Readonly<Record<string, Literal>>

const effective = (
  profile: Profile,
  role: 'producer' | 'consumer',
  options: Options,
  key: string,
  version = profile.newestRead,
) => judge(profile, role, version, options).settings.get(key)?.value

const commits = (profile: Profile, options: Options, calls: readonly string[] = [], version = profile.newestRead) => {
  const { view, settings } = judge(profile, 'consumer', version, options)
  return profile.commits({ ...view, calls, effective: (key) => settings.get(key)?.value ?? view.effective(key) })
}

const problems = (profile: Profile, role: 'producer' | 'consumer', options: Options, version = profile.newestRead) =>
  judge(profile, role, version, options).problems.map(({ key, effect }) => `${key} ${effect}`)

const able = (profile: Profile, version: string) => entryAt(profile.capabilities, version)?.value

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
    expect(problems(sarama, 'consumer', { 'group.id': 'g', 'Consumer.Offsets.Initial': 7 })).toEqual(['auto.offset.reset raises'])
    expect(problems(sarama, 'producer', { 'Producer.RequiredAcks': 2 })).toEqual(['acks fails-later'])
    expect(problems(sarama, 'consumer', { 'group.id': 'g', 'Consumer.Group.Heartbeat.Interval': 10e9 })).toEqual([
      'heartbeat.interval.ms raises',
    ])
  })

  it('judges by the protocol that is spoken, whose default moved', () => {
    const group = { 'group.id': 'g' }
    expect(problems(sarama, 'consumer', group, '1.25.0')).toEqual(['group.id raises'])
    expect(problems(sarama, 'consumer', { ...group, Version: 'V1_0_0_0' }, '1.25.0')).toEqual([])
    expect(problems(sarama, 'consumer', group, '1.27.1')).toEqual([])
    const member = { ...group, 'Consumer.Group.InstanceId': 'i' }
    expect(problems(sarama, 'consumer', member, '1.50.2')).toEqual(['group.instance.id raises'])
    expect(problems(sarama, 'consumer', member, '1.50.3')).toEqual([])
    expect(problems(sarama, 'consumer', { ...member, Version: 'MaxVersion' }, '1.50.2')).toEqual([])
  })

  it('commits no marks by itself with auto-commit off, but at the end of a session in 1.27', () => {
    const off = { 'group.id': 'g', Version: 'V2_8_0_0', 'Consumer.Offsets.AutoCommit.Enable': false }
    expect(commits(sarama, off)).toMatchObject({ when: 'never', onClose: false, onRevoke: false })
    expect(commits(sarama, off, [], '1.27.2')).toMatchObject({ when: 'never', onClose: true, onRevoke: true })
    expect(commits(sarama, off, [], '1.26.4').says).toContain('nothing is ever committed')
  })

  it('fences by the forms that take the group’s metadata alone', () => {
    expect(able(sarama, '1.50.1')?.groupMetadataFencing).toBe(false)
    expect(able(sarama, '1.50.2')?.groupMetadataFencing).toBe(true)
    const { AddOffsetsToTxn: byId, AddOffsetsToTxnWithGroupMetadata: whole } = GO_MEANINGS.sarama?.producer ?? {}
    expect(byId).toEqual({ kind: 'send-offsets', metadata: false })
    expect(whole).toEqual({ kind: 'send-offsets', metadata: true })
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

  it('commits by a timer what ReadMessage returned, where an interval is set', () => {
    const options = { GroupID: 'g', CommitInterval: 1e9 }
    expect(commits(kafkaGo, options, ['ReadMessage'])).toMatchObject({ when: 'background', onClose: true, loses: 'yes' })
    expect(commits(kafkaGo, options, ['FetchMessage', 'CommitMessages']).when).toBe('never')
  })

  it('looks at StartOffset in a group alone', () => {
    expect(problems(kafkaGo, 'consumer', { StartOffset: 'LastOffset' })).toEqual(['auto.offset.reset ignored'])
    expect(problems(kafkaGo, 'consumer', { StartOffset: 'LastOffset', GroupID: 'g' })).toEqual([])
    expect(problems(kafkaGo, 'consumer', { StartOffset: 5, GroupID: 'g' })).toEqual(['auto.offset.reset raises'])
    expect(effective(kafkaGo, 'consumer', { StartOffset: -1, GroupID: 'g' }, 'auto.offset.reset')).toEqual(known('latest'))
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
    expect(commits(franzGo, { ConsumerGroup: 'g', AutoCommitMarks: true })).toMatchObject({ what: 'marked', loses: 'no' })
  })

  it('commits in transactions alone with a transactional id', () => {
    const options = { ConsumerGroup: 'g', TransactionalID: 't' }
    expect(commits(franzGo, options).when).toBe('never')
    expect(effective(franzGo, 'consumer', options, 'enable.auto.commit')).toEqual(known(false))
  })

  it('begins where ConsumeStartOffset says, or else ConsumeResetOffset', () => {
    const reset = (options: Options, version?: string) =>
      effective(franzGo, 'consumer', { ConsumerGroup: 'g', ...options }, 'auto.offset.reset', version)
    expect(reset({})).toEqual(known('earliest'))
    expect(reset({ ConsumeResetOffset: 'AtEnd' })).toEqual(known('latest'))
    expect(reset({ ConsumeStartOffset: 'AtEnd' })).toEqual(known('latest'))
    expect(reset({ ConsumeStartOffset: 'AtEnd', ConsumeResetOffset: 'AtStart' })).toEqual(known('latest'))
    expect(reset({ ConsumeStartOffset: 'AtStart', ConsumeResetOffset: 'AtEnd' })).toEqual(known('latest'))
    expect(reset({ ConsumeStartOffset: 'AtStart', ConsumeResetOffset: 'AtStart' })).toEqual(known('earliest'))
  })

  it('retries without end, unless it is told otherwise', () => {
    expect(effective(franzGo, 'producer', {}, 'retries')).toEqual(known(null))
    expect(effective(franzGo, 'producer', { RecordDeliveryTimeout: 3e9 }, 'delivery.timeout.ms')).toEqual(known(3000))
  })
})

describe('confluent-kafka-go', () => {
  it('has the settings of the librdkafka that comes with it', () => {
    expect(effective(confluentKafkaGo, 'consumer', { 'group.id': 'g' }, 'enable.auto.commit')).toEqual(known(true))
    expect(commits(confluentKafkaGo, { 'group.id': 'g' })).toMatchObject({ loses: 'yes' })
    expect(problems(confluentKafkaGo, 'consumer', { 'group.id': 'g', 'go.events.channel.enable': true })).toEqual([])
  })

  it('has transactions from 1.4.0 on', () => {
    expect(able(confluentKafkaGo, '1.3.0')?.transactions).toBe(false)
    expect(able(confluentKafkaGo, '1.4.0')?.transactions).toBe(true)
  })

  it('is as new as its librdkafka, with two exceptions', () => {
    const under = (version: string) => librdkafkaUnder(CONFLUENT_KAFKA_GO_BUNDLES, version)
    expect(['1.9.1', '2.1.0', '2.5.0', '2.5.4', '2.13.3', '2.15.1'].map(under)).toEqual([
      '1.9.1',
      '2.1.0',
      '2.5.0',
      '2.5.3',
      '2.13.2',
      '2.15.1',
    ])
  })

  it('takes its own keys where they belong', () => {
    expect(problems(confluentKafkaGo, 'producer', { 'go.delivery.reports': false })).toEqual([])
    expect(problems(confluentKafkaGo, 'consumer', { 'group.id': 'g', 'go.delivery.reports': false })).toEqual([
      'go.delivery.reports raises',
    ])
  })
})
