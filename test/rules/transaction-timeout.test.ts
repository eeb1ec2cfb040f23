import { describe, expect, it } from 'vitest'
import rejected from '../../rules/setting-rejected.ts'
import rule from '../../rules/transaction-timeout.ts'
import { at, byDefault, explicit, hidden, problem, producer, run } from './facts.ts'

const given = (timeout: ReturnType<typeof explicit>, id = explicit('orders-0')) =>
  run(rule, [producer({ variant: { settings: { 'transactional.id': id, 'transaction.timeout.ms': timeout } } })])

describe('transaction-timeout', () => {
  it('flags more than a broker allows by default, with medium confidence since a broker may allow more', () => {
    expect(given(explicit(900_001)).findings).toMatchObject([{ severity: 'error', confidence: 'medium', location: at(12) }])
    expect(given(explicit(900_000)).findings).toEqual([])
    expect(given(byDefault(60_000)).findings).toEqual([])
  })

  it('is silent without transactions', () => {
    expect(given(explicit(3_600_000), byDefault(null))).toEqual({ findings: [], missing: [] })
  })

  it('does not decide a hidden timeout of a transactional producer', () => {
    expect(given(hidden()).missing).toHaveLength(1)
    expect(given(hidden(), hidden()).missing).toEqual([])
  })

  it("owns what a version refuses of a transactional producer's timeouts", () => {
    const timeout = problem({
      key: 'delivery.timeout.ms',
      says: 'refused at the construction: `message.timeout.ms` must be <= `transaction.timeout.ms`',
    })
    const clients = [producer({ variant: { settings: { 'transactional.id': explicit('o') }, problems: [timeout] } })]
    expect(run(rule, clients).findings).toMatchObject([{ severity: 'error', location: at(15) }])
    expect(run(rejected, clients).findings).toEqual([])
  })
})
