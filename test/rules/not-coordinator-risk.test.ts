import { describe, expect, it } from 'vitest'
import rule from '../../rules/not-coordinator-risk.ts'
import type { ClusterFacts, Transaction } from '../../src/model/cluster.ts'
import {
  complete,
  configs,
  stagedBroker,
  stagedCluster,
  stagedGroup,
  stagedTopic,
  type TopicChanges,
} from '../../src/rule/staged.ts'
import { consumer, explicit, facts, fromVariable, producer, run } from './facts.ts'

const CLUSTER = 'kafka.example.com:9092'
const billing = () => consumer({ cluster: CLUSTER })
const ledger = () => producer({ cluster: CLUSTER, variant: { settings: { 'transactional.id': explicit('ledger') } } })

function judge(cluster: ClusterFacts, clients = [billing()]) {
  return run(rule, facts({ clients, cluster }))
}

const offsetsTopic = (changes: TopicChanges) => stagedTopic('__consumer_offsets', { internal: true, ...changes })
const stateTopic = (changes: TopicChanges) =>
  stagedTopic('__transaction_state', { internal: true, configs: configs({ 'min.insync.replicas': '2' }, 'topic'), ...changes })
const withTopics = (...topics: ReturnType<typeof stagedTopic>[]) => stagedCluster({ topics: complete(topics) })

describe('a cluster with a margin', () => {
  it('gives nothing', () => {
    expect(judge(stagedCluster(), [billing(), ledger()])).toEqual({ findings: [], missing: [] })
  })

  it('is told of the transactions of a producer as of the groups of a consumer, each by its own topic', () => {
    const bad = withTopics(offsetsTopic({}), stateTopic({ partition: { leader: -1, error: 'LEADER_NOT_AVAILABLE' } }))
    expect(judge(bad, [billing()]).findings).toEqual([])
    const { findings } = judge(bad, [ledger()])
    expect(findings).toMatchObject([{ severity: 'error', subject: { id: '__transaction_state' } }])
    expect(findings[0]?.message).toContain('transactional id `ledger`')
  })

  it('is medium where the project does not say which cluster it talks to', () => {
    const bad = withTopics(offsetsTopic({ partition: { isr: [1] } }))
    expect(judge(bad, [consumer()]).findings).toMatchObject([{ confidence: 'medium' }])
    expect(judge(bad).findings).toMatchObject([{ confidence: 'high' }])
  })

  it('means the same on provisioned MSK, where ids are not placed by guess', () => {
    const bad = { ...withTopics(offsetsTopic({ partition: { isr: [1] } })), service: 'msk' } as const
    expect(judge(bad).findings).toMatchObject([{ severity: 'error', message: expect.stringContaining('every group') }])
  })

  it('warns of one replica on the one broker of a development cluster', () => {
    const minimum = configs({ 'min.insync.replicas': '1', 'offsets.topic.num.partitions': '3' })
    const topic = offsetsTopic({ configs: minimum, partition: { leader: 1, replicas: [1], isr: [1] } })
    const cluster = stagedCluster({
      brokers: [stagedBroker(1, { configs: minimum })],
      topics: complete([topic]),
      groups: complete([stagedGroup('billing', { coordinator: { state: 'known', value: 1 } })]),
    })
    expect(judge(cluster).findings).toMatchObject([{ severity: 'warning', key: 'one-replica' }])
  })

  it('gives nothing where none is asked', () => {
    expect(run(rule, facts({ clients: [billing()] }))).toEqual({ findings: [], missing: [] })
  })

  it('gives nothing to clients that need no coordinator', () => {
    const bad = withTopics(offsetsTopic({ partition: { leader: -1, error: 'LEADER_NOT_AVAILABLE' } }))
    expect(judge(bad, [producer({ cluster: CLUSTER })]).findings).toEqual([])
  })

  it('gives nothing to clients of another cluster', () => {
    const bad = withTopics(offsetsTopic({ partition: { leader: -1, error: 'LEADER_NOT_AVAILABLE' } }))
    expect(judge(bad, [consumer({ cluster: 'other.example.org:9092' })]).findings).toEqual([])
  })
})

describe('the state of an internal topic', () => {
  it.each([
    ['no leader', { partition: { leader: -1, isr: [], error: 'LEADER_NOT_AVAILABLE' } }, 'error', 'have no leader'],
    ['a listener that is not everywhere', { partition: { error: 'LISTENER_NOT_FOUND' } }, 'error', 'lacks the listener'],
    ['a minimum above its replicas', { partition: { replicas: [1], isr: [1] } }, 'error', 'nothing can be written'],
    ['too few in sync', { partition: { isr: [2] } }, 'error', 'fewer in-sync replicas than min.insync.replicas=2'],
    ['just enough in sync', { partition: { isr: [1, 2] } }, 'warning', 'one broker less'],
    ['just enough replicas', { partition: { replicas: [1, 2], isr: [1, 2] } }, 'warning', 'one broker less'],
    [
      'one replica',
      { partition: { replicas: [1], isr: [1] }, configs: configs({ 'min.insync.replicas': '1' }) },
      'warning',
      'has one replica only',
    ],
  ] as const)('with %s', (_name, changes, severity, message) => {
    const { findings } = judge(withTopics(offsetsTopic(changes as TopicChanges)))
    expect(findings).toMatchObject([{ severity, location: null, subject: { kind: 'topic', id: '__consumer_offsets' } }])
    expect(findings[0]?.message).toContain(message)
    expect(findings[0]?.message).toContain('`billing`')
    expect(findings[0]?.related).toMatchObject([{ label: expect.stringContaining('billing') }])
  })

  it('names only the groups that the partitions keep', () => {
    const topic = offsetsTopic({})
    const offline = topic.partitions.map((p, i) => (i === 2 ? { ...p, leader: -1, error: 'LEADER_NOT_AVAILABLE' } : p))
    const { findings } = judge(withTopics({ ...topic, partitions: offline }))
    // "billing".hashCode() is -109829509: partition 1 of 3
    expect(findings[0]?.message).toBe(
      '1 of 3 partitions of `__consumer_offsets` have no leader: there is no coordinator for every group that is kept there',
    )
    expect(findings[0]?.related).toEqual([])
  })

  it('tells that the brokers give the minimum to `__consumer_offsets`, and its own topic to `__transaction_state`', () => {
    const impossible: TopicChanges = { partition: { replicas: [1], isr: [1] } }
    const { findings } = judge(withTopics(offsetsTopic(impossible), stateTopic(impossible)), [billing(), ledger()])
    expect(findings.map(({ why }) => why.includes('takes that of the brokers'))).toEqual([true, false])
  })

  it('is not evaluated for its minimum where settings are denied, and still for its leaders', () => {
    const denied = { state: 'denied', needs: 'DescribeConfigs on Topic __consumer_offsets' } as const
    const { findings, missing } = judge(withTopics(offsetsTopic({ configs: denied, partition: { leader: -1, error: 'x' } })))
    expect(findings).toMatchObject([{ severity: 'error' }])
    expect(missing).toMatchObject([{ need: 'cluster.configs', reason: expect.stringContaining('DescribeConfigs on Topic') }])
  })

  it('is told where what it keeps is deleted by age', () => {
    const { findings } = judge(
      withTopics(offsetsTopic({ configs: configs({ 'min.insync.replicas': '2', 'cleanup.policy': 'compact,delete' }) })),
    )
    expect(findings).toMatchObject([{ severity: 'error', key: 'cleanup', why: expect.stringContaining('reset policy') }])
  })

  it('is told where its partition count was changed', () => {
    const broker = (id: number) => stagedBroker(id, { configs: configs({ 'offsets.topic.num.partitions': '50' }) })
    const { findings } = judge(stagedCluster({ brokers: [broker(1), broker(2)] }))
    expect(findings).toMatchObject([{ severity: 'warning', message: expect.stringContaining('has 3 partitions') }])
  })
})

describe('an internal topic that is not there', () => {
  const replicas = (count: string) =>
    stagedCluster({
      brokers: [stagedBroker(1, { configs: configs({ 'offsets.topic.replication.factor': count }) })],
      topics: complete([stagedTopic('orders')]),
      groups: complete([]),
    })

  it('cannot be made with more replicas than brokers', () => {
    const { findings } = judge(replicas('3'))
    expect(findings).toMatchObject([{ severity: 'error' }])
    expect(findings[0]?.message).toContain('`offsets.topic.replication.factor` is 3, and there is 1 broker')
  })

  it('is made at the first use otherwise', () => {
    expect(judge(replicas('1'))).toEqual({ findings: [], missing: [] })
  })

  it('may only be hidden', () => {
    const hidden = { ...replicas('3'), topics: { items: [], complete: false, reason: 'not all are shown' } }
    const { findings, missing } = judge(hidden)
    expect(findings).toEqual([])
    expect(missing).toMatchObject([{ need: 'cluster.metadata' }])
  })

  it.each(['confluent-cloud', 'event-hubs', 'warpstream', 'redpanda', 'msk-serverless'] as const)(
    'means nothing on %s',
    (service) => {
      const { findings, missing } = judge({ ...replicas('3'), service })
      expect(findings).toEqual([])
      expect(missing).toMatchObject([{ reason: expect.stringContaining('not applicable') }])
    },
  )
})

describe('the addresses of brokers', () => {
  it('are told where two brokers share one', () => {
    const brokers = [stagedBroker(1), stagedBroker(2, { port: 9092 }), stagedBroker(3)]
    expect(judge(stagedCluster({ brokers })).findings).toMatchObject([
      {
        severity: 'error',
        subject: { kind: 'broker' },
        message: 'brokers 1 and 2 advertise one address, kafka.example.com:9092',
      },
    ])
  })

  it('are told where another broker answers', () => {
    const brokers = [stagedBroker(1), stagedBroker(2, { reach: { kind: 'other', id: 3 } }), stagedBroker(3)]
    expect(judge(stagedCluster({ brokers })).findings).toMatchObject([
      { severity: 'error', message: 'at the address of broker 2, kafka.example.com:9093, broker 3 answers' },
    ])
  })

  it('are told where nobody answers, with what is coordinated there', () => {
    const failure = { kind: 'refused', reason: 'kafka.example.com:9093 refuses connections', hint: '' } as const
    const brokers = [stagedBroker(1), stagedBroker(2, { reach: { kind: 'silent', failure } }), stagedBroker(3)]
    const { findings } = judge(stagedCluster({ brokers }))
    expect(findings).toMatchObject([{ severity: 'warning', subject: { id: '2' } }])
    expect(findings[0]?.message).toContain('refuses connections; it coordinates group `billing`')
  })

  it('are the reason, and not a finding of their own, where partitions have no leader for them', () => {
    const failure = { kind: 'refused', reason: 'kafka.example.com:9093 refuses connections', hint: '' } as const
    const topics = complete([offsetsTopic({ partition: { leader: -1, replicas: [2], isr: [2], error: 'LEADER_NOT_AVAILABLE' } })])
    const brokers = [stagedBroker(1), stagedBroker(2, { reach: { kind: 'silent', failure } }), stagedBroker(3)]
    const { findings } = judge(stagedCluster({ brokers, topics }))
    expect(findings).toMatchObject([{ severity: 'error', key: 'offline', fix: expect.stringContaining('replicas: 2') }])
    expect(findings[0]?.why).toContain('Broker 2 does not answer: kafka.example.com:9093 refuses connections.')
  })

  it('say nothing where a broker could not be asked who it is', () => {
    const reach = { kind: 'unconfirmed', reason: 'needs DescribeConfigs on Cluster' } as const
    expect(judge(stagedCluster({ brokers: [1, 2, 3].map((id) => stagedBroker(id, { reach })) })).findings).toEqual([])
  })
})

describe('what a coordinator answers', () => {
  const group = (error: string) =>
    stagedGroup('billing', { coordinator: { state: 'known', value: 2 }, description: { state: 'absent', reason: error, error } })

  it.each([
    ['COORDINATOR_LOAD_IN_PROGRESS', 'warning', 'is still loading'],
    ['NOT_COORDINATOR', 'error', 'says it is not'],
    ['COORDINATOR_NOT_AVAILABLE', 'error', 'no coordinator is available'],
  ])('%s', (error, severity, message) => {
    const { findings } = judge(stagedCluster({ groups: complete([group(error)]) }))
    expect(findings).toMatchObject([{ severity, message: expect.stringContaining(message) }])
  })

  it('is not told twice where the partition has no leader', () => {
    const topics = complete([offsetsTopic({ partition: { leader: -1, error: 'LEADER_NOT_AVAILABLE' } })])
    const { findings } = judge(stagedCluster({ topics, groups: complete([group('COORDINATOR_NOT_AVAILABLE')]) }))
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).toContain('have no leader')
  })

  it.each(['COORDINATOR_LOAD_IN_PROGRESS', 'NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE'])(
    '%s of a transactional id',
    (error) => {
      const description = { state: 'absent', reason: error, error } as const
      const transaction: Transaction = { id: 'ledger', named: true, coordinator: { state: 'known', value: 9 }, description }
      const { findings } = judge(stagedCluster({ transactions: complete([transaction]) }), [ledger()])
      expect(findings).toMatchObject([{ key: error, message: expect.stringContaining('transactional id `ledger`') }])
    },
  )

  it('may be to come, while its broker loads', () => {
    const unknown = stagedGroup('billing', { description: { state: 'absent', reason: 'no answer' } })
    const loading = (id: number) =>
      stagedCluster({
        brokers: [1, 2, 3].map((one) => stagedBroker(one, { loadingGroups: one === id })),
        groups: complete([unknown]),
      })
    // group billing is kept in partition 1, which broker 2 leads
    expect(judge(loading(2)).findings).toMatchObject([{ severity: 'warning', subject: { kind: 'broker', id: '2' } }])
    expect(judge(loading(1)).findings).toEqual([])
    expect(judge({ ...loading(2), groups: complete([stagedGroup('billing')]) }).findings).toEqual([])
    const under = { ...loading(2), topics: complete([offsetsTopic({ partition: { isr: [2] } })]) }
    expect(judge(under).findings).toMatchObject([{ severity: 'error', key: 'under-min-isr' }])
  })

  it('may be to come for ids that the project takes from elsewhere', () => {
    const brokers = [1, 2, 3].map((id) => stagedBroker(id, { loadingTransactions: id === 1 }))
    const anyId = producer({ cluster: CLUSTER, variant: { settings: { 'transactional.id': fromVariable('ID') } } })
    const { findings } = judge(stagedCluster({ brokers }), [anyId])
    expect(findings).toMatchObject([{ severity: 'warning', message: expect.stringContaining('every transactional id') }])
  })

  it('is not evaluated without the right to ask', () => {
    const denied = { state: 'denied', needs: 'Describe on TransactionalId ledger' } as const
    const transaction: Transaction = { id: 'ledger', named: true, coordinator: denied, description: denied }
    const { findings, missing } = judge(stagedCluster({ transactions: complete([transaction]) }), [ledger()])
    expect(findings).toEqual([])
    expect(missing).toMatchObject([{ need: 'cluster.transactions', subject: { id: 'ledger' } }])
  })

  it('may name another broker than the leader', () => {
    const moved = stagedGroup('billing', { coordinator: { state: 'known', value: 1 } })
    const { findings } = judge(stagedCluster({ groups: complete([moved]) }))
    expect(findings).toMatchObject([{ severity: 'warning', confidence: 'medium', key: 'disagreement' }])
  })
})
