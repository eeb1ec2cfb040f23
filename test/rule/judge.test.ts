import { describe, expect, it } from 'vitest'
import type { Location } from '../../src/model/location.ts'
import type { Finding } from '../../src/rule/finding.ts'
import { together } from '../../src/rule/judge.ts'

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

describe('together', () => {
  it('tells a line that several clients share once, with their constructions beside it', () => {
    const told = together([finding('a', at(3), at(10)), finding('b', at(3), at(20)), finding('c', at(3), at(30))]) as Finding[]
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({
      location: at(3),
      message: 'm (and 2 more clients built with this line)',
      related: [
        { label: 'a', location: at(10) },
        { label: 'b too', location: at(20) },
        { label: 'c too', location: at(30) },
      ],
      anchors: [at(10), at(20), at(30)],
    })
  })

  it('leaves a finding alone whose line is its own', () => {
    const alone = [finding('a', at(3), at(10)), finding('b', at(4), at(20))]
    expect(together(alone)).toEqual(alone)
  })

  it('leaves two findings about one client at their line', () => {
    const twice = [finding('a', at(3), at(10)), { ...finding('a', at(3), at(10)), message: 'other' }]
    expect(together(twice)).toEqual(twice)
  })

  it('tells once what two clients of one construction have in common', () => {
    expect(together([finding('a', at(3), at(10)), finding('b', at(3), at(10))])).toHaveLength(1)
    expect(together([finding('a', at(10), at(10)), finding('b', at(10), at(10))])).toHaveLength(1)
    expect(together([finding('a', at(10), at(10)), { ...finding('b', at(10), at(10)), message: 'other' }])).toHaveLength(2)
  })

  it('passes on what could not be evaluated', () => {
    const missing = {
      kind: 'not-evaluated',
      subject: { kind: 'client', id: 'a', name: 'a' },
      need: 'settings',
      reason: 'r',
      location: at(1),
    } as const
    expect(together([missing])).toEqual([missing])
  })
})
