import { expect, test } from 'vitest'
import { startCluster } from '../../kafka/cluster.ts'
import { describeKafka } from '../../kafka/describe-kafka.ts'
import { joinGroup } from '../../kafka/group-member.ts'
import { kafkaLibraries, LAST_OF_3 } from '../../kafka/libraries.ts'
import { freePorts } from '../../kafka/ports.ts'
import { commitOffsets, createTopic, openTransaction, produce, runConsumer, withAdmin } from '../../kafka/traffic.ts'

describeKafka('three brokers that can be frozen', { brokers: 3 }, (cluster) => {
  test('a frozen one leaves the metadata, and comes back', async () => {
    const last = cluster().brokers[2]!
    last.freeze()
    await cluster().untilRegistered([1, 2])
    last.thaw()
    await cluster().untilRegistered([1, 2, 3])
  })

  test('brokers stay without their controller', async () => {
    const { controller } = cluster()
    await controller.kill()
    expect(await cluster().registered()).toEqual([1, 2, 3])
    await controller.start()
    await createTopic(cluster().bootstrap, 'later')
  })

  test('a partition has no leader while its copies are gone', async () => {
    const [first, second] = cluster().brokers
    await createTopic(cluster().bootstrap, 'two', { replicas: [[1, 2]] })
    await createTopic(cluster().bootstrap, 'one', { replicas: [[2]] })
    await first!.stop()
    await second!.kill()
    await cluster().untilRegistered([3])
    const leaderOf = (topic: string) =>
      withAdmin({ brokers: [cluster().bootstrap[2]!], logLevel: 0, retry: { retries: 0 } }, async (admin) => {
        const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
        return topics[0]?.partitions[0]?.leader
      })
    await expect(leaderOf('one')).rejects.toThrow(/no leader/)
    await first!.start()
    await second!.start()
    await expect.poll(() => leaderOf('two').catch(() => undefined), { timeout: 10_000 }).toBe(2)
  })
})

test('a broker that cannot start says why', async () => {
  if ('reason' in kafkaLibraries()) return
  await expect(startCluster({ brokerConfig: { 'log.retention.ms': 'long' } })).rejects.toThrow(/log\.retention\.ms/)
})

const [deadPort] = await freePorts(1)
describeKafka(
  'an address that nobody answers',
  { brokers: 3, advertise: ({ id, host, port }) => (id === 2 ? `127.0.0.1:${deadPort}` : `${host}:${port}`) },
  (cluster) => {
    test('is what clients are told', async () => {
      const { brokers } = await withAdmin(cluster().bootstrap, (admin) => admin.describeCluster())
      expect(brokers.find(({ nodeId }) => nodeId === 2)?.port).toBe(deadPort)
      await createTopic(cluster().bootstrap, 'copied', { copies: 3 })
      await expect.poll(() => cluster().registered()).toEqual([1, 2, 3])
    })
  },
)

describeKafka(
  'two brokers with one address',
  { brokers: 3, advertise: ({ id }, [first, , third]) => `127.0.0.1:${(id === 3 ? third : first)!.port}` },
  (cluster) => {
    test('are told so to clients', async () => {
      const { brokers } = await withAdmin(cluster().bootstrap, (admin) => admin.describeCluster())
      expect(new Set(brokers.map(({ port }) => port)).size).toBe(2)
      expect(brokers).toHaveLength(3)
    })
  },
)

for (const version of [undefined, LAST_OF_3])
  describeKafka(`traffic of Kafka ${version ?? 'as it is new'}`, { version }, (cluster) => {
    test('offsets are committed, and a group has a member', async () => {
      const target = cluster().bootstrap
      await createTopic(target, 'orders', { partitions: 2 })
      await produce(target, 'orders', 10)
      await commitOffsets(target, 'idle', 'orders', { 0: 1 })
      const reader = await runConsumer(target, 'busy', ['orders'])
      await expect.poll(() => reader.count, { timeout: 20_000 }).toBe(10)
      await withAdmin(target, async (admin) => {
        const [idle] = await admin.fetchOffsets({ groupId: 'idle', topics: ['orders'] })
        expect(idle?.partitions.map(({ offset }) => offset).sort()).toEqual(['-1', '1'])
        const { groups } = await admin.describeGroups(['busy', 'idle'])
        expect(groups.map(({ state, members }) => `${state} ${members.length}`).sort()).toEqual(['Empty 0', 'Stable 1'])
      })
      await reader.stop()
    })

    test('the last stable offset stays before an open transaction', async () => {
      const target = cluster().bootstrap
      await createTopic(target, 'payments')
      // kafkajs asks for it as one that reads committed
      const lastStable = () => withAdmin(target, async (admin) => (await admin.fetchTopicOffsets('payments'))[0]?.high)
      const open = await openTransaction(target, { topic: 'payments', transactionalId: 'payer', count: 3 })
      expect(await lastStable()).toBe('0')
      const reader = await runConsumer(target, 'uncommitted', ['payments'], { readUncommitted: true })
      await expect.poll(() => reader.count, { timeout: 20_000 }).toBe(3)
      await reader.stop()
      await open.commit()
      await expect.poll(lastStable).toBe('4')
    })
  })

describeKafka('groups that kafkajs does not speak', {}, (cluster) => {
  test.each(['consumer', 'classic', 'share'] as const)('%s', async (kind) => {
    const target = cluster().bootstrap
    await createTopic(target, kind, { partitions: 2 })
    const clientProperties = cluster().clientProperties()
    const member = await joinGroup({ kind, group: `group-${kind}`, topics: [kind], clientProperties })
    expect(member.assigned).toEqual(kind === 'share' ? [] : [`${kind}-0`, `${kind}-1`])
    const { groups } = await withAdmin(target, (admin) => admin.listGroups())
    expect(groups.map(({ groupId }) => groupId)).toContain(`group-${kind}`)
    await member.stop()
  })
})
