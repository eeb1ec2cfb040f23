import { describe, expect, it } from 'vitest'
import type { Location } from '../../src/model/location.ts'
import type { Finding } from '../../src/rule/finding.ts'
import { apart } from '../../src/rule/judge.ts'

const at = (line: number): Location => ({ path: 'a.py', line, column: 1, endLine: line, endColumn: 9 })

function finding(id: string, location: Location, construction: Location): Finding {
  return {
    kind: 'finding',
    subject: { kind: 'client', id, name: id },
    severity: 'warning',
    confidence: 'high',
    message: 'm',
    why: 'w',
    fix: 'f',
    location,
    related: [{ label: id, location: construction }],
    anchors: [construction],
  }
}

describe('apart', () => {
  it('moves findings on a line that two clients share to their constructions', () => {
    const [a, b] = apart([finding('a', at(3), at(10)), finding('b', at(3), at(20))]) as Finding[]
    expect([a?.location, b?.location]).toEqual([at(10), at(20)])
    expect(a?.related).toEqual([{ label: 'set here, for several clients', location: at(3) }])
    expect(a?.anchors).toEqual([at(3), at(10)])
  })

  it('leaves a finding alone whose line is its own', () => {
    const alone = [finding('a', at(3), at(10)), finding('b', at(4), at(20))]
    expect(apart(alone)).toEqual(alone)
  })

  it('leaves two findings about one client at their line', () => {
    const twice = [finding('a', at(3), at(10)), { ...finding('a', at(3), at(10)), message: 'other' }]
    expect(apart(twice)).toEqual(twice)
  })

  it('tells once what two clients of one construction have in common', () => {
    expect(apart([finding('a', at(3), at(10)), finding('b', at(3), at(10))])).toHaveLength(1)
    expect(apart([finding('a', at(10), at(10)), finding('b', at(10), at(10))])).toHaveLength(1)
    expect(apart([finding('a', at(10), at(10)), { ...finding('b', at(10), at(10)), message: 'other' }])).toHaveLength(2)
  })

  it('passes on what could not be evaluated', () => {
    const missing = {
      kind: 'not-evaluated',
      subject: { kind: 'client', id: 'a', name: 'a' },
      need: 'settings',
      reason: 'r',
      location: at(1),
    } as const
    expect(apart([missing])).toEqual([missing])
  })
})
