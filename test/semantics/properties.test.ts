import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Node } from '../../src/model/handler.ts'
import type { Loss, Verdict } from '../../src/model/verdict.ts'
import { judge } from '../../src/semantics/judge.ts'
import { compile } from '../../src/semantics/program.ts'
import { graphsOf, MAX_STATES, search } from '../../src/semantics/search.ts'
import { commit, effect, handler, MANUAL, receive } from './build.ts'
import { numbers, randomPipeline } from './random.ts'

const can = ({ cells }: Verdict, loss: Loss) => cells.some((cell) => cell[loss])
const seeds = fc.integer({ min: 0, max: 1_000_000 })

describe('any handler', () => {
  it('is judged the same each time, within the bounds', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const pipeline = () => randomPipeline(numbers(seed), 8)
        const verdict = judge(pipeline())
        expect(judge(pipeline())).toEqual(verdict)
        const { commit: behaviour, handler: one, ...rest } = pipeline()
        const whole = { ...rest, program: compile(one), commit: behaviour, messages: 2 }
        const { states } = search(graphsOf(whole), 'crash')
        expect(states).toBeLessThanOrEqual(2 * (MAX_STATES + 100))
      }),
      { numRuns: 60 },
    )
  })

  it('loses and repeats no less with a fault than without', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { cells } = judge(randomPipeline(numbers(seed), 8))
        const [without] = cells
        const crash = cells.find(({ fault }) => fault === 'crash')
        if (without?.lost) expect(crash?.lost).toBeDefined()
        if (without?.duplicated) expect(crash?.duplicated).toBeDefined()
      }),
      { numRuns: 60 },
    )
  })

  it('is told by traces that begin with a message and end with what became of it', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const cell of judge(randomPipeline(numbers(seed), 8)).cells) {
          expect(cell.lost?.trace.at(-1)?.text ?? 'is never processed').toContain('is never processed')
          expect(cell.lost?.trace[0]?.text ?? 'receive').toMatch(/receive|taken away/)
        }
      }),
      { numRuns: 60 },
    )
  })
})

it('a consumer that commits behind effects that are durable loses nothing, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), (kinds) => {
      const effects: readonly Node[] = kinds.map((idempotent) => effect({ idempotent }))
      const verdict = judge({
        consumer: 'c',
        handler: handler([receive(), ...effects, commit()]),
        commit: MANUAL,
        storesAlone: true,
        safeWrites: true,
        idempotentWrites: true,
      })
      expect(can(verdict, 'lost')).toBe(false)
      expect(can(verdict, 'duplicated')).toBe(kinds.some((idempotent) => !idempotent))
    }),
  )
})
