import { describe, expect, it } from 'vitest'
import rule from '../../rules/retries-off.ts'
import { at, byDefault, explicit, hidden, problem, producer, run } from './facts.ts'

const given = (settings: Record<string, ReturnType<typeof explicit>>) => run(rule, [producer({ variant: { settings } })])

describe('retries-off', () => {
  it('flags zero retries, written or by default', () => {
    expect(given({ retries: explicit(0) }).findings[0]).toMatchObject({ severity: 'warning', location: at(12) })
    expect(given({ retries: byDefault(0) }).findings[0]).toMatchObject({ location: at(10) })
  })

  it.each([1, 3, 2_147_483_647, null])('is silent on %j retries', (value) => {
    expect(given({ retries: explicit(value) }).findings).toEqual([])
  })

  it.each([
    [9_999, 1],
    [1, 1],
    [10_000, 0],
    [120_000, 0],
  ])('a delivery timeout of %i ms gives %i findings', (value, count) => {
    expect(given({ retries: explicit(5), 'delivery.timeout.ms': explicit(value) }).findings).toHaveLength(count)
  })

  it('takes a delivery timeout of zero as no limit', () => {
    expect(given({ 'delivery.timeout.ms': explicit(0) }).findings).toEqual([])
  })

  it('tells one client once, the retries first', () => {
    const { findings } = given({ retries: explicit(0), 'delivery.timeout.ms': explicit(500) })
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).toContain('retries')
  })

  it('does not decide hidden retries', () => {
    expect(given({ retries: hidden() }).missing).toHaveLength(1)
  })

  it('is silent where loss is acceptable, and where the value is refused', () => {
    const settings = { retries: explicit(0) }
    const lossy = producer({ intent: { match: {}, semantics: 'at-most-once' }, variant: { settings } })
    const refused = producer({ variant: { settings, problems: [problem({ key: 'retries' })] } })
    expect(run(rule, [lossy, refused]).findings).toEqual([])
  })
})
