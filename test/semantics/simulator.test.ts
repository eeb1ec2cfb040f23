import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Node } from '../../src/model/handler.ts'
import { judge } from '../../src/semantics/judge.ts'
import { numbers, randomPipeline } from './random.ts'
import { simulate } from './simulator.ts'

/** Work elsewhere goes on when its process is gone in other ways than the interpreter has. */
function handsOff(nodes: readonly Node[]): boolean {
  return JSON.stringify(nodes).includes('"hand-off"')
}

it('the model excludes nothing that happens by chance', () => {
  let happened = 0
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seed) => {
      const random = numbers(seed)
      const pipeline = randomPipeline(random, 7)
      if (handsOff(pipeline.handler.body)) return
      const verdict = judge(pipeline)
      for (const fault of ['crash', 'throws-once'] as const) {
        const cell = verdict.cells.find((one) => one.fault === fault)
        for (let run = 0; run < 40; run++) {
          const { lost, duplicated } = simulate(pipeline, random, fault)
          if (lost || duplicated) happened++
          if (verdict.bounded) continue
          if (lost) expect(cell?.lost, `lost by ${fault}`).toBeDefined()
          if (duplicated) expect(cell?.duplicated, `repeated by ${fault}`).toBeDefined()
        }
      }
    }),
    { numRuns: 150 },
  )
  expect(happened).toBeGreaterThan(500)
})
