import { describe, expect, it } from 'vitest'
import { confluentKafkaJavascript } from '../../../src/knowledge/clients/confluent-kafka-javascript.ts'
import { nodeRdkafka } from '../../../src/knowledge/clients/node-rdkafka.ts'
import { entryAt } from '../../../src/knowledge/history.ts'
import type { Profile } from '../../../src/knowledge/profile.ts'
import { known, type Literal } from '../../../src/model/value.ts'
import { judge } from '../../profiles/jvm/judge.ts'

type Role = 'producer' | 'consumer'
type Options = Readonly<Record<string, Literal>>

const told = (profile: Profile, role: Role, version: string, options: Options) =>
  judge(profile, role, version, options).problems.map((p) => `${p.effect} ${p.spelled}: ${p.says}`)

const commits = (profile: Profile, options: Options, calls: readonly string[] = []) => {
  const { view, settings } = judge(profile, 'consumer', profile.newestRead, { 'group.id': 'g', ...options }, { calls })
  return profile.commits({ ...view, effective: (key) => settings.get(key)?.value ?? view.effective(key) })
}

describe('node-rdkafka', () => {
  it.each([
    ['2.6.0', '1'],
    ['2.7.0', 'all'],
    ['3.6.1', 'all'],
  ])('%s has acks %s, by its librdkafka', (version, acks) => {
    const value = judge(nodeRdkafka, 'producer', version, {}).settings.get('acks')?.value
    expect(value?.kind === 'known' && String(value.value)).toBe(acks)
  })

  it('can use transactions from 2.11.0 on, though its librdkafka could before', () => {
    expect(entryAt(nodeRdkafka.capabilities, '2.10.1')?.value.transactions).toBe(false)
    expect(entryAt(nodeRdkafka.capabilities, '2.11.0')?.value.transactions).toBe(true)
    expect(told(nodeRdkafka, 'producer', '2.10.1', { 'transactional.id': 't' })[0]).toContain('from node-rdkafka 2.11.0 on')
    expect(told(nodeRdkafka, 'producer', '2.11.0', { 'transactional.id': 't' })).toEqual([])
  })

  it('commits in the background what it handed over, unless the program stores', () => {
    expect(commits(nodeRdkafka, {})).toMatchObject({ when: 'background', loses: 'yes' })
    expect(commits(nodeRdkafka, { 'enable.auto.offset.store': false }, ['offsetsStore'])).toMatchObject({ loses: 'no' })
  })

  it('refuses what librdkafka does not know', () => {
    expect(told(nodeRdkafka, 'consumer', '3.6.1', { 'group.id': 'g', 'enable.auto.comit': false })[0]).toContain(
      'No such configuration property: "enable.auto.comit"',
    )
    expect(nodeRdkafka.accepts('rebalance_cb', 'consumer', '3.6.1')).toBe(true)
  })
})

describe('@confluentinc/kafka-javascript', () => {
  const of = (role: Role, options: Options, key: string) =>
    judge(confluentKafkaJavascript, role, '1.10.1', options).settings.get(key)?.value

  it('takes the defaults of kafkajs with a kafkaJS block, librdkafka’s without', () => {
    expect(of('producer', { 'kafkaJS.idempotent': true }, 'retries')).toEqual(known(5))
    expect(of('producer', { 'enable.idempotence': true }, 'retries')).toEqual(known(2_147_483_647))
    expect(of('consumer', { 'kafkaJS.groupId': 'g' }, 'session.timeout.ms')).toEqual(known(30_000))
    expect(of('consumer', { 'group.id': 'g' }, 'session.timeout.ms')).toEqual(known(45_000))
  })

  it('reads the words of the block', () => {
    expect(of('consumer', { 'kafkaJS.groupId': 'g', 'kafkaJS.fromBeginning': true }, 'auto.offset.reset')).toEqual(
      known('earliest'),
    )
    expect(of('consumer', { 'kafkaJS.groupId': 'g', 'kafkaJS.readUncommitted': true }, 'isolation.level')).toEqual(
      known('read_uncommitted'),
    )
  })

  it('stores offsets afterwards in the promisified API, and hands over in the callback one', () => {
    expect(commits(confluentKafkaJavascript, { 'kafkaJS.autoCommit': true })).toMatchObject({ what: 'resolved', loses: 'no' })
    expect(commits(confluentKafkaJavascript, {}, ['connect', 'run'])).toMatchObject({ what: 'resolved', loses: 'no' })
    expect(commits(confluentKafkaJavascript, {}, ['connect', 'consume'])).toMatchObject({ when: 'background', loses: 'yes' })
  })

  it('refuses what belongs elsewhere', () => {
    const refused = (role: Role, options: Options) => told(confluentKafkaJavascript, role, '1.10.1', options)[0]
    expect(refused('consumer', { 'group.id': 'g', 'enable.auto.offset.store': true })).toContain(
      'is unsupported while using the promisified API',
    )
    expect(refused('consumer', { 'kafkaJS.groupId': 'g', 'kafkaJS.autoCommitThreshold': 3 })).toContain('not supported by run')
    expect(refused('consumer', { 'kafkaJS.groupId': 'g', 'kafkaJS.autocommit': true })).toContain(
      "The 'autocommit' property is not supported",
    )
    expect(refused('consumer', { groupId: 'g' })).toContain('must be moved to the kafkaJS block')
    expect(refused('consumer', { 'kafkaJS.groupId': 'g', 'run.autoCommit': false })).toContain('belongs to the kafkaJS block')
    expect(refused('producer', { 'enable.idempotance': true })).toContain('No such configuration property')
  })

  it('is silent about an ordinary block', () => {
    const options = { 'kafkaJS.brokers': 'b:9092', 'kafkaJS.groupId': 'g', 'kafkaJS.autoCommit': false, 'kafkaJS.ssl': true }
    expect(told(confluentKafkaJavascript, 'consumer', '1.10.1', options)).toEqual([])
  })
})
