import { describe, expect, it } from 'vitest'
import rule from '../../rules/hanging-transaction.ts'
import type {
  Asked,
  ClusterFacts,
  OpenTransaction,
  Partition,
  Topic,
  Transaction,
  TransactionDescription,
} from '../../src/model/cluster.ts'
import { complete, configs, offsets, stagedBroker, stagedCluster, stagedGroup, stagedTopic } from '../../src/rule/staged.ts'
import { billing, judged, NOTHING, STAGED, shop } from './cluster-clients.ts'
import { consumer, explicit, producer, run } from './facts.ts'

const NOW = stagedCluster().takenAt
const MINUTE = 60_000

const open = (age: number, rest: Partial<OpenTransaction> = {}): OpenTransaction => ({
  producerId: 7,
  producerEpoch: 0,
  lastTimestamp: NOW - age,
  startOffset: 90,
  coordinatorEpoch: 0,
  ...rest,
})

const known = <T>(value: T): Asked<T> => ({ state: 'known', value })

/** `orders` with the last stable offset behind in its first partition. */
function behind(opened: Asked<readonly OpenTransaction[]> | undefined, rest: Partial<Topic> = {}): Topic {
  const topic = stagedTopic('orders', rest)
  const partition = (p: Partition): Partition => ({ ...p, offsets: offsets(0, 100, 90), ...(opened ? { open: opened } : {}) })
  return { ...topic, partitions: topic.partitions.map((p) => (p.id === 0 ? partition(p) : p)) }
}

const kept = (description: Partial<TransactionDescription>): Transaction => ({
  id: 'ledger',
  named: false,
  coordinator: { state: 'known', value: 2 },
  description: known({
    state: 'Ongoing',
    producerId: 7,
    producerEpoch: 0,
    startedAt: NOW - 5 * MINUTE,
    timeout: 15 * MINUTE,
    partitions: [{ topic: 'orders', partitions: [0] }],
    ...description,
  }),
})

const cluster = (orders: Topic, transactions: readonly Transaction[], rest: Partial<ClusterFacts> = {}) =>
  stagedCluster({ topics: complete([orders]), transactions: complete(transactions), ...rest })

const judge = (facts: ClusterFacts, clients = [billing()]) => judged(rule, facts, clients)

describe('a transaction that its coordinator counts as open', () => {
  const since = (age: number, timeout = 15 * MINUTE) =>
    judge(cluster(behind(known([open(0)])), [kept({ startedAt: NOW - age, timeout })]))

  it('is told with its producer, how long it may last, and the groups that wait', () => {
    const { findings, missing } = since(5 * MINUTE)
    expect(missing).toEqual([])
    expect(findings).toMatchObject([
      { severity: 'warning', confidence: 'high', subject: { kind: 'transactional-id', id: 'ledger' }, location: null },
    ])
    expect(findings[0]?.message).toBe(
      'a transaction of `ledger` has been open for 5 minutes, since 2025-12-31 23:55 UTC: it holds back partition 0 of `orders`, and group `billing` waits there',
    )
    expect(findings[0]?.why).toContain('at 2026-01-01 00:10 UTC at the latest')
    expect(findings[0]?.fix).not.toContain('kafka-transactions.sh')
    expect(findings[0]?.related).toMatchObject([{ label: expect.stringContaining('reads `orders`') }])
  })

  it('is ordinary for a minute', () => {
    expect(since(59_000)).toEqual(NOTHING)
    expect(since(MINUTE).findings).toMatchObject([{ severity: 'warning' }])
  })

  it('should have been ended when it timed out', () => {
    const { findings } = since(20 * MINUTE)
    expect(findings).toMatchObject([{ severity: 'error', message: expect.stringContaining('though it timed out at') }])
    expect(findings[0]?.fix).toContain('broker 2')
    expect(since(15.5 * MINUTE).findings).toMatchObject([{ severity: 'warning' }])
  })

  it('may be decided and not written everywhere', () => {
    const deciding = (age: number) =>
      judge(cluster(behind(known([open(0)])), [kept({ state: 'PrepareAbort', startedAt: NOW - age })]))
    expect(deciding(5 * MINUTE)).toEqual(NOTHING)
    expect(deciding(20 * MINUTE).findings).toMatchObject([
      { severity: 'error', message: expect.stringContaining('is decided, but its end is not written everywhere') },
    ])
  })

  it('is found by its coordinator alone where the leader may not be asked', () => {
    const denied = { state: 'denied', needs: 'Read on Topic orders' } as const
    const { findings, missing } = judge(cluster(behind(denied), [kept({})]))
    expect(findings).toMatchObject([{ severity: 'warning', subject: { id: 'ledger' } }])
    expect(missing).toEqual([])
  })

  it("is shown with the project's own producer of that id", () => {
    const ledger = producer({ cluster: STAGED, variant: { settings: { 'transactional.id': explicit('ledger') } } })
    const { findings } = judge(cluster(behind(known([open(0)])), [kept({})]), [ledger])
    expect(findings[0]?.related[0]?.label).toContain('transactional id `ledger`')
  })

  it('is told once for all its partitions', () => {
    const topic = stagedTopic('orders', { partition: { offsets: offsets(0, 100, 90), open: known([open(0)]) } })
    const partitions = [{ topic: 'orders', partitions: [0, 1, 2] }]
    const { findings } = judge(cluster(topic, [kept({ partitions })]))
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).toContain('partitions 0, 1 and 2 of `orders`')
  })
})

describe('a transaction that no coordinator counts as open', () => {
  const hour = known([open(60 * MINUTE)])

  it('hangs where every coordinator has told what it keeps', () => {
    const { findings } = judge(cluster(behind(hour), []))
    expect(findings).toMatchObject([
      { severity: 'error', confidence: 'medium', subject: { kind: 'topic', id: 'orders' }, key: 'open 7' },
    ])
    expect(findings[0]?.fix).toContain('kafka-transactions.sh abort --topic orders --partition 0 --start-offset 90')
  })

  it('is certain where the broker dates the records', () => {
    const dated = { configs: configs({ 'message.timestamp.type': 'LogAppendTime' }) }
    expect(judge(cluster(behind(hour, dated), [])).findings[0]?.confidence).toBe('high')
    const hidden = { transactions: { items: [], complete: false } }
    expect(judge(cluster(behind(hour, dated), [], hidden)).findings).toMatchObject([{ severity: 'error' }])
    // within the greatest timeout, an id that is not shown may have it open
    const recent = known([open(10 * MINUTE)])
    expect(judge(cluster(behind(recent, dated), [], hidden)).findings).toMatchObject([{ severity: 'warning' }])
    const raised = stagedBroker(1, { configs: configs({ 'transaction.max.timeout.ms': `${120 * MINUTE}` }) })
    expect(judge(cluster(behind(hour, dated), [], { ...hidden, brokers: [raised] })).findings).toMatchObject([
      { severity: 'warning' },
    ])
  })

  it.each<[string, Partial<ClusterFacts>]>([
    ['ids are hidden', { transactions: { items: [], complete: false, reason: 'not all are shown' } }],
    ['a coordinator is loading', { brokers: [stagedBroker(1, { loadingTransactions: true })] }],
    [
      'a coordinator is down',
      { topics: complete([behind(hour), stagedTopic('__transaction_state', { internal: true, partition: { leader: -1 } })]) },
    ],
    [
      'one was not described',
      { transactions: complete([{ ...kept({}), description: { state: 'absent', reason: 'no answer' } }] as Transaction[]) },
    ],
  ])('may be kept by one that is not seen: %s', (_why, rest) => {
    const { findings } = judge(cluster(behind(hour), [], rest))
    expect(findings).toMatchObject([{ severity: 'warning', message: expect.stringContaining('whose it is, is not shown') }])
    expect(findings[0]?.fix).not.toContain('abort')
  })

  it('hangs where the coordinator has ended it, or never had this partition in it', () => {
    for (const description of [
      { state: 'CompleteAbort', partitions: [] },
      { partitions: [{ topic: 'orders', partitions: [2] }] },
    ]) {
      const { findings } = judge(cluster(behind(hour), [kept(description)]))
      expect(findings).toMatchObject([{ severity: 'error', subject: { kind: 'transactional-id', id: 'ledger' } }])
    }
  })

  it('is between two transactions of a producer at work', () => {
    expect(judge(cluster(behind(hour), [kept({ state: 'CompleteCommit', startedAt: NOW - 1000, partitions: [] })]))).toEqual(
      NOTHING,
    )
    expect(judge(cluster(behind(known([open(1000)])), [kept({ state: 'CompleteCommit', partitions: [] })]))).toEqual(NOTHING)
    expect(judge(cluster(behind(known([open(1000)])), []))).toEqual(NOTHING)
  })
})

describe('hanging-transaction', () => {
  it('is silent where the last stable offset is at the end, where nobody of the project reads or writes, and without a cluster', () => {
    expect(judge(stagedCluster())).toEqual(NOTHING)
    const elsewhere = consumer({ cluster: 'other.example.org:9092' })
    expect(judge(cluster(behind(known([open(60 * MINUTE)])), []), [elsewhere])).toEqual(NOTHING)
    expect(judged(rule, stagedCluster({ topics: complete([behind(undefined)]) }), [])).toEqual(NOTHING)
    expect(run(rule, [billing()])).toEqual(NOTHING)
  })

  it('looks at topics in which groups of the project stand, whatever they are called in code', () => {
    const unknown = billing('earliest', { topics: { kind: 'unknown', reason: 'a parameter' } })
    const { findings } = judge(cluster(behind(known([open(60 * MINUTE)])), []), [unknown])
    expect(findings).toMatchObject([{ severity: 'error', related: [{ label: expect.stringContaining('group of') }] }])
  })

  it('tells of a topic that is only written', () => {
    const none = stagedGroup('billing', { offsets: known([]) })
    const { findings } = judge(cluster(behind(known([open(60 * MINUTE)])), [], { groups: complete([none]) }), [shop()])
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).not.toContain('wait')
  })

  it.each([
    [{ state: 'denied', needs: 'Read on Topic orders' }, 'needs Read on Topic orders'],
    [{ state: 'absent', reason: 'its leader does not describe producers' }, 'does not describe producers'],
    [undefined, 'was not asked'],
  ] as const)('is not evaluated where nobody tells who holds it back', (asked, reason) => {
    const { findings, missing } = judge(cluster(behind(asked), []))
    expect(findings).toEqual([])
    expect(missing).toMatchObject([
      { need: 'cluster.transactions', subject: { id: 'orders' }, reason: expect.stringContaining(reason) },
    ])
  })

  it('is not evaluated where the offsets are not known', () => {
    const denied = { state: 'denied', needs: 'Describe on Topic orders' } as const
    const topic = stagedTopic('orders', { partition: { offsets: denied } })
    expect(judge(cluster(topic, [])).missing).toMatchObject([{ need: 'cluster.offsets' }])
  })
})
