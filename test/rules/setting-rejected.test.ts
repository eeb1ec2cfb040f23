import { describe, expect, it } from 'vitest'
import offsetReset from '../../rules/offset-reset.ts'
import rule from '../../rules/setting-rejected.ts'
import { at, consumer, explicit, hidden, problem, producer, run, type VariantOptions, variant } from './facts.ts'

describe('setting-rejected', () => {
  it('tells what the version refuses, where it is written', () => {
    const refused = problem({
      key: 'max_poll_record',
      spelled: 'max_poll_record',
      says: "refused at the construction: AssertionError: Unrecognized configs: {'max_poll_record': 10}",
    })
    const { findings } = run(rule, [consumer({ variant: { problems: [refused] } })])
    expect(findings).toMatchObject([{ severity: 'error', confidence: 'high', location: at(15), anchors: [at(10)] }])
    expect(findings[0]?.message).toContain('Refused at the construction')
    expect(findings[0]?.message).toContain('(kafka-python 2.0.2)')
  })

  it('suggests the name that was meant', () => {
    const misspelt = problem({ key: 'enable.auto.comit', spelled: 'enable.auto.comit' })
    const { findings } = run(rule, [consumer({ variant: { library: 'confluent-kafka', problems: [misspelt] } })])
    expect(findings[0]?.fix).toContain('Did you mean `enable.auto.commit`?')
  })

  it("names the setting where the library's words do not", () => {
    const mute = problem({ key: 'acks', spelled: 'acks', effect: 'fails-later', says: 'ValueError at start()' })
    const { findings } = run(rule, [producer({ variant: { problems: [mute] } })])
    expect(findings[0]?.message).toBe('`acks`: ValueError at start() (kafka-python 2.0.2)')
    expect(findings[0]?.why).toContain('fails when it starts')
  })

  it('leaves to other rules what is theirs, and what is only ignored', () => {
    const problems = [
      problem({ key: 'auto.offset.reset' }),
      problem({ key: 'acks', effect: 'ignored' }),
      problem({ key: 'max.poll.records', effect: 'warns' }),
    ]
    const settings = { 'auto.offset.reset': hidden('the library refuses the value') }
    expect(run(rule, [consumer({ variant: { problems, settings } })]).findings).toEqual([])
  })

  it('speaks of a client that is refused for want of a group, at whatever setting it has', () => {
    const groupless = problem({ key: 'auto.offset.reset', says: 'the constructor raises ValueError: group.id must be set' })
    const clients = [consumer({ variant: { problems: [groupless], settings: { 'auto.offset.reset': explicit('latest') } } })]
    expect(run(rule, clients).findings).toHaveLength(1)
    expect(run(offsetReset, clients).findings).toEqual([])
  })

  it('takes an isolation level on a producer as refused, not as unsupported', () => {
    const isolation = problem({ key: 'isolation.level', about: 'transactions' })
    expect(run(rule, [producer({ variant: { problems: [isolation] } })]).findings).toHaveLength(1)
  })

  it('is sure of a construction that fails whatever the settings are', () => {
    const construction = problem({ key: 'configuration', spelled: 'configuration', about: 'construction', fix: 'give a dict' })
    const evidence = { kind: 'unknown', reason: 'no manifest names it' } as const
    const { findings } = run(rule, [consumer({ variant: { library: 'confluent-kafka', problems: [construction], evidence } })])
    expect(findings).toMatchObject([{ confidence: 'high', fix: 'Give a dict.' }])
  })

  it('is not sure of a key that may belong to a fork or a later release', () => {
    const foreign = problem({ key: 'on_generation_id_known', spelled: 'on_generation_id_known' })
    const given = (rest: VariantOptions) =>
      run(rule, [consumer({ variant: { problems: [foreign], ...rest } })]).findings[0]?.confidence
    expect(given({ evidence: { kind: 'unknown', reason: 'no manifest names it' } })).toBe('low')
    expect(given({ version: '99.0.0' })).toBe('low')
    expect(given({ version: '2.0.2' })).toBe('high')
  })

  it('is sure of a misspelt key, whatever the version', () => {
    const misspelt = problem({ key: 'enable_autocommit', spelled: 'enable_autocommit' })
    const evidence = { kind: 'unknown', reason: 'no manifest names it' } as const
    expect(run(rule, [consumer({ variant: { problems: [misspelt], evidence } })]).findings[0]?.confidence).toBe('high')
  })

  it('names the boundary where only some versions refuse', () => {
    const refused = problem({ key: 'api.version' })
    const { findings, missing } = run(rule, [
      consumer({ variants: [variant({ until: '0.13' }), variant({ from: '0.13', problems: [refused] })] }),
    ])
    expect(findings).toEqual([])
    expect(missing).toHaveLength(1)
  })
})
