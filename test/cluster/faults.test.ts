import { expect, it } from 'vitest'
import { describeKafka } from '../kafka/describe-kafka.ts'
import { joinGroup } from '../kafka/group-member.ts'
import { commitOffsets, createTopic, openTransaction, produce, runConsumer, withAdmin } from '../kafka/traffic.ts'
import { auditAgainst, found, persistently, until } from './audited.ts'
import { consumerProject, producerProject } from './projects.ts'

const SAFE = { partitions: 3, copies: 3, config: { 'min.insync.replicas': '2' } }
const at = (bootstrap: readonly string[]) => ['--bootstrap-server', bootstrap.join(',')]

describeKafka('three brokers with a margin', { brokers: 3 }, (cluster) => {
  const target = () => cluster().bootstrap

  it('give nothing to a project that is right', async () => {
    await createTopic(target(), 'orders', SAFE)
    await produce(target(), 'orders', 30)
    const member = await persistently(() => runConsumer(target(), 'billing', ['orders']))
    try {
      const audited = await auditAgainst(
        {
          ...consumerProject({ bootstrap: target(), group: 'billing', topics: ['orders'] }),
          ...producerProject({ bootstrap: target(), topic: 'orders' }),
        },
        at(target()),
      )
      expect(found(audited)).toEqual([])
      expect(audited.report.notEvaluated).toEqual([])
      expect(audited.code).toBe(0)
      expect(audited.report.cluster?.brokers.map(({ reach }) => reach.kind)).toEqual(['itself', 'itself', 'itself'])
    } finally {
      await member.stop()
    }
  })

  it('hold a group with offsets below the start of the log', async () => {
    await createTopic(target(), 'deleted', { ...SAFE, partitions: 1 })
    await produce(target(), 'deleted', 20)
    await commitOffsets(target(), 'late', 'deleted', { 0: 5 })
    await withAdmin(target(), async (admin) => {
      await admin.fetchTopicMetadata({ topics: ['deleted'] })
      await admin.deleteTopicRecords({ topic: 'deleted', partitions: [{ partition: 0, offset: '15' }] })
    })
    const audited = await auditAgainst(consumerProject({ bootstrap: target(), group: 'late', topics: ['deleted'] }), at(target()))
    expect(found(audited)).toEqual(['error offsets-lost group late'])
    expect(audited.report.findings[0]?.message).toContain('has lost 10 messages of `deleted`')
    expect(audited.code).toBe(1)
  })

  it('hold a group that is about to lose what it has not read', async () => {
    await createTopic(target(), 'short', {
      ...SAFE,
      partitions: 1,
      config: { 'min.insync.replicas': '2', 'retention.ms': '1800000' },
    })
    await produce(target(), 'short', 20)
    await commitOffsets(target(), 'slow', 'short', { 0: 5 })
    const audited = await auditAgainst(consumerProject({ bootstrap: target(), group: 'slow', topics: ['short'] }), at(target()))
    expect(found(audited)).toEqual(['error retention-overtakes-lag group slow'])
    expect(audited.report.findings[0]?.message).toContain('loses 15 messages of `short` within 1 hour')
  })

  it('hold a partition that a group has no offset in', async () => {
    await createTopic(target(), 'grown', { ...SAFE, partitions: 1 })
    await produce(target(), 'grown', 5)
    await commitOffsets(target(), 'early', 'grown', { 0: 5 })
    await withAdmin(target(), (admin) => admin.createPartitions({ topicPartitions: [{ topic: 'grown', count: 2 }] }))
    await produce(target(), 'grown', 40)
    const project = consumerProject({ bootstrap: target(), group: 'early', topics: ['grown'], reset: 'latest' })
    const audited = await auditAgainst(project, at(target()), ['--ignore', 'offset-reset'])
    expect(found(audited)).toEqual(['warning group-without-commits group early'])
  })

  it('hold a transaction that is left open', async () => {
    await createTopic(target(), 'ledger', { ...SAFE, partitions: 1 })
    const open = await openTransaction(target(), { topic: 'ledger', transactionalId: 'ledger-1' })
    try {
      const project = consumerProject({ bootstrap: target(), group: 'accounts', topics: ['ledger'] })
      const young = await auditAgainst(project, at(target()))
      expect(found(young)).toEqual([])
      const old = await auditAgainst(project, at(target()), [], 120_000)
      expect(found(old)).toEqual(['warning hanging-transaction transactional-id ledger-1'])
      const overdue = await auditAgainst(project, at(target()), [], 1_200_000)
      expect(found(overdue)).toEqual(['error hanging-transaction transactional-id ledger-1'])
    } finally {
      await open.abandon()
    }
  })

  it('hold a reader of what others write in transactions', async () => {
    await createTopic(target(), 'accounts', { ...SAFE, partitions: 1 })
    const open = await openTransaction(target(), { topic: 'accounts', transactionalId: 'bank' })
    try {
      const careless = { reset: 'earliest', isolation: 'read_uncommitted' } as const
      const project = consumerProject({ bootstrap: target(), group: 'teller', topics: ['accounts'], ...careless })
      const audited = await auditAgainst(project, at(target()))
      expect(found(audited)).toEqual(['warning read-uncommitted client Consumer in worker'])
      expect(audited.report.findings[0]?.message).toContain('transactional id `bank` writes accounts in transactions')
    } finally {
      await open.abandon()
    }
  })

  it('hold a group that another application uses', async () => {
    await createTopic(target(), 'parcels', SAFE)
    await createTopic(target(), 'letters', SAFE)
    const ours = await persistently(() => runConsumer(target(), 'post', ['letters']))
    const theirs = await persistently(() => runConsumer(target(), 'post', ['letters', 'parcels']))
    try {
      const project = consumerProject({ bootstrap: target(), group: 'post', topics: ['letters'] })
      const sees = async () => found(await auditAgainst(project, at(target()))).includes('error group-shared group post')
      await until(sees, 30_000)
    } finally {
      await Promise.all([ours.stop(), theirs.stop()])
    }
  })

  it('hold a topic with unclean election', async () => {
    await createTopic(target(), 'metrics', {
      ...SAFE,
      config: { 'min.insync.replicas': '2', 'unclean.leader.election.enable': 'true' },
    })
    const audited = await auditAgainst(producerProject({ bootstrap: target(), topic: 'metrics' }), at(target()))
    expect(found(audited)).toEqual(['error unclean-election topic metrics'])
  })

  it('hold a topic with a minimum that no broker may be missing from', async () => {
    await createTopic(target(), 'tight', { ...SAFE, config: { 'min.insync.replicas': '3' } })
    const audited = await auditAgainst(producerProject({ bootstrap: target(), topic: 'tight' }), at(target()))
    expect(found(audited)).toEqual(['warning replication-below-acks topic tight'])
  })

  it('describe a group of the new protocol beside a classic one', async () => {
    await createTopic(target(), 'both', { ...SAFE, partitions: 2 })
    const clientProperties = cluster().clientProperties()
    const modern = await joinGroup({ kind: 'consumer', group: 'modern', topics: ['both'], clientProperties })
    const classic = await joinGroup({ kind: 'classic', group: 'classic', topics: ['both'], clientProperties })
    try {
      for (const group of ['modern', 'classic']) {
        await produce(target(), 'both', 10)
        await auditAgainst(consumerProject({ bootstrap: target(), group, topics: ['both'] }), at(target())).then((audited) => {
          expect(audited.report.notEvaluated).toEqual([])
          expect(found(audited)).toEqual([])
        })
      }
    } finally {
      await Promise.all([modern.stop(), classic.stop()])
    }
  })
})

describeKafka(
  'brokers that let transactions last ten seconds',
  { brokerConfig: { 'transaction.max.timeout.ms': '10000' } },
  (cluster) => {
    it('refuse a producer that asks for the usual minute', async () => {
      const { bootstrap } = cluster()
      await createTopic(bootstrap, 'orders')
      const project = producerProject({ bootstrap, topic: 'orders', transactionalId: 'ledger' })
      const audited = await auditAgainst(project, at(bootstrap), ['--select', 'transaction-timeout'])
      expect(found(audited)).toEqual(['error transaction-timeout client Producer in publisher'])
      expect(audited.report.findings[0]?.confidence).toBe('high')
      await expect(openTransaction(bootstrap, { topic: 'orders', transactionalId: 'ledger', timeoutMs: 60_000 })).rejects.toThrow(
        /timeout/i,
      )
    })
  },
)
