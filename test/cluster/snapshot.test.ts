import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parseSnapshot, snapshotJsonSchema, writeSnapshot } from '../../src/cluster/snapshot.ts'
import type { Report } from '../../src/engine/report.ts'
import { stagedCluster } from '../../src/rule/staged.ts'
import { folderWith, run } from '../cli/run.ts'
import { describeKafka } from '../kafka/describe-kafka.ts'
import { commitOffsets, createTopic, produce } from '../kafka/traffic.ts'
import { persistently } from './audited.ts'
import { consumerProject, producerProject } from './projects.ts'

const isSnapshot = new Ajv2020({ strict: false }).compile(snapshotJsonSchema() as object)

it('is read as it was written, and is what its schema says', () => {
  const facts = stagedCluster()
  const text = writeSnapshot(facts)
  expect(parseSnapshot(text, 'cluster.json')).toEqual(facts)
  expect(isSnapshot(JSON.parse(text))).toBe(true)
})

describe('a file that is none', () => {
  it.each([
    ['no JSON', 'hello', 'cluster.json is no JSON'],
    ['another JSON', '{"a": 1}', 'cluster.json is no snapshot of this version'],
    ['another version', writeSnapshot({ ...stagedCluster(), schemaVersion: 2 as unknown as 1 }), 'schemaVersion'],
  ])('%s is told with what to do, and ends with 2', async (_name, text, message) => {
    const folder = folderWith({ 'cluster.json': text })
    const { code, err } = await run(folder, ['audit', '.', '--cluster-snapshot', 'cluster.json'])
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(err).toContain('semcheck snapshot')
  })
})

describeKafka('a snapshot of a real cluster', { brokers: 3, security: 'scram' }, (cluster) => {
  it('gives the findings that the cluster itself gives, and no secret', async () => {
    const admin = cluster().kafkaJs()
    await createTopic(admin, 'orders', { partitions: 2, copies: 1 })
    await produce(admin, 'orders', 20)
    await persistently(() => commitOffsets(admin, 'billing', 'orders', { 0: 1 }))
    const { bootstrap } = cluster()
    const folder = folderWith({
      ...consumerProject({ bootstrap, group: 'billing', topics: ['orders'], reset: 'latest' }),
      ...producerProject({ bootstrap, topic: 'orders', transactionalId: 'ledger' }),
    })
    const now = { now: new Date(), clock: () => performance.now() }
    const connection = ['--cluster', cluster().clientProperties()]
    expect(await run(folder, ['snapshot', '.', ...connection, '-o', 'cluster.json'], now)).toMatchObject({
      code: 0,
      out: '',
      err: '',
    })
    const live = await run(folder, ['audit', '.', ...connection, '-f', 'json'], now)
    const offline = await run(folder, ['audit', '.', '--cluster-snapshot', 'cluster.json', '-f', 'json'], now)
    expect(JSON.parse(offline.out) as Report).toEqual(JSON.parse(live.out))
    expect((JSON.parse(offline.out) as Report).findings.map(({ rule }) => rule)).toContain('replication-below-acks')
    expect(offline.code).toBe(live.code)
    const text = readFileSync(join(folder, 'cluster.json'), 'utf8')
    expect(isSnapshot(JSON.parse(text))).toBe(true)
    for (const secret of ['admin-secret', 'KAFKA_PASSWORD']) expect(text).not.toContain(secret)
  })
})
