import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeBroker, describeKafka } from './describe-kafka.ts'
import { createTopic, withAdmin } from './traffic.ts'

describeBroker('one broker', (bootstrap) => {
  test('has the topic that was created', async () => {
    const topic = `created-${process.pid}`
    await createTopic(bootstrap(), topic, { partitions: 2 })
    await withAdmin(bootstrap(), async (admin) => {
      expect(await admin.listTopics()).toContain(topic)
      await admin.deleteTopics({ topics: [topic] })
    })
  })
})

describeKafka('three brokers', { brokers: 3 }, (cluster) => {
  const idsByClient = () =>
    withAdmin([cluster().bootstrap[1]!], async (admin) =>
      (await admin.describeCluster()).brokers.map(({ nodeId }) => nodeId).sort(),
    )

  test('one that is killed leaves the metadata, and comes back', async () => {
    const [first] = cluster().brokers
    expect(await idsByClient()).toEqual([1, 2, 3])
    await first!.kill()
    expect(first!.pid).toBeUndefined()
    await cluster().untilRegistered([2, 3])
    expect(await idsByClient()).toEqual([2, 3])
    await first!.start()
    expect(await idsByClient()).toEqual([1, 2, 3])
  })

  test('closing leaves nothing', async () => {
    const { folder, brokers, controller } = cluster()
    const pids = [...brokers, controller].map(({ pid }) => pid!)
    expect(pids.every(isAlive)).toBe(true)
    await cluster().close()
    expect(pids.some(isAlive)).toBe(false)
    expect(existsSync(folder)).toBe(false)
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
