import { describe, expect, it } from 'vitest'
import { kafkajs } from '../../../src/knowledge/clients/kafkajs.ts'
import { known, type Literal } from '../../../src/model/value.ts'
import { judge } from '../../profiles/jvm/judge.ts'

type Role = 'producer' | 'consumer'
type Options = Readonly<Record<string, Literal>>

const effective = (role: Role, options: Options, key: string, version = '2.2.4') =>
  judge(kafkajs, role, version, options).settings.get(key)?.value

const told = (role: Role, options: Options, version = '2.2.4') =>
  judge(kafkajs, role, version, options).problems.map((p) => `${p.effect} ${p.spelled}: ${p.says}`)

describe('defaults', () => {
  it('reads committed from 1.5 on, from the end, and commits by itself', () => {
    expect(effective('consumer', {}, 'isolation.level')).toEqual(known('read_committed'))
    expect(effective('consumer', {}, 'auto.offset.reset')).toEqual(known('latest'))
    expect(effective('consumer', {}, 'enable.auto.commit')).toEqual(known(true))
    expect(judge(kafkajs, 'consumer', '1.4.8', {}).settings.has('isolation.level')).toBe(false)
  })

  it('retries five times, idempotent or not', () => {
    expect(effective('producer', {}, 'retries')).toEqual(known(5))
    expect(effective('producer', { idempotent: true }, 'retries')).toEqual(known(5))
    expect(effective('consumer', {}, 'retries', '1.12.0')).toEqual(known(5))
  })
})

describe('options', () => {
  it.each([
    [{ readUncommitted: true }, 'isolation.level', 'read_uncommitted'],
    [{ readUncommitted: false }, 'isolation.level', 'read_committed'],
    [{ fromBeginning: true }, 'auto.offset.reset', 'earliest'],
    [{ 'subscribe.fromBeginning': true }, 'auto.offset.reset', 'earliest'],
    [{ autoCommit: false }, 'enable.auto.commit', false],
    [{ 'run.autoCommit': null }, 'enable.auto.commit', false],
  ] as readonly (readonly [Options, string, Literal])[])('%o means %s %s', (options, key, value) => {
    expect(effective('consumer', options, key)).toEqual(known(value))
  })

  it('spells them its own way', () => {
    expect(kafkajs.spell('auto.offset.reset')).toBe('fromBeginning')
    expect(kafkajs.canonical('retry.retries')).toBe('retries')
    expect(kafkajs.canonical('producer.transactionalId')).toBe('transactional.id')
    expect(kafkajs.canonical('auto.offset.reset')).toBeUndefined()
  })

  it('has no effect in a call that does not take it', () => {
    expect(effective('consumer', { 'consumer.autoCommit': false }, 'enable.auto.commit')).toEqual(known(true))
    expect(told('consumer', { 'consumer.autoCommit': false })).toEqual([
      'ignored consumer.autoCommit: consumer() does not take it and drops it without a word',
    ])
    expect(told('consumer', { 'run.autoCommit': false })).toEqual([])
    expect(effective('producer', { 'producer.acks': 1 }, 'acks')).toEqual(known('all'))
    // a file does not say which call is given the option
    expect(told('consumer', { autoCommit: false })).toEqual([])
  })

  it('takes a text for true', () => {
    expect(effective('consumer', { autoCommit: 'false' }, 'enable.auto.commit')).toEqual(known(true))
    expect(told('consumer', { autoCommit: 'false' })[0]).toMatch(/^replaced autoCommit/)
  })

  it('has no autoCommit before 1.5', () => {
    expect(effective('consumer', { autoCommit: false }, 'enable.auto.commit', '1.4.8')).toEqual(known(true))
    expect(told('consumer', { autoCommit: false }, '1.4.8')[0]).toContain('from 1.5.0 on')
  })
})

describe('acks', () => {
  it('are numbers', () => {
    expect(effective('producer', { acks: -1 }, 'acks')).toEqual(known('all'))
    expect(effective('producer', { acks: 1 }, 'acks')).toEqual(known('1'))
    expect(told('producer', { acks: 'all' })[0]).toMatch(/^fails-later acks: .*to the wire as 0/)
  })

  it('must be all for an idempotent producer', () => {
    expect(told('producer', { idempotent: true, acks: 1 })[0]).toContain('fails-later acks: send() throws')
    expect(told('producer', { idempotent: true, acks: -1 })).toEqual([])
    expect(told('producer', { idempotent: true, 'retry.retries': 0 })[0]).toContain('must allow retries')
  })
})

describe('unknown options', () => {
  it.each([
    ['group.id', 'groupId'],
    ['groupid', 'groupId'],
    ['enable.idempotence', 'idempotent'],
    ['readUncomitted', 'readUncommitted'],
  ])('%s is meant to be %s', (key, meant) => {
    expect(kafkajs.accepts(key, 'consumer', '2.2.4')).toBe(false)
    expect(kafkajs.unknownSetting[0]?.value.says(key)).toContain(`\`${meant}\``)
  })

  it.each(['ssl', 'partitionAssigners', 'topics', 'concurrency', 'deadLetterTopic'])('%s is left alone', (key) => {
    expect(kafkajs.accepts(key, 'consumer', '2.2.4')).toBe(true)
  })
})

describe('commits', () => {
  const commits = (options: Options) => {
    const { view, settings } = judge(kafkajs, 'consumer', '2.2.4', options)
    return kafkajs.commits({ ...view, effective: (key) => settings.get(key)?.value ?? view.effective(key) })
  }

  it('follow the handler', () => {
    expect(commits({})).toMatchObject({ when: 'after-handler', what: 'resolved', loses: 'no' })
    expect(commits({ autoCommit: false })).toMatchObject({ when: 'never' })
    expect(commits({ 'consumer.autoCommit': false })).toMatchObject({ when: 'after-handler' })
  })
})

it('makes what a transaction sends idempotent', () => {
  const setting = judge(kafkajs, 'producer', '2.2.4', { transactionalId: 't' }).settings.get('enable.idempotence')
  expect(setting).toMatchObject({ value: known(true), origin: { kind: 'derived', because: 'transactional.id' } })
})

it('refuses a heartbeat as long as the session', () => {
  expect(told('consumer', { sessionTimeout: 3000 })).toEqual([
    // the default heartbeat is as long
    expect.stringContaining('must be lower than sessionTimeout (3000)'),
  ])
})
