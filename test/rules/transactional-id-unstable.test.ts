import { describe, expect, it } from 'vitest'
import rule from '../../rules/transactional-id-unstable.ts'
import { at, byDefault, explicit, fromVariable, generated, hidden, producer, run } from './facts.ts'

const withId = (id: ReturnType<typeof explicit>, rest = {}) =>
  run(rule, [producer({ variant: { settings: { 'transactional.id': id } }, ...rest })])
const SENDS = [{ method: 'send_offsets_to_transaction', location: at(30), arguments: [] }]

describe('transactional-id-unstable', () => {
  it.each(['random', 'time', 'process'] as const)('warns of an id that is %s', (by) => {
    expect(withId(generated(by, 'anew()')).findings).toMatchObject([
      { severity: 'warning', confidence: 'high', location: at(12) },
    ])
  })

  it('shows a host name only to pedants', () => {
    expect(withId(generated('host', 'gethostname()')).findings).toMatchObject([{ severity: 'info', persona: 'pedantic' }])
  })

  it('is advice where the group fences, and only there', () => {
    const fencing = {
      settings: { 'transactional.id': generated('random', 'uuid4()') },
      capabilities: { groupMetadataFencing: true },
    }
    expect(run(rule, [producer({ variant: fencing, calls: SENDS })]).findings[0]?.severity).toBe('info')
    expect(run(rule, [producer({ variant: fencing })]).findings[0]?.severity).toBe('warning')
    expect(withId(generated('random', 'uuid4()'), { calls: SENDS }).findings[0]?.severity).toBe('warning')
  })

  it('takes a random prefix of Spring for advice where its containers fence by the group', () => {
    const prefix = {
      settings: { 'transaction-id-prefix': generated('random', 'random.uuid') },
      capabilities: { groupMetadataFencing: true },
    }
    const [found] = run(rule, [producer({ variant: prefix })]).findings
    expect(found).toMatchObject({ severity: 'info', location: at(12) })
    expect(found?.message).toContain('transaction-id-prefix')
  })

  it('is silent on a literal, on none, and where transactions are lacking', () => {
    expect(withId(explicit('orders-0'))).toEqual({ findings: [], missing: [] })
    expect(withId(byDefault(null))).toEqual({ findings: [], missing: [] })
    const lacking = producer({
      variant: { settings: { 'transactional.id': generated('random', 'uuid4()') }, capabilities: { transactions: false } },
    })
    expect(run(rule, [lacking])).toEqual({ findings: [], missing: [] })
  })

  it('does not decide an id that is not seen', () => {
    expect(withId(fromVariable('TX_ID')).missing).toHaveLength(1)
    expect(withId(hidden()).missing).toHaveLength(1)
  })
})
