import { describe, expect, it } from 'vitest'
import rule from '../../rules/weak-acks.ts'
import { at, byDefault, consumer, derived, either, explicit, fromVariable, hidden, problem, producer, run } from './facts.ts'

const withAcks = (acks: ReturnType<typeof explicit>) => producer({ variant: { settings: { acks } } })

describe('weak-acks', () => {
  it.each([0, 1, '0', '1'])('flags acks %j', (value) => {
    const { findings } = run(rule, [withAcks(explicit(value))])
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ severity: 'error', confidence: 'high', location: at(12) })
  })

  it.each(['all', -1, '-1', 2])('is silent on acks %j', (value) => {
    expect(run(rule, [withAcks(explicit(value))])).toEqual({ findings: [], missing: [] })
  })

  it('flags the default of old libraries at the construction', () => {
    const [found] = run(rule, [withAcks(byDefault(1))]).findings
    expect(found?.location).toEqual(at(10))
    expect(found?.message).toContain('defaults to 1')
  })

  it('tells no confirmation from one by the leader alone', () => {
    expect(run(rule, [withAcks(explicit(0))]).findings[0]?.message).toContain('no broker confirms')
    expect(run(rule, [withAcks(explicit(1))]).findings[0]?.message).toContain('before a follower has it')
  })

  it('says that it also turns idempotence off', () => {
    const settings = { acks: explicit(1), 'enable.idempotence': derived(false, 'acks') }
    expect(run(rule, [producer({ variant: { settings } })]).findings[0]?.why).toContain('turns idempotence off')
  })

  it('is silent where loss is declared acceptable, and on consumers', () => {
    const intent = { match: { topic: 'metrics' }, semantics: 'at-most-once' } as const
    expect(
      run(rule, [
        producer({ intent, variant: { settings: { acks: explicit(0) } } }),
        consumer({ variant: { settings: { acks: explicit(0) } } }),
      ]).findings,
    ).toEqual([])
  })

  it('is silent on a producer that plainly never sends', () => {
    expect(run(rule, [producer({ usage: 'none', variant: { settings: { acks: explicit(0) } } })]).findings).toEqual([])
  })

  it('leaves a refused value to the rule on refusals', () => {
    const settings = { acks: explicit(1) }
    expect(run(rule, [producer({ variant: { settings, problems: [problem({ key: 'acks' })] } })]).findings).toEqual([])
  })

  it('knows what it does not know', () => {
    const { findings, missing } = run(rule, [withAcks(hidden()), withAcks(fromVariable('ACKS'))])
    expect(findings).toEqual([])
    expect(missing.map((m) => m.reason)).toEqual([
      expect.stringContaining('options come from a parameter'),
      expect.stringContaining('ACKS is set nowhere'),
    ])
  })

  it('flags for sure what is weak on every branch', () => {
    expect(run(rule, [withAcks(either(0, 1))]).findings[0]?.confidence).toBe('high')
    expect(run(rule, [withAcks(either(1, 'all'))]).findings[0]?.confidence).toBe('low')
  })
})
