import { describe, expect, it } from 'vitest'
import rule from '../../rules/setting-ignored.ts'
import { at, consumer, problem, run } from './facts.ts'

describe('setting-ignored', () => {
  it.each(['ignored', 'warns', 'replaced'] as const)('warns of a setting that is %s', (effect) => {
    const found = run(rule, [
      consumer({
        variant: {
          problems: [
            problem({ key: 'acks', spelled: 'acks', effect, says: '`acks` is a producer property and will be ignored' }),
          ],
        },
      }),
    ]).findings
    expect(found).toMatchObject([{ severity: 'warning', location: at(15) }])
    expect(found[0]?.message).toContain('is a producer property')
  })

  it('tells that another value takes effect from that none does', () => {
    const why = (effect: 'ignored' | 'replaced') =>
      run(rule, [consumer({ variant: { problems: [problem({ key: 'acks', effect })] } })]).findings[0]?.why
    expect(why('replaced')).toContain('Another value')
    expect(why('ignored')).toContain('as if the line were not there')
  })

  it('leaves a reset policy that becomes another one to offset-reset, and refusals to setting-rejected', () => {
    const problems = [problem({ key: 'auto.offset.reset', effect: 'replaced' }), problem({ key: 'acks' })]
    expect(run(rule, [consumer({ variant: { problems } })]).findings).toEqual([])
  })

  it('speaks of a reset policy that nothing reads', () => {
    expect(
      run(rule, [consumer({ variant: { problems: [problem({ key: 'auto.offset.reset', effect: 'ignored' })] } })]).findings,
    ).toHaveLength(1)
  })
})
