import { describe, expect, it } from 'vitest'
import rule from '../../rules/idempotence-off.ts'
import { at, byDefault, derived, explicit, problem, producer, run, type VariantOptions } from './facts.ts'

const given = (variant: VariantOptions) => run(rule, [producer({ variant })]).findings

describe('idempotence-off', () => {
  it('warns of an explicit false', () => {
    expect(given({ settings: { 'enable.idempotence': explicit(false) } })).toMatchObject([
      { severity: 'warning', location: at(12) },
    ])
  })

  it('shows a default of false only to pedants, as advice', () => {
    expect(given({ settings: { 'enable.idempotence': byDefault(false) } })).toMatchObject([
      { severity: 'info', persona: 'pedantic' },
    ])
  })

  it('names the setting that turns it off in silence', () => {
    const settings = {
      'enable.idempotence': derived(false, 'max.in.flight.requests.per.connection'),
      'max.in.flight.requests.per.connection': explicit(10, { spelled: 'max_in_flight_requests_per_connection' }),
    }
    const [found] = given({ settings })
    expect(found).toMatchObject({ severity: 'warning', location: at(10) })
    expect(found?.fix).toContain('`max_in_flight_requests_per_connection`')
    expect(found?.related).toContainEqual({ label: '`max_in_flight_requests_per_connection` turns it off', location: at(14) })
  })

  it('leaves to weak-acks what weak acks turn off, but not what only looks like it', () => {
    expect(given({ settings: { 'enable.idempotence': derived(false, 'acks'), acks: explicit(1) } })).toEqual([])
    expect(given({ settings: { 'enable.idempotence': derived(false, 'acks'), acks: explicit('all') } })).toHaveLength(1)
  })

  it('is silent where it is on, where the library has none, and where the combination is refused', () => {
    expect(given({ settings: { 'enable.idempotence': byDefault(true) } })).toEqual([])
    expect(given({ capabilities: { idempotentProducer: false }, settings: { 'enable.idempotence': byDefault(false) } })).toEqual(
      [],
    )
    expect(given({})).toEqual([])
    const settings = { 'enable.idempotence': explicit(false) }
    expect(given({ settings, problems: [problem({ key: 'enable.idempotence' })] })).toEqual([])
  })
})
