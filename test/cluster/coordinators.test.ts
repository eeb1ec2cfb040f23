import { expect, it } from 'vitest'
import type { Cluster } from '../kafka/cluster.ts'
import { describeKafka } from '../kafka/describe-kafka.ts'
import { commitOffsets, createTopic, openTransaction } from '../kafka/traffic.ts'
import { auditAgainst, found, persistently, until } from './audited.ts'
import { consumerProject, producerProject } from './projects.ts'

const at = (bootstrap: readonly string[]) => ['--bootstrap-server', bootstrap.join(',')]

/** A consumer whose topics only its environment knows, so that nothing but its coordinator matters. */
const consumerOf = (cluster: Cluster, group = 'billing') => consumerProject({ bootstrap: cluster.bootstrap, group })
const transactional = (cluster: Cluster) => producerProject({ bootstrap: cluster.bootstrap, transactionalId: 'ledger' })

/** With eligible leader replicas (KIP-966, on for new clusters since 4.1) a broker's own minimum counts for nothing, and a cluster-wide one does. */
const WITHOUT_ELR = ['--feature', 'eligible.leader.replicas.version=0']

/** Makes `__consumer_offsets`, by a commit in a topic of one replica. */
async function withOffsets(cluster: Cluster): Promise<void> {
  await createTopic(cluster.bootstrap, 'any')
  await persistently(() => commitOffsets(cluster.bootstrap, 'billing', 'any', { 0: 0 }))
}

describeKafka(
  'offsets with one replica',
  { brokers: 3, brokerConfig: { 'offsets.topic.replication.factor': '1', 'offsets.retention.minutes': '60' } },
  (cluster) => {
    it('are told, and an empty group that will soon have none', async () => {
      await withOffsets(cluster())
      const audited = await auditAgainst(consumerOf(cluster()), at(cluster().bootstrap))
      expect(found(audited)).toEqual([
        'warning not-coordinator-risk topic __consumer_offsets',
        'warning offsets-expire group billing',
      ])
      expect(audited.report.findings[0]?.message).toContain('has one replica only')
      expect(audited.code).toBe(0)
    })
  },
)

describeKafka(
  'more replicas asked for than there are brokers',
  { brokers: 3, brokerConfig: { 'offsets.topic.replication.factor': '4' } },
  (cluster) => {
    it('is told, and asking does not make the topic', async () => {
      const audited = await auditAgainst(consumerOf(cluster()), at(cluster().bootstrap))
      expect(found(audited)).toEqual(['error not-coordinator-risk topic __consumer_offsets'])
      expect(audited.report.findings[0]?.message).toContain('`offsets.topic.replication.factor` is 4, and there are 3 brokers')
      expect(audited.report.cluster?.requests?.map(({ api }) => api)).not.toContain('FindCoordinator')
    })
  },
)

describeKafka(
  'a minimum that reaches the offsets',
  { brokers: 3, brokerConfig: { 'offsets.topic.replication.factor': '1', 'min.insync.replicas': '2' }, format: WITHOUT_ELR },
  (cluster) => {
    it('is told', async () => {
      await createTopic(cluster().bootstrap, 'any')
      // the commit can never be written; what makes the topic is that somebody asks for the coordinator
      await commitOffsets(cluster().bootstrap, 'billing', 'any', { 0: 0 }).catch(() => undefined)
      await until(async () => {
        const { report } = await auditAgainst(consumerOf(cluster()), at(cluster().bootstrap))
        return report.findings.length > 0
      })
      const audited = await auditAgainst(consumerOf(cluster()), at(cluster().bootstrap))
      expect(found(audited)).toEqual(['error not-coordinator-risk topic __consumer_offsets'])
      expect(audited.report.findings[0]?.message).toContain('min.insync.replicas asks for 2')
    })
  },
)

describeKafka(
  'a broker that advertises a dead port',
  { brokers: 3, advertise: (broker) => (broker.id === 2 ? '127.0.0.1:1' : `${broker.host}:${broker.port}`) },
  (cluster) => {
    it('is told, and leaves the audit incomplete', async () => {
      const audited = await auditAgainst(consumerOf(cluster()), at(cluster().bootstrap))
      expect(found(audited)).toEqual(['warning not-coordinator-risk broker 2'])
      expect(audited.report.complete).toBe(false)
      expect(audited.code).toBe(3)
      expect(audited.report.cluster?.problems).toMatchObject([
        { about: 'broker 2', reason: expect.stringContaining('127.0.0.1:1 refuses') },
      ])
    })
  },
)

describeKafka(
  'two brokers that advertise one address',
  { brokers: 3, advertise: (broker, brokers) => `127.0.0.1:${(broker.id === 2 ? brokers[0] : broker)?.port}` },
  (cluster) => {
    it('are told', async () => {
      const audited = await auditAgainst(consumerOf(cluster()), at(cluster().bootstrap))
      expect(found(audited)).toEqual(['error not-coordinator-risk broker 1,2'])
      expect(audited.code).toBe(1)
    })
  },
)

describeKafka('brokers that die', { brokers: 3 }, (cluster) => {
  it('are told one by one, and never pass for a sound cluster', async () => {
    const { bootstrap, brokers } = cluster()
    await withOffsets(cluster())
    await persistently(() => openTransaction(bootstrap, { topic: 'any', transactionalId: 'ledger' })).then((open) =>
      open.commit(),
    )
    const sound = await auditAgainst(transactional(cluster()), at(bootstrap))
    expect(found(sound)).toEqual([])
    expect(sound.code).toBe(0)

    await brokers[2]?.kill()
    const silent = await auditAgainst(transactional(cluster()), at(bootstrap))
    expect(silent.code).toBe(3)
    expect(silent.report.cluster?.problems[0]?.about).toBe('broker 3')
    expect(silent.ms).toBeLessThan(10_000)

    await cluster().untilRegistered([1, 2])
    await until(async () => found(await auditAgainst(transactional(cluster()), at(bootstrap))).length > 0)
    const noMargin = await auditAgainst(transactional(cluster()), at(bootstrap))
    expect(found(noMargin)).toEqual(['warning not-coordinator-risk topic __transaction_state'])
    expect(noMargin.report.findings[0]?.message).toContain('one broker less')
    expect(noMargin.code).toBe(0)
    expect((await auditAgainst(transactional(cluster()), at(bootstrap), ['--fail-on', 'warning'])).code).toBe(1)

    await brokers[1]?.kill()
    await cluster().untilRegistered([1])
    await until(async () => (await auditAgainst(transactional(cluster()), at(bootstrap))).report.summary.findings.error > 0)
    const under = await auditAgainst(transactional(cluster()), at(bootstrap))
    expect(found(under)).toEqual(['error not-coordinator-risk topic __transaction_state'])
    expect(under.report.findings[0]?.message).toContain('fewer in-sync replicas than min.insync.replicas=2')
    expect(under.code).toBe(1)

    await brokers[0]?.kill()
    const gone = await auditAgainst(transactional(cluster()), at(bootstrap), ['--timeout', '5s'])
    expect(gone.code).toBe(3)
    expect(gone.report.cluster?.problems).toHaveLength(3)
    expect(gone.ms).toBeLessThan(7000)
  }, 120_000)

  it('frozen ones are waited for no longer than the deadline', async () => {
    const { bootstrap, brokers } = cluster()
    await brokers[0]?.start().catch(() => undefined)
    brokers[0]?.freeze()
    const frozen = await auditAgainst(transactional(cluster()), at(bootstrap), ['--timeout', '3s'])
    expect(frozen.code).toBe(3)
    expect(frozen.ms).toBeLessThan(5000)
    brokers[0]?.thaw()
  }, 60_000)
})
