import { describe, expect, it } from 'vitest'
import type { Loss, Verdict } from '../../src/model/verdict.ts'
import { SHAPES, type Shape, verdictOf } from './shapes.ts'

const can = ({ cells }: Verdict, loss: Loss) => cells.some((cell) => cell[loss])

describe('the reference shapes', () => {
  it.each(SHAPES)('$name', (shape) => {
    const verdict = verdictOf(shape)
    expect(verdict.bounded).toBe(false)
    expect({ lost: can(verdict, 'lost'), duplicated: can(verdict, 'duplicated') }).toEqual({
      lost: shape.lost,
      duplicated: shape.duplicated,
    })
    if (shape.stuck !== undefined) expect(can(verdict, 'stuck')).toBe(shape.stuck)
  })

  it('without duplicates but for a forgetful store, where the mark comes first', () => {
    const verdict = verdictOf(SHAPES.find(({ name }) => name.startsWith('SET NX')) as Shape)
    expect(verdict.cells.filter(({ duplicated }) => duplicated).map(({ fault }) => fault)).toEqual(['store-forgets'])
  })

  it('is told by a trace that can be followed', () => {
    const verdict = verdictOf(SHAPES[2] as Shape)
    const crash = verdict.cells.find(({ fault }) => fault === 'crash')
    expect(crash?.lost?.trace.map(({ text }) => text)).toEqual([
      'receive returns m0',
      'the auto-commit timer commits 1',
      'CRASH, and a restart at m1',
      'm0 is never processed',
    ])
  })
})
