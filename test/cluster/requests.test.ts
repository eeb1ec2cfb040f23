import { beforeAll, expect, it } from 'vitest'
import { describeKafka } from '../kafka/describe-kafka.ts'
import { commitOffsets, createTopic } from '../kafka/traffic.ts'
import { auditAgainst, persistently } from './audited.ts'
import { consumerProject } from './projects.ts'

describeKafka('the number of requests', { brokers: 3 }, (cluster) => {
  const topics = async (from: number, to: number) => {
    for (let i = from; i < to; i++) await createTopic(cluster().bootstrap, `topic-${i}`, { partitions: 3, copies: 1 })
  }
  const groups = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, i) =>
        persistently(() => commitOffsets(cluster().bootstrap, `group-${from + i}`, `topic-${i % 5}`, { 0: 0 })),
      ),
    )
  const counted = async () => {
    const project = consumerProject({ bootstrap: cluster().bootstrap, group: 'group-1', topics: ['topic-1'] })
    const { report } = await auditAgainst(project, ['--bootstrap-server', cluster().bootstrap.join(',')])
    expect(report.cluster?.problems).toEqual([])
    return (report.cluster?.requests ?? []).reduce((sum, { count }) => sum + count, 0)
  }

  beforeAll(async () => {
    await topics(0, 5)
    await groups(0, 5)
  }, 60_000)

  it('grows with brokers, not with topics or groups', async () => {
    const few = await counted()
    await topics(5, 25)
    await groups(5, 20)
    expect(await counted()).toBe(few)
    // to each of three brokers: its versions (twice where it is an address that was named too), its settings, its groups and transactions,
    // descriptions and offsets of its groups, three kinds of offsets of what it leads; to one: topics twice, settings of topics, ACLs and
    // a coordinator of each kind
    expect(few).toBeLessThanOrEqual(3 * 10 + 6)
  }, 120_000)
})
