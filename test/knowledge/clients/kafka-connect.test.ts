import { describe, expect, it } from 'vitest'
import { kafkaConnect } from '../../../src/knowledge/clients/kafka-connect.ts'
import { known, type Literal } from '../../../src/model/value.ts'
import { type Given, judge } from '../../profiles/jvm/judge.ts'

type Role = 'producer' | 'consumer'

const effective = (role: Role, version: string, options: Readonly<Record<string, Literal>>, key: string) =>
  judge(kafkaConnect, role, version, options).settings.get(key)?.value

const told = (role: Role, version: string, options: Readonly<Record<string, Literal>> | readonly Given[]) =>
  judge(kafkaConnect, role, version, options).problems.map((p) => `${p.effect} ${p.key}: ${p.says}`)

describe('source producers', () => {
  it.each([
    ['2.8.2', false],
    ['3.0.0', false],
    ['3.0.1', true],
    ['3.0.2', false],
    ['3.1.0', false],
    ['3.1.1', false],
    ['4.3.1', false],
  ])('Connect %s: idempotence %s', (version, idempotence) => {
    expect(effective('producer', version, {}, 'enable.idempotence')).toEqual(known(idempotence))
    expect(effective('producer', version, {}, 'acks')).toEqual(known('all'))
    expect(effective('producer', version, {}, 'max.in.flight.requests.per.connection')).toEqual(known(1))
  })

  it('become idempotent when the worker says so', () => {
    expect(effective('producer', '4.3.1', { 'enable.idempotence': 'true' }, 'enable.idempotence')).toEqual(known(true))
    expect(told('producer', '4.3.1', { 'enable.idempotence': 'true', acks: '1' })[0]).toContain(
      'fails-later acks: ConfigException',
    )
  })

  it('are transactional where the connector requires exactly-once support', () => {
    const { settings } = judge(kafkaConnect, 'producer', '3.9.1', { 'exactly.once.support': 'required' })
    expect(settings.get('transactional.id')?.value.kind).toBe('object')
    expect(settings.get('enable.idempotence')?.value).toEqual(known(true))
    expect(effective('producer', '3.2.0', { 'exactly.once.support': 'required' }, 'enable.idempotence')).toEqual(known(false))
  })

  it('cannot give a transactional id while the worker writes idempotence off', () => {
    expect(told('producer', '3.9.1', { 'transactional.id': 't' })[0]).toContain('without also enabling idempotence')
    expect(told('producer', '2.8.2', { 'transactional.id': 't' })).toEqual([])
  })
})

describe('sink consumers', () => {
  it('start at the earliest offset, uncommitted, without auto-commit', () => {
    expect(effective('consumer', '3.9.1', {}, 'auto.offset.reset')).toEqual(known('earliest'))
    expect(effective('consumer', '3.9.1', {}, 'enable.auto.commit')).toEqual(known(false))
    expect(effective('consumer', '3.9.1', {}, 'isolation.level')).toEqual(known('read_uncommitted'))
  })

  const commits = (options: Readonly<Record<string, Literal>>) => {
    const { view, settings } = judge(kafkaConnect, 'consumer', '3.9.1', options)
    return kafkaConnect.commits({ ...view, effective: (key) => settings.get(key)?.value ?? view.effective(key) })
  }

  it('commit what the task has flushed', () => {
    expect(commits({})).toMatchObject({ when: 'after-handler', what: 'marked', loses: 'no' })
    expect(commits({ 'errors.tolerance': 'all' })).toMatchObject({ when: 'after-handler', loses: 'yes' })
    expect(commits({ 'enable.auto.commit': 'true' })).toMatchObject({ when: 'on-poll', loses: 'yes' })
  })
})

describe('overrides by connectors', () => {
  const given = [{ key: 'isolation.level', value: known('read_committed'), inheritedFrom: 'consumer.override.*' }]

  it('are ignored before 2.3, refused by default up to 2.8, and taken from 3.0', () => {
    expect(told('consumer', '2.2.2', given)[0]).toMatch(/^ignored isolation.level/)
    expect(told('consumer', '2.8.2', given)[0]).toContain("'None' policy does not allow")
    expect(told('consumer', '3.0.0', given)).toEqual([])
  })

  it('keep their prefix or not', () => {
    expect(kafkaConnect.canonical('consumer.override.isolation.level')).toBe('isolation.level')
    expect(kafkaConnect.canonical('producer.acks')).toBe('acks')
    expect(kafkaConnect.canonical('acks')).toBe('acks')
  })
})

describe('settings of the connector', () => {
  it('takes their words in any case', () => {
    expect(kafkaConnect.read('errors.tolerance', 'ALL', 'consumer', '3.9.1')).toMatchObject({ value: known('all') })
    expect(kafkaConnect.read('errors.tolerance', 'some', 'consumer', '3.9.1')).toMatchObject({
      kind: 'rejected',
      effect: 'fails-later',
    })
    expect(kafkaConnect.read('exactly.once.support', 'required', 'producer', '3.9.1')).toMatchObject({ value: known('required') })
  })

  it('reports a misspelt client setting and leaves the connector’s own alone', () => {
    expect(kafkaConnect.accepts('isolation.levl', 'consumer', '3.9.1')).toBe(false)
    expect(kafkaConnect.accepts('connection.url', 'consumer', '3.9.1')).toBe(true)
  })
})
