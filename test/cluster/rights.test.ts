import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeKafka } from '../kafka/describe-kafka.ts'
import { commitOffsets, createTopic, openTransaction, produce, withAdmin } from '../kafka/traffic.ts'
import { auditAgainst, found, persistently } from './audited.ts'
import { consumerProject, producerProject } from './projects.ts'

interface Grant {
  readonly principal: string
  readonly resource: 'cluster' | 'topic' | 'group' | 'transactional-id'
  readonly name: string
  readonly operations: readonly string[]
}

/** The commands that the README tells to run, as they stand there. */
function grantsOfReadme(): readonly Grant[] {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const block = /<!-- acls -->([\s\S]*?)<!-- \/acls -->/.exec(readme)?.[1] ?? ''
  return block
    .split('\n')
    .filter((line) => line.startsWith('kafka-acls.sh'))
    .map((line) => {
      const operations = [...line.matchAll(/--operation (\w+)/g)].map(([, name]) => name as string)
      const [, resource, name] = /--(cluster|topic|group|transactional-id)(?: '([^']*)')?$/.exec(line) ?? []
      const principal = /--allow-principal (\S+)/.exec(line)?.[1] ?? ''
      return { principal, resource: resource as Grant['resource'], name: name ?? 'kafka-cluster', operations }
    })
}

const RESOURCES = {
  cluster: AclResourceTypes.CLUSTER,
  topic: AclResourceTypes.TOPIC,
  group: AclResourceTypes.GROUP,
  'transactional-id': AclResourceTypes.TRANSACTIONAL_ID,
}
const OPERATIONS: Readonly<Record<string, AclOperationTypes>> = {
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
}

function aclsOf(grants: readonly Grant[]) {
  return grants.flatMap(({ principal, resource, name, operations }) =>
    operations.map((operation) => ({
      resourceType: RESOURCES[resource],
      resourceName: name,
      resourcePatternType: ResourcePatternTypes.LITERAL,
      principal,
      host: '*',
      operation: OPERATIONS[operation] as AclOperationTypes,
      permissionType: AclPermissionTypes.ALLOW,
    })),
  )
}

const USERS = ['semcheck', 'nobody', 'topics-only', 'worker'].map((name) => ({ name, password: `${name}-secret` }))

it('the README grants five things', () => {
  expect(grantsOfReadme()).toHaveLength(5)
  for (const { principal, operations, resource } of grantsOfReadme()) {
    expect(principal).toBe('User:semcheck')
    expect(operations.every((operation) => operation in OPERATIONS && resource in RESOURCES)).toBe(true)
  }
})

describeKafka('a cluster with ACLs', { brokers: 3, security: 'scram', users: USERS }, (cluster) => {
  const project = (user?: string) => ({
    ...consumerProject({ bootstrap: cluster().bootstrap, group: 'billing', topics: ['orders'], ...(user ? { user } : {}) }),
    ...producerProject({ bootstrap: cluster().bootstrap, topic: 'orders', transactionalId: 'ledger', ...(user ? { user } : {}) }),
  })
  const as = (user: string) => ['--cluster', cluster().clientProperties(user)]

  beforeAll(async () => {
    const admin = cluster().kafkaJs()
    const orders = { partitions: 3, copies: 3, config: { 'min.insync.replicas': '2' } }
    await createTopic(admin, 'orders', orders)
    await produce(admin, 'orders', 30)
    await persistently(() => commitOffsets(admin, 'billing', 'orders', { 0: 1, 1: 1, 2: 1 }))
    const open = await persistently(() => openTransaction(admin, { topic: 'orders', transactionalId: 'ledger' }))
    await open.commit()
    const topicsOnly: readonly Grant[] = [
      {
        principal: 'User:topics-only',
        resource: 'topic',
        name: '*',
        operations: ['Describe', 'DescribeConfigs', 'Read', 'Write'],
      },
      { principal: 'User:topics-only', resource: 'cluster', name: 'kafka-cluster', operations: ['Describe', 'DescribeConfigs'] },
    ]
    await withAdmin(admin, (a) => a.createAcls({ acl: aclsOf([...grantsOfReadme(), ...topicsOnly]) }))
  }, 60_000)

  it('is judged in full with the rights that the README grants', async () => {
    const audited = await auditAgainst(project(), as('semcheck'))
    expect(audited.report.complete).toBe(true)
    expect(audited.report.cluster?.principal).toBe('User:semcheck')
    expect(audited.report.notEvaluated.filter(({ need }) => need.startsWith('cluster.') && need !== 'cluster.acls')).toEqual([])
    expect(found(audited).filter((one) => !one.includes('acl-insufficient'))).toEqual([])
    expect(audited.code).toBe(0)
  })

  describe('whose clients lack rights', () => {
    const lacking = async (user: string, auditor: string) => {
      const { report } = await auditAgainst(project(user), as(auditor))
      return report.findings.filter(({ rule }) => rule === 'acl-insufficient')
    }

    it('says so by its ACLs', async () => {
      const findings = await lacking('worker', 'semcheck')
      expect(findings.map(({ severity, confidence }) => `${severity} ${confidence}`)).toEqual([
        'warning medium',
        'warning medium',
      ])
      expect(findings.map(({ message }) => message.replace(/^.* lacks /, '')).sort()).toEqual([
        'Read on topic `orders` and Read on group `billing`',
        'Write on topic `orders` and Write on transactional id `ledger`',
      ])
    })

    it('tells them themselves', async () => {
      const findings = await lacking('worker', 'worker')
      expect(findings.map(({ severity, confidence }) => `${severity} ${confidence}`)).toEqual(['error high', 'error high'])
    })

    it('says nothing of those that have them', async () => {
      expect(await lacking('admin', 'admin')).toEqual([])
      const findings = await lacking('topics-only', 'semcheck')
      expect(findings.map(({ message }) => message.replace(/^.* lacks /, '')).sort()).toEqual([
        'Read on group `billing`',
        'Write on transactional id `ledger`',
      ])
    })
  })

  describe('without a right', () => {
    it('to describe groups, says which one, and still judges the rest', async () => {
      const audited = await auditAgainst(project(), as('topics-only'))
      const groups = audited.report.notEvaluated.filter(({ subject }) => subject.kind === 'group')
      expect(groups.length).toBeGreaterThan(0)
      for (const { reason } of groups) expect(reason).toContain('Describe on Group billing')
      expect(audited.report.complete).toBe(true)
    })

    it('at all, passes nothing', async () => {
      const audited = await auditAgainst(project(), as('nobody'))
      const topics = audited.report.notEvaluated.filter(({ subject }) => subject.id === 'orders')
      expect(topics.length).toBeGreaterThan(0)
      expect(audited.report.cluster?.topics.complete).toBe(false)
    })
  })
})
