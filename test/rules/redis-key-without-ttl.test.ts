import { describe, expect, it } from 'vitest'
import rule from '../../rules/redis-key-without-ttl.ts'
import type { KeyExpiry, KeyWrite } from '../../src/model/store.ts'
import { known, type Value } from '../../src/model/value.ts'
import { at, facts, keyWrite, run } from './facts.ts'

const of = (expiry: KeyExpiry, rest: Partial<KeyWrite> = {}) => run(rule, facts({ keyWrites: [keyWrite(expiry, rest)] }))
const withTtl = (ttl: Value): KeyExpiry => ({ kind: 'with-command', ttl, location: at(7, 'app/dedupe.py') })

describe('redis-key-without-ttl', () => {
  it('warns of a mark that nothing expires', () => {
    expect(of({ kind: 'none' }).findings).toMatchObject([
      { severity: 'warning', confidence: 'high', location: at(7, 'app/dedupe.py') },
    ])
  })

  it('takes a time to live of None for none', () => {
    expect(of(withTtl(known(null))).findings).toMatchObject([{ confidence: 'high' }])
    expect(of(withTtl({ kind: 'either', values: [null, 60] })).findings).toMatchObject([{ confidence: 'low' }])
    expect(of(withTtl(known(60)))).toEqual({ findings: [], missing: [] })
    expect(of(withTtl({ kind: 'unknown', reason: 'a parameter' }))).toEqual({ findings: [], missing: [] })
  })

  it('leaves counters alone, and keys that expire', () => {
    expect(of({ kind: 'none' }, { purpose: 'counter', command: 'incr' })).toEqual({ findings: [], missing: [] })
    expect(of({ kind: 'separate', command: 'expire', location: at(8), pipeline: false })).toEqual({ findings: [], missing: [] })
  })

  it('does not decide what the reader could not follow', () => {
    expect(of({ kind: 'unknown', reason: 'the key leaves the module' }).missing).toHaveLength(1)
  })
})
