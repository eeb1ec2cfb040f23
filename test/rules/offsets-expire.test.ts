import { expect, it } from 'vitest'
import rule from '../../rules/offsets-expire.ts'
import type { Intent } from '../../src/model/intent.ts'
import { complete, configs, stagedBroker, stagedCluster, stagedGroup } from '../../src/rule/staged.ts'
import { billing, emptyGroup, judged, NOTHING } from './cluster-clients.ts'

const DAY = 86_400_000
const cluster = (minutes: number, group = emptyGroup()) =>
  stagedCluster({
    brokers: [1, 2, 3].map((id) => stagedBroker(id, { configs: configs({ 'offsets.retention.minutes': String(minutes) }) })),
    groups: complete([group]),
  })
const down = (days: number): { intent: Intent } => ({ intent: { match: { group: 'billing' }, downtime: days * DAY } })

it('is silent about an empty group for a week, as during a deployment', () => {
  expect(judged(rule, cluster(10080), [billing()])).toEqual(NOTHING)
})

it('tells the latest hour, and what comes after it', () => {
  const { findings } = judged(rule, cluster(60), [billing('latest')])
  expect(findings).toMatchObject([
    {
      severity: 'warning',
      message:
        'group `billing` is empty and loses its offsets by 2026-01-01 01:00 UTC at the latest: the cluster keeps them for 1 hour',
      why: expect.stringContaining('skips every message'),
    },
  ])
})

it('is silent about a group with members', () => {
  expect(judged(rule, cluster(60, stagedGroup('billing')), [billing()])).toEqual(NOTHING)
})

it('is silent about a group without offsets', () => {
  expect(judged(rule, cluster(60, emptyGroup({ offsets: { state: 'known', value: [] } })), [billing()])).toEqual(NOTHING)
})

it('holds a declared downtime against what the cluster keeps, whether the group is empty or not', () => {
  const { findings } = judged(rule, cluster(10080, stagedGroup('billing')), [billing('earliest', down(10))])
  expect(findings).toMatchObject([
    { message: 'group `billing` may be down for 10 days, and the cluster keeps its offsets for 7 days' },
  ])
  expect(findings[0]?.fix).toContain('offsets.retention.minutes=28800')
  expect(judged(rule, cluster(10080, stagedGroup('billing')), [billing('earliest', down(3))])).toEqual(NOTHING)
})

it('is not evaluated without the right to read the setting', () => {
  const denied = { state: 'denied', needs: 'DescribeConfigs on Cluster' } as const
  const blind = stagedCluster({ brokers: [stagedBroker(1, { configs: denied })], groups: complete([emptyGroup()]) })
  expect(judged(rule, blind, [billing()])).toMatchObject({ findings: [], missing: [{ need: 'cluster.configs' }] })
})
