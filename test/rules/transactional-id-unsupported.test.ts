import { describe, expect, it } from 'vitest'
import rule from '../../rules/transactional-id-unsupported.ts'
import { at, consumer, problem, producer, run, variant } from './facts.ts'

const LACKING = { idempotentProducer: false, transactions: false, readCommitted: false }
const TRANSACTIONAL = problem({
  key: 'transactional.id',
  about: 'transactions',
  says: "refused at the construction: AssertionError: Unrecognized configs: {'transactional_id': 'x'}",
})

describe('transactional-id-unsupported', () => {
  it('tells what this version does, at the setting', () => {
    const { findings } = run(rule, [producer({ variant: { capabilities: LACKING, problems: [TRANSACTIONAL] } })])
    expect(findings).toMatchObject([{ severity: 'error', location: at(15) }])
    expect(findings[0]?.message).toBe(
      "`transactional_id` asks for transactions, which kafka-python 2.0.2 does not have: refused at the construction: AssertionError: Unrecognized configs: {'transactional_id': 'x'}",
    )
    expect(findings[0]?.why).toContain('fails as soon as it builds the client')
    expect(findings[0]?.fix).toContain('Move to kafka-python 2.2.0 or later')
  })

  it('says that a setting without effect promises nothing', () => {
    const ignored = { ...TRANSACTIONAL, effect: 'ignored' as const, says: 'ignored' }
    const { findings } = run(rule, [producer({ variant: { capabilities: LACKING, problems: [ignored] } })])
    expect(findings[0]?.severity).toBe('error')
    expect(findings[0]?.why).toContain('without transactions')
  })

  it('speaks of each setting', () => {
    const isolation = problem({ key: 'isolation.level', about: 'transactions' })
    const idempotence = problem({ key: 'enable.idempotence', about: 'transactions' })
    const { findings } = run(rule, [
      producer({ variant: { capabilities: LACKING, problems: [TRANSACTIONAL, idempotence] } }),
      consumer({ variant: { capabilities: LACKING, problems: [isolation] } }),
    ])
    expect(findings.map((f) => f.key)).toEqual(['transactional_id', 'enable_idempotence', 'isolation_level'])
  })

  it('leaves a key on the wrong side of a version that has the feature to other rules', () => {
    const isolation = problem({ key: 'isolation.level', about: 'transactions' })
    expect(run(rule, [producer({ variant: { problems: [isolation] } })]).findings).toEqual([])
  })

  it('knows a library that has them in no release', () => {
    const fork = { library: 'kafka-python-ng', libraryTitle: 'kafka-python-ng', title: 'kafka-python-ng 2.2.3' }
    const { findings } = run(rule, [producer({ variant: { ...fork, capabilities: LACKING, problems: [TRANSACTIONAL] } })])
    expect(findings[0]?.fix).toContain('No release of kafka-python-ng has transactions')
  })

  it('names the boundary where only some versions lack it', () => {
    const variants = [
      variant({ from: '0', until: '2.2.0', capabilities: LACKING, problems: [TRANSACTIONAL] }),
      variant({ from: '2.2.0' }),
    ]
    const { findings, missing } = run(rule, [producer({ variants })])
    expect(findings).toEqual([])
    expect(missing[0]?.reason).toBe(
      'true for kafka-python before 2.2.0, not for kafka-python from 2.2.0, and the project does not say which: pin it, or pass --assume kafka-python=<version>',
    )
  })
})
