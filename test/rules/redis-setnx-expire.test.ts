import { describe, expect, it } from 'vitest'
import rule from '../../rules/redis-setnx-expire.ts'
import type { KeyExpiry, KeyWrite } from '../../src/model/store.ts'
import { known } from '../../src/model/value.ts'
import { at, facts, keyWrite, run } from './facts.ts'

const SEPARATE: KeyExpiry = { kind: 'separate', command: 'expire', location: at(8, 'app/dedupe.py'), pipeline: false }
const of = (expiry: KeyExpiry, rest: Partial<KeyWrite> = {}) => run(rule, facts({ keyWrites: [keyWrite(expiry, rest)] }))

describe('redis-setnx-expire', () => {
  it('flags a mark that gets its time to live in a second step', () => {
    const { findings } = of(SEPARATE)
    expect(findings).toMatchObject([{ severity: 'error', location: at(7, 'app/dedupe.py'), subject: { kind: 'key' } }])
    expect(findings[0]?.related).toEqual([{ label: 'the time to live is set here', location: at(8, 'app/dedupe.py') }])
    expect(findings[0]?.fix).toContain('set(key, value, nx=True, ex=ttl)')
  })

  it('warns of counters and of pipelines that are no transaction', () => {
    expect(of(SEPARATE, { purpose: 'counter', command: 'incr' }).findings[0]).toMatchObject({
      severity: 'warning',
      why: expect.stringContaining('never starts again'),
    })
    expect(of({ ...SEPARATE, pipeline: true }).findings[0]).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('pipeline'),
    })
  })

  it('is silent on one command, on MULTI and on Lua', () => {
    const location = at(7, 'app/dedupe.py')
    expect(of({ kind: 'with-command', ttl: known(60), location })).toEqual({ findings: [], missing: [] })
    expect(of({ kind: 'atomic', how: 'MULTI', guarded: false, location })).toEqual({ findings: [], missing: [] })
    expect(of({ kind: 'atomic', how: 'Lua', guarded: true, location })).toEqual({ findings: [], missing: [] })
    expect(of({ kind: 'none' })).toEqual({ findings: [], missing: [] })
  })

  it('does not decide what the reader could not follow', () => {
    expect(of({ kind: 'unknown', reason: 'the key leaves the module' }).missing[0]).toMatchObject({
      need: 'handler',
      reason: expect.stringContaining('leaves the module'),
    })
  })

  it("keeps the reader's own doubt", () => {
    expect(of(SEPARATE, { confidence: 'low' }).findings[0]?.confidence).toBe('low')
  })
})
