import { describe, expect, it } from 'vitest'
import rule from '../../rules/replication-below-acks.ts'
import { complete, configs, stagedCluster, stagedTopic, type TopicChanges } from '../../src/rule/staged.ts'
import { billing, judged, NOTHING, STAGED, shop } from './cluster-clients.ts'
import { either, producer } from './facts.ts'

const minimum = (value: string) => configs({ 'min.insync.replicas': value })
const orders = (changes: TopicChanges) => stagedCluster({ topics: complete([stagedTopic('orders', changes)]) })
const judge = (changes: TopicChanges, clients = [shop()]) => judged(rule, orders(changes), clients)

describe('a topic that its clients name', () => {
  it('is safe with three replicas of which two have to be in sync', () => {
    expect(judge({})).toEqual(NOTHING)
  })

  it.each([
    ['without a leader', { partition: { leader: -1, error: 'LEADER_NOT_AVAILABLE' } }, 'error', 'have no leader'],
    ['with more asked for than there are', { partition: { replicas: [1], isr: [1] } }, 'error', 'always fail'],
    ['with too few in sync', { partition: { isr: [3] } }, 'error', 'fail now'],
    [
      'with one replica',
      { configs: minimum('1'), partition: { replicas: [1], isr: [1] } },
      'error',
      'lost with the disk of broker 1',
    ],
    ['with as many asked for as there are', { configs: minimum('3') }, 'warning', 'with one broker down'],
    ['with a minimum of one', { configs: minimum('1') }, 'warning', 'can mean the leader alone'],
  ] as const)('%s', (_name, changes, severity, message) => {
    const { findings } = judge(changes as TopicChanges)
    expect(findings).toMatchObject([
      {
        severity,
        location: null,
        confidence: 'high',
        subject: { kind: 'topic', id: 'orders' },
        message: expect.stringContaining(message),
      },
    ])
    expect(findings[0]?.related[0]?.label).toContain('writes `orders`')
  })

  it('is told of the gravest alone', () => {
    const { findings } = judge({
      configs: minimum('1'),
      partition: { replicas: [1], isr: [1], leader: -1, error: 'LEADER_NOT_AVAILABLE' },
    })
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).toContain('have no leader')
  })

  it('counts the partitions that differ', () => {
    const { partitions } = stagedTopic('orders')
    const one = partitions.map((p, i) => (i === 0 ? { ...p, replicas: [2], isr: [2] } : p))
    expect(judge({ configs: minimum('1'), partitions: one }).findings[0]?.message).toContain(
      '1 of 3 partitions of `orders` have one replica',
    )
  })
})

describe('what the clients are told', () => {
  it('is no matter of the minimum where none waits for all', () => {
    expect(judge({ configs: minimum('1') }, [shop(1)])).toEqual(NOTHING)
    expect(judge({ partition: { isr: [3] } }, [billing()])).toEqual(NOTHING)
  })

  it('is not certain where acks is one of two', () => {
    const sometimes = producer({ cluster: STAGED, variant: { settings: { acks: either('all', '1') } } })
    expect(judge({ configs: minimum('1') }, [sometimes])).toEqual(NOTHING)
  })

  it('does not save what one broker has', () => {
    const { findings } = judge({ configs: minimum('1'), partition: { replicas: [1], isr: [1] } }, [billing()])
    expect(findings).toMatchObject([{ severity: 'error', why: expect.stringContaining('No setting of a client') }])
  })
})

describe('what is not known', () => {
  it('is the minimum without the right to read it', () => {
    const denied = { state: 'denied', needs: 'DescribeConfigs on Topic orders' } as const
    expect(judge({ configs: denied })).toMatchObject({
      findings: [],
      missing: [{ need: 'cluster.configs', reason: expect.stringContaining('needs DescribeConfigs') }],
    })
  })

  it('is a topic that the cluster does not show', () => {
    const { findings, missing } = judged(rule, stagedCluster({ topics: complete([]) }), [shop()])
    expect(findings).toEqual([])
    expect(missing).toMatchObject([{ subject: { id: 'orders' }, need: 'cluster.metadata' }])
  })

  it('is anything where replicas are not how data is kept', () => {
    const cluster = { ...orders({ configs: minimum('1') }), service: 'warpstream' as const }
    expect(judged(rule, cluster, [shop()])).toMatchObject({
      findings: [],
      missing: [{ reason: expect.stringContaining('not applicable') }],
    })
  })

  it('is the cluster of a client that names another', () => {
    expect(judge({ configs: minimum('1') }, [shop('all', { cluster: 'other.example.org:9092' })])).toEqual(NOTHING)
  })

  it('is likely the cluster of a client that names none', () => {
    const { cluster: _, ...unnamed } = shop()
    expect(judge({ configs: minimum('1') }, [unnamed]).findings).toMatchObject([{ confidence: 'medium' }])
  })
})
