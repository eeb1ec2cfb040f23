import { describe, expect, it } from 'vitest'
import { boundaries, entryAt, type History } from '../../src/knowledge/history.ts'

const acks: History<number> = [
  { since: '0', value: 1, citation: 'a' },
  { since: '3.0.0', value: -1, citation: 'b' },
]

describe('history', () => {
  it('takes the newest entry that is not after the version', () => {
    expect(entryAt(acks, '2.3.2')?.value).toBe(1)
    expect(entryAt(acks, '3.0.0')?.value).toBe(-1)
    expect(entryAt(acks, '10.0')?.value).toBe(-1)
    expect(entryAt([{ since: '1.0', value: 1, citation: '' }], '0.9')).toBeUndefined()
  })

  it('gathers boundaries once, in version order', () => {
    expect(
      boundaries([acks, [{ since: '2.10.0', value: 0, citation: '' }], [{ since: '2.9.0', value: 0, citation: '' }]]),
    ).toEqual(['0', '2.9.0', '2.10.0', '3.0.0'])
  })
})
