import { describe, expect, it } from 'vitest'
import rule from '../../rules/group-id-unstable.ts'
import { at, consumer, explicit, generated, hidden, run } from './facts.ts'

function given(id: ReturnType<typeof explicit>, policy = explicit('earliest'), rest = {}) {
  return run(rule, [consumer({ variant: { settings: { 'group.id': id, 'auto.offset.reset': policy } }, ...rest })])
}

describe('group-id-unstable', () => {
  it('says what the reset policy makes of it', () => {
    const random = generated('random', 'uuid4()')
    expect(given(random, explicit('earliest')).findings).toMatchObject([
      { severity: 'warning', location: at(12), why: expect.stringContaining('handled again') },
    ])
    expect(given(random, explicit('latest')).findings).toMatchObject([
      { severity: 'error', why: expect.stringContaining('never read') },
    ])
    expect(given(random, explicit('none')).findings).toMatchObject([
      { severity: 'error', why: expect.stringContaining('raises') },
    ])
    expect(given(random, hidden()).findings).toMatchObject([
      { severity: 'warning', why: expect.stringContaining('with earliest') },
    ])
  })

  it.each([
    ['random', 'high'],
    ['time', 'high'],
    ['process', 'high'],
    ['host', 'low'],
  ] as const)('an id that is %s has %s confidence', (by, confidence) => {
    expect(given(generated(by, 'anew()')).findings[0]?.confidence).toBe(confidence)
  })

  it('says so where something unseen may give another id', () => {
    const random = { ...generated('random', 'uuid4()'), overridable: 'callers may pass more', confidence: 'medium' } as const
    expect(given(random).findings).toMatchObject([
      { confidence: 'medium', message: expect.stringContaining(', unless what comes after it says otherwise: each start') },
    ])
  })

  it('is silent where the topics are made anew, too', () => {
    const topics = { kind: 'unknown', reason: 'each start makes its name anew', anew: true } as const
    expect(given(generated('random', 'uuid4()'), explicit('earliest'), { topics })).toEqual({ findings: [], missing: [] })
  })

  it('is silent on a literal, an unknown id and a consumer that does not subscribe', () => {
    expect(given(explicit('billing'))).toEqual({ findings: [], missing: [] })
    expect(given(hidden())).toEqual({ findings: [], missing: [] })
    expect(given(generated('random', 'uuid4()'), explicit('earliest'), { usage: 'assigns' })).toEqual({
      findings: [],
      missing: [],
    })
  })
})
