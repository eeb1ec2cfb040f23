import { describe, expect, it } from 'vitest'
import rule from '../../rules/offsets-lost.ts'
import { complete, offsets, stagedCluster, stagedGroup, stagedTopic } from '../../src/rule/staged.ts'
import { billing, judged, NOTHING } from './cluster-clients.ts'

/** The group has committed 90 in each of three partitions. */
const judge = (start: number, end: number, clients = [billing()]) =>
  judged(
    rule,
    stagedCluster({ topics: complete([stagedTopic('orders', { partition: { offsets: offsets(start, end) } })]) }),
    clients,
  )

it.each([
  [0, 100],
  [90, 100],
  [0, 90],
])('is silent where the offset lies in the log: from %i to %i', (start, end) => {
  expect(judge(start, end)).toEqual(NOTHING)
})

it('counts what was deleted unread', () => {
  const { findings } = judge(95, 100)
  expect(findings).toMatchObject([
    {
      severity: 'error',
      location: null,
      subject: { kind: 'group', id: 'billing' },
      message:
        'group `billing` has lost 15 messages of `orders`: its offsets in partitions 0, 1 and 2 lie before the start of the log',
    },
  ])
})

it('counts it too where nothing is left', () => {
  expect(judge(100, 100).findings[0]?.message).toContain('has lost 30 messages')
})

it('tells an offset beyond the end', () => {
  expect(judge(0, 50).findings).toMatchObject([
    { message: 'group `billing` has committed beyond the end of `orders` in partitions 0, 1 and 2' },
  ])
})

describe('what comes next', () => {
  it.each([
    ['latest', 'skips every message', '--to-earliest'],
    ['earliest', 'reads everything that is still there again', 'Keep messages longer'],
    ['none', 'stops with an error', 'Keep messages longer'],
  ] as const)('with %s', (reset, why, fix) => {
    const [finding] = judge(95, 100, [billing(reset)]).findings
    expect(finding?.why).toContain(why)
    expect(finding?.fix).toContain(fix)
  })
})

it('says nothing of groups that the project does not name', () => {
  const cluster = stagedCluster({
    topics: complete([stagedTopic('orders', { partition: { offsets: offsets(95, 100) } })]),
    groups: complete([stagedGroup('shipping')]),
  })
  expect(judged(rule, cluster, [billing()])).toEqual(NOTHING)
})

it('is not evaluated without the right to see the offsets', () => {
  const denied = stagedGroup('billing', { offsets: { state: 'denied', needs: 'Describe on Group billing' } })
  expect(judged(rule, stagedCluster({ groups: complete([denied]) }), [billing()])).toMatchObject({
    findings: [],
    missing: [{ need: 'cluster.offsets', reason: expect.stringContaining('needs Describe on Group billing') }],
  })
})
