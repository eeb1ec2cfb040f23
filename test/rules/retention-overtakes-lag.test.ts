import { expect, it } from 'vitest'
import rule from '../../rules/retention-overtakes-lag.ts'
import type { Partition } from '../../src/model/cluster.ts'
import { complete, configs, offsets, stagedCluster, stagedGroup, stagedTopic } from '../../src/rule/staged.ts'
import { billing, emptyGroup, judged, NOTHING } from './cluster-clients.ts'

const HOUR = 3_600_000
const expiring = (...pairs: readonly (readonly [number, number])[]): Partial<Partition> => ({
  expiring: pairs.map(([hours, below]) => ({ within: hours * HOUR, below })),
})

/** The group has committed 90 in each of three partitions. */
const judge = (partition: Partial<Partition>, group = emptyGroup()) =>
  judged(rule, stagedCluster({ topics: complete([stagedTopic('orders', { partition })]), groups: complete([group]) }), [
    billing(),
  ])

it('is silent where the group is ahead of what expires', () => {
  expect(judge(expiring([1, 10], [72, 90]))).toEqual(NOTHING)
})

it('tells the nearest horizon, and what is lost by then', () => {
  const { findings } = judge(expiring([1, 80], [6, 92], [24, 100]))
  expect(findings).toMatchObject([
    {
      severity: 'error',
      subject: { kind: 'group', id: 'billing' },
      message:
        'group `billing` loses 6 messages of `orders` within 6 hours unless it reads them: retention reaches it in partitions 0, 1 and 2',
      why: expect.stringContaining('keeps messages for 7 days'),
    },
  ])
})

it('is a warning while there is a day', () => {
  expect(judge(expiring([24, 92])).findings).toMatchObject([{ severity: 'warning' }])
})

it('is a warning for a group that reads, until the last hour', () => {
  expect(judge(expiring([6, 92]), stagedGroup('billing')).findings).toMatchObject([
    { severity: 'warning', why: expect.stringContaining('may catch up') },
  ])
  expect(judge(expiring([1, 92]), stagedGroup('billing')).findings).toMatchObject([{ severity: 'error' }])
})

it('leaves to another rule what is gone already', () => {
  expect(judge({ ...expiring([1, 100]), offsets: offsets(95, 100) })).toEqual(NOTHING)
})

it('is not evaluated for deletion by size', () => {
  const topic = stagedTopic('orders', {
    configs: configs({ 'retention.bytes': '1000', 'retention.ms': '1000' }),
    partition: expiring([1, 10]),
  })
  expect(judged(rule, stagedCluster({ topics: complete([topic]) }), [billing()])).toMatchObject({
    findings: [],
    missing: [{ subject: { id: 'orders' }, reason: expect.stringContaining('retention.bytes') }],
  })
})
