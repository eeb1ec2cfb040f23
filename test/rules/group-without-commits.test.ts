import { expect, it } from 'vitest'
import rule from '../../rules/group-without-commits.ts'
import { complete, offsets, stagedCluster, stagedGroup, stagedTopic } from '../../src/rule/staged.ts'
import { billing, emptyGroup, judged, NOTHING } from './cluster-clients.ts'

const committedIn = (...partitions: number[]) =>
  ({ state: 'known', value: partitions.map((partition) => ({ topic: 'orders', partition, offset: 90 })) }) as const

const judge = (group = stagedGroup('billing', { offsets: committedIn(0, 1) }), clients = [billing('latest')]) =>
  judged(rule, stagedCluster({ groups: complete([group]) }), clients)

it('tells partitions without an offset, and what they hold', () => {
  const { findings } = judge()
  expect(findings).toMatchObject([
    {
      severity: 'warning',
      subject: { kind: 'group', id: 'billing' },
      message: 'group `billing` has no committed offset in partition 2 of 3 of `orders`, which holds 100 messages',
    },
  ])
})

it('is silent where every partition has one', () => {
  expect(judge(stagedGroup('billing'))).toEqual(NOTHING)
})

it.each(['earliest', 'none'] as const)('is silent where the reset policy skips nothing: %s', (reset) => {
  expect(judge(undefined, [billing(reset)])).toEqual(NOTHING)
})

it('leaves a group that never started to its reset policy', () => {
  expect(judge(emptyGroup({ offsets: committedIn() }))).toEqual(NOTHING)
})

it('tells a group that reads and has committed nothing', () => {
  const { findings } = judge(stagedGroup('billing', { offsets: committedIn() }))
  expect(findings[0]?.message).toContain('in partitions 0, 1 and 2 of 3')
})

it('is silent about partitions that hold nothing', () => {
  const topic = stagedTopic('orders', { partition: { offsets: offsets(0, 0) } })
  const cluster = stagedCluster({
    topics: complete([topic]),
    groups: complete([stagedGroup('billing', { offsets: committedIn(0, 1) })]),
  })
  expect(judged(rule, cluster, [billing('latest')])).toEqual(NOTHING)
})

it('is not evaluated without the right to see the offsets', () => {
  const denied = stagedGroup('billing', { offsets: { state: 'denied', needs: 'Describe on Group billing' } })
  expect(judge(denied)).toMatchObject({ findings: [], missing: [{ need: 'cluster.offsets' }] })
})
