import { expect, it } from 'vitest'
import rule from '../../rules/unclean-election.ts'
import { complete, configs, stagedCluster, stagedTopic, type TopicChanges } from '../../src/rule/staged.ts'
import { billing, judged, NOTHING, shop } from './cluster-clients.ts'

const KEY = 'unclean.leader.election.enable'
const judge = (changes: TopicChanges) =>
  judged(rule, stagedCluster({ topics: complete([stagedTopic('orders', changes)]) }), [shop(), billing()])

it('is silent where it is off', () => {
  expect(judge({})).toEqual(NOTHING)
})

it.each([
  ['topic', '`unclean.leader.election.enable` is true'],
  ['static', 'takes `unclean.leader.election.enable=true` from the brokers'],
  ['cluster', 'takes `unclean.leader.election.enable=true` from the brokers'],
] as const)('tells that it is on, and where: %s', (source, message) => {
  const { findings } = judge({ configs: configs({ [KEY]: 'true' }, source) })
  expect(findings).toMatchObject([{ severity: 'error', subject: { id: 'orders' }, message: expect.stringContaining(message) }])
})

it('is silent with one replica, since there is nobody else to elect', () => {
  expect(judge({ configs: configs({ [KEY]: 'true' }), partition: { replicas: [1], isr: [1] } })).toEqual(NOTHING)
})

it('is not evaluated without the right to read it', () => {
  const denied = { state: 'denied', needs: 'DescribeConfigs on Topic orders' } as const
  expect(judge({ configs: denied })).toMatchObject({ findings: [], missing: [{ need: 'cluster.configs' }] })
})

it('is not applicable where replicas are not how data is kept', () => {
  const cluster = stagedCluster({
    service: 'event-hubs',
    topics: complete([stagedTopic('orders', { configs: configs({ [KEY]: 'true' }) })]),
  })
  expect(judged(rule, cluster, [shop()])).toMatchObject({ findings: [], missing: [{ subject: { id: 'orders' } }] })
})
