import { describe, expect, it } from 'vitest'
import type { EffectiveSetting } from '../../src/model/setting.ts'
import { decide, leastConfidence } from '../../src/rule/decide.ts'
import { either, explicit, fromVariable, generated, hidden } from '../rules/facts.ts'

const held = (stated: Omit<EffectiveSetting, 'key'>) => decide({ key: 'acks', ...stated }, (v) => v === 0)

describe('decide', () => {
  it('is clear where this version has no such setting', () => {
    expect(decide(undefined, () => true)).toEqual({ kind: 'clear' })
  })

  it('meets, or does not', () => {
    expect(held(explicit(0))).toEqual({ kind: 'met', literals: [0], sometimes: false, confidence: 'high' })
    expect(held(explicit(1))).toEqual({ kind: 'clear' })
    expect(held(fromVariable('ACKS', 0))).toMatchObject({ kind: 'met', confidence: 'medium' })
  })

  it('trusts no harmless value that something unseen may override', () => {
    expect(held({ ...explicit(1), overridable: 'what extra() returns' })).toMatchObject({ kind: 'undecided' })
    expect(held({ ...explicit(0), confidence: 'medium', overridable: 'what extra() returns' })).toMatchObject({
      kind: 'met',
      confidence: 'medium',
    })
  })

  it('is sure only of what holds on every branch', () => {
    expect(held(either(0, 1))).toEqual({ kind: 'met', literals: [0], sometimes: true, confidence: 'low' })
    expect(held(either(1, 2))).toEqual({ kind: 'clear' })
  })

  it.each([hidden(), generated('random', 'uuid4()'), fromVariable('ACKS')])(
    'does not decide what is no literal: %j',
    (stated) => {
      expect(held(stated).kind).toBe('undecided')
    },
  )
})

describe('leastConfidence', () => {
  it('is as sure as its weakest step', () => {
    expect(leastConfidence('high', 'medium', 'high')).toBe('medium')
    expect(leastConfidence('high')).toBe('high')
    expect(leastConfidence('medium', 'low')).toBe('low')
  })
})
