import { expect, it } from 'vitest'
import { auditAgainst, found, persistently } from '../../cluster/audited.ts'
import { consumerProject, producerProject } from '../../cluster/projects.ts'
import { describeKafka } from '../../kafka/describe-kafka.ts'
import { LAST_OF_3, NEWEST } from '../../kafka/libraries.ts'
import { commitOffsets, createTopic, openTransaction, produce, withAdmin } from '../../kafka/traffic.ts'

/** The last release of each line that users run, besides the newest. */
for (const version of [LAST_OF_3, '4.0.2', '4.1.2', NEWEST])
  describeKafka(`Kafka ${version}`, { brokers: 3, version }, (cluster) => {
    const at = () => ['--bootstrap-server', cluster().bootstrap.join(',')]

    it('is looked at in full, and its faults are found', async () => {
      const { bootstrap } = cluster()
      await createTopic(bootstrap, 'orders', { partitions: 3, copies: 3, config: { 'min.insync.replicas': '2' } })
      await produce(bootstrap, 'orders', 60)
      await persistently(() => commitOffsets(bootstrap, 'billing', 'orders', { 0: 1, 1: 1, 2: 1 }))
      const project = {
        ...consumerProject({ bootstrap, group: 'billing', topics: ['orders'] }),
        ...producerProject({ bootstrap, topic: 'orders', transactionalId: 'ledger' }),
      }
      const open = await persistently(() => openTransaction(bootstrap, { topic: 'orders', transactionalId: 'ledger' }))
      const sound = await auditAgainst(project, at())
      expect(found(sound).filter((one) => !one.startsWith('info'))).toEqual([])
      expect(sound.report.complete).toBe(true)
      expect(sound.report.notEvaluated.filter(({ need }) => need.startsWith('cluster.'))).toEqual([])

      const old = await auditAgainst(project, at(), [], 120_000)
      expect(found(old)).toEqual(['warning hanging-transaction transactional-id ledger'])
      await open.commit()

      await withAdmin(bootstrap, async (admin) => {
        await admin.fetchTopicMetadata({ topics: ['orders'] })
        const partitions = [0, 1, 2].map((partition) => ({ partition, offset: '2' }))
        await admin.deleteTopicRecords({ topic: 'orders', partitions })
      })
      expect(found(await auditAgainst(project, at()))).toEqual(['error offsets-lost group billing'])
    }, 120_000)
  })
