import { describe, expect, it } from 'vitest'
import { compareVersions, exactly, includes, intersection, intersects } from '../../src/model/version.ts'

describe('compareVersions', () => {
  it.each([
    ['2.2.0', '2.10.0', -1],
    ['2.2', '2.2.0', 0],
    ['0.10.2.1', '0.11', -1],
    ['3.0.0rc1', '3.0.0', -1],
    ['3.0.0', '3.0.0.post1', 0],
    ['1.0.0-SNAPSHOT', '1.0.0', -1],
    ['2.8.0.RELEASE', '2.8.0', 0],
    ['v1.2.3', '1.2.3', 0],
    ['1.0.0-alpha', '1.0.0-beta', -1],
    ['4.0.0.Final', '3.9.9', 1],
    ['7.5.0-ccs', '7.5.0', 0],
    ['7.5.0-ce', '7.4.9', 1],
    ['2.0.0.M1', '2.0.0', -1],
  ])('orders %s against %s', (a, b, order) => {
    expect(compareVersions(a, b)).toBe(order)
    expect(compareVersions(b, a)).toBe(order === 0 ? 0 : -order)
  })
})

describe('ranges', () => {
  it('holds one version in its exact range, and no neighbour', () => {
    expect(includes(exactly('2.0.2'), '2.0.2')).toBe(true)
    expect(includes(exactly('2.0.2'), '2.0.3')).toBe(false)
    expect(includes(exactly('2.0.2'), '2.0.1')).toBe(false)
  })

  it.each(['2.0.2.post1', '4.1.0.Final', '2.1.18.RELEASE', '3.0.0rc1', '7.5.0-ccs'])('holds %s in its own range', (version) => {
    expect(includes(exactly(version), version)).toBe(true)
    expect(includes(exactly(version), '9.0.0')).toBe(false)
  })

  it('treats the end as exclusive', () => {
    expect(intersects({ from: '1.0', until: '2.2.0' }, { from: '2.2.0' })).toBe(false)
    expect(intersects({ from: '1.0', until: '2.2.1' }, { from: '2.2.0' })).toBe(true)
    expect(intersects({}, { from: '9' })).toBe(true)
  })

  it('narrows to what both allow', () => {
    expect(intersection([{ from: '1.0', until: '3.0' }], [{ from: '2.0' }, { from: '5.0' }])).toEqual([
      { from: '2.0', until: '3.0' },
    ])
  })
})
