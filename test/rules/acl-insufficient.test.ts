import { describe, expect, it } from 'vitest'
import rule from '../../rules/acl-insufficient.ts'
import type { AclEntry, ClusterFacts, Transaction } from '../../src/model/cluster.ts'
import type { Client } from '../../src/model/facts.ts'
import type { DeclaredSetting } from '../../src/model/setting.ts'
import { allow, complete, configs, stagedBroker, stagedCluster, stagedGroup, stagedTopic } from '../../src/rule/staged.ts'
import { judged, NOTHING, STAGED } from './cluster-clients.ts'
import { at, byDefault, consumer, explicit, producer, run, type VariantOptions } from './facts.ts'

const user = (name: string, rest: Partial<DeclaredSetting> = {}): DeclaredSetting => ({
  key: 'sasl.username',
  value: { kind: 'known', value: name },
  location: at(14),
  ...rest,
})
const options = (...settings: DeclaredSetting[]) => ({ settings, gaps: [] })

type Rest = Partial<Client> & { variant?: VariantOptions }
const billing = (rest: Rest = {}) => consumer({ cluster: STAGED, options: options(user('billing')), ...rest })
const shop = (rest: Rest = {}) => producer({ cluster: STAGED, options: options(user('shop')), ...rest })
const ledger = (rest: Rest = {}) => shop({ variant: { settings: { 'transactional.id': explicit('ledger') } }, ...rest })

const ruled = (...value: AclEntry[]) => stagedCluster({ acls: { state: 'known', value } })
const TOPIC = allow('User:billing', 'Read', 'topic', 'orders')
const GROUP = allow('User:billing', 'Read', 'group', 'billing')
const WRITE = allow('User:shop', 'Write', 'topic', 'orders')

const judge = (cluster: ClusterFacts, client: Client = billing()) => judged(rule, cluster, [client])

describe('by the ACLs of the cluster', () => {
  it('tells all that a consumer lacks at once, with the commands that grant it', () => {
    const { findings, missing } = judge(ruled(allow('User:other', 'Read', 'topic', 'orders')))
    expect(missing).toEqual([])
    expect(findings).toMatchObject([
      { severity: 'warning', confidence: 'medium', location: at(10), related: [{ location: at(14) }] },
    ])
    expect(findings[0]?.message).toBe(
      '`User:billing`, which KafkaConsumer in worker connects as, lacks Read on topic `orders` and Read on group `billing`',
    )
    expect(findings[0]?.fix).toBe(
      'Grant what is missing: kafka-acls.sh --add --allow-principal User:billing --operation Read --topic orders; kafka-acls.sh --add --allow-principal User:billing --operation Read --group billing.',
    )
    expect(findings[0]?.why).toContain('TOPIC_AUTHORIZATION_FAILED and GROUP_AUTHORIZATION_FAILED')
  })

  it.each<[string, AclEntry[]]>([
    ['by name', [TOPIC, GROUP]],
    ['by a prefix', [{ ...TOPIC, name: 'ord', pattern: 'prefixed' }, GROUP]],
    [
      'on everything',
      [
        { ...TOPIC, name: '*' },
        { ...GROUP, name: '*' },
      ],
    ],
    ['to everybody', [{ ...TOPIC, principal: 'User:*' }, GROUP]],
    ['with every operation', [{ ...TOPIC, operation: 'All' }, GROUP]],
    ['from one host, which may be its own', [{ ...TOPIC, host: '10.0.0.1' }, GROUP]],
    ['though denied to another host', [TOPIC, GROUP, { ...TOPIC, permission: 'deny', host: '10.0.0.1' }]],
    ['though another operation is denied', [TOPIC, GROUP, { ...TOPIC, permission: 'deny', operation: 'Write' }]],
  ])('is silent where the right is given %s', (_how, acls) => {
    expect(judge(ruled(...acls))).toEqual(NOTHING)
  })

  it.each<[string, AclEntry]>([
    ['for another operation', { ...TOPIC, operation: 'Describe' }],
    ['for another kind of resource', { ...TOPIC, resource: 'group' }],
    ['for a name that only begins alike', { ...TOPIC, name: 'order' }],
    ['to another principal', { ...TOPIC, principal: 'User:bill' }],
  ])('flags a right that is given %s', (_how, acl) => {
    expect(judge(ruled(acl, GROUP)).findings).toMatchObject([
      { message: expect.stringContaining('lacks Read on topic `orders`') },
    ])
  })

  it.each<[string, AclEntry, string]>([
    ['it', { ...TOPIC, permission: 'deny' }, '--operation Read --topic orders'],
    ['everything', { ...TOPIC, permission: 'deny', operation: 'All', name: '*' }, '--operation All --topic *'],
    [
      'the sight of it to everybody',
      { ...TOPIC, permission: 'deny', operation: 'Describe', principal: 'User:*', name: 'ord', pattern: 'prefixed' },
      '--deny-principal User:* --operation Describe --topic ord --resource-pattern-type prefixed',
    ],
  ])('lets an ACL win that denies %s', (_what, acl, command) => {
    const { findings } = judge(ruled(TOPIC, GROUP, acl))
    expect(findings).toHaveLength(1)
    expect(findings[0]?.fix).toContain('Take away what denies it: kafka-acls.sh --remove')
    expect(findings[0]?.fix).toContain(command)
  })

  it('asks a producer for Write, on its transactional id too', () => {
    expect(judge(ruled(WRITE), shop())).toEqual(NOTHING)
    expect(judge(ruled(WRITE), ledger()).findings[0]?.message).toContain('lacks Write on transactional id `ledger`')
    expect(judge(ruled(WRITE, allow('User:shop', 'Write', 'transactional-id', 'ledger')), ledger())).toEqual(NOTHING)
  })

  it('asks an idempotent producer for a right on the cluster before 2.8 only', () => {
    const idempotent = () => shop({ variant: { settings: { 'enable.idempotence': byDefault(true) } } })
    const old = { ...ruled(WRITE), brokers: [stagedBroker(1, { atLeast: '2.6' })] }
    expect(judge(ruled(WRITE), idempotent())).toEqual(NOTHING)
    expect(judge(old, idempotent()).findings[0]?.message).toContain('lacks IdempotentWrite on the cluster')
    expect(judge(old, shop()).findings).toEqual([])
  })

  it('asks for nothing that the client may not do', () => {
    const unknown = { kind: 'unknown', reason: 'a parameter' } as const
    expect(judge(ruled(), billing({ usage: 'none' }))).toEqual(NOTHING)
    expect(judge(ruled(), billing({ topics: unknown, group: unknown }))).toEqual(NOTHING)
    expect(judge(ruled(TOPIC), billing({ usage: 'assigns' }))).toEqual(NOTHING)
  })

  it('lets super users do everything, where brokers say who they are', () => {
    const broker = stagedBroker(1, { configs: configs({ 'super.users': 'User:admin; User:billing' }) })
    expect(judge({ ...ruled(), brokers: [broker] })).toEqual(NOTHING)
  })

  it('does not decide what no ACL is about where brokers may let everybody use that', () => {
    const value = { 'allow.everyone.if.no.acl.found': { value: null, source: 'static' } } as const
    const brokers = [stagedBroker(1, { configs: { state: 'known', value } })]
    const { findings, missing } = judge({ ...ruled(TOPIC), brokers })
    expect(findings).toEqual([])
    expect(missing).toMatchObject([{ need: 'cluster.acls', reason: expect.stringContaining('Read on group `billing`') }])
    expect(judge({ ...ruled(TOPIC, allow('User:x', 'Read', 'group', 'billing')), brokers }).findings).toHaveLength(1)
  })
})

describe('by what brokers tell the principal itself', () => {
  const denied = { state: 'denied', needs: 'Describe on Cluster' } as const
  const asBilling = (rest: Partial<ClusterFacts>) => stagedCluster({ principal: 'User:billing', acls: denied, ...rest })
  const may = (topic: readonly string[], group: readonly string[]) =>
    asBilling({
      topics: complete([stagedTopic('orders', { allowed: topic })]),
      groups: complete([stagedGroup('billing', { allowed: group })]),
    })

  it('is certain, and an error', () => {
    expect(judge(may(['Read', 'Describe'], ['Read']))).toEqual(NOTHING)
    expect(judge(may(['Describe'], ['Read'])).findings).toMatchObject([{ severity: 'error', confidence: 'high' }])
  })

  it('takes a refusal to describe for one to read or write', () => {
    const hidden = asBilling({
      topics: complete([stagedTopic('orders', { error: 'TOPIC_AUTHORIZATION_FAILED', partitions: [] })]),
      groups: complete([stagedGroup('billing', { description: { state: 'denied', needs: 'Describe on Group billing' } })]),
    })
    expect(judge(hidden).findings[0]?.message).toContain('lacks Read on topic `orders` and Read on group `billing`')
    const none = { state: 'denied', needs: 'Describe on TransactionalId ledger' } as const
    const transaction: Transaction = { id: 'ledger', named: true, coordinator: none, description: none }
    const cluster = asBilling({
      topics: complete([stagedTopic('orders', { allowed: ['Write'] })]),
      transactions: complete([transaction]),
    })
    const client = ledger({ options: options(user('billing')) })
    expect(judge(cluster, client).findings[0]?.message).toContain('lacks Write on transactional id `ledger`')
  })

  it('does not decide what they do not tell, without the ACLs', () => {
    const { findings, missing } = judge(asBilling({}))
    expect(findings).toEqual([])
    expect(missing).toMatchObject([{ reason: expect.stringContaining('needs Describe on Cluster'), location: at(10) }])
  })

  it('takes one who sees the ACLs against them for a super user', () => {
    const ruledFor = (...value: AclEntry[]) => asBilling({ acls: { state: 'known', value } })
    const sight = allow('User:billing', 'Alter', 'cluster', 'kafka-cluster')
    expect(judge(ruledFor(allow('User:x', 'Read', 'topic', 'orders')))).toEqual(NOTHING)
    expect(judge(ruledFor(sight)).findings).toHaveLength(1)
  })

  it('says nothing of another principal', () => {
    const { findings, missing } = judge({ ...may([], []), principal: 'User:auditor' })
    expect(findings).toEqual([])
    expect(missing).toHaveLength(1)
  })
})

describe('whom a client connects as', () => {
  it.each<[string, Partial<Client>, string]>([
    [
      'is in a secret',
      { options: options(user('', { key: 'sasl.jaas.config', value: { kind: 'unknown', reason: 'a secret' } })) },
      'jaas',
    ],
    ['is not stated', { options: options() }, 'states no user'],
    [
      'may come from elsewhere',
      { options: { settings: [], gaps: [{ reason: 'options come from a parameter', location: at(11), overrides: false }] } },
      'a parameter',
    ],
    [
      'is in a variable that nothing sets',
      { options: options(user('', { value: { kind: 'unknown', reason: 'x' }, environment: { variable: 'KAFKA_USER' } })) },
      'KAFKA_USER',
    ],
  ])('is not known where it %s', (_why, rest, reason) => {
    const { findings, missing } = judge(ruled(), billing(rest))
    expect(findings).toEqual([])
    expect(missing).toMatchObject([{ need: 'cluster.acls', reason: expect.stringContaining(reason) }])
  })

  it('is read in other spellings, and from a variable with a fallback', () => {
    const spelled = options(user('billing', { key: 'sasl_plain_username' }))
    expect(judge(ruled(), billing({ options: spelled })).findings).toHaveLength(1)
    const fallback = { kind: 'known', value: 'billing' } as const
    const variable = options(user('billing', { environment: { variable: 'KAFKA_USER', fallback } }))
    expect(judge(ruled(), billing({ options: variable })).findings).toMatchObject([{ confidence: 'medium' }])
  })

  it('is not what services call it that give out keys', () => {
    const { findings, missing } = judge({ ...ruled(), service: 'confluent-cloud' })
    expect(findings).toEqual([])
    expect(missing).toMatchObject([{ reason: expect.stringContaining('gives keys') }])
  })
})

describe('acl-insufficient', () => {
  it('is silent without an authorizer, without a cluster and for another one', () => {
    expect(judge(stagedCluster())).toEqual(NOTHING)
    expect(judge(ruled(), billing({ cluster: 'other.example.org:9092' }))).toEqual(NOTHING)
    expect(run(rule, [billing()])).toEqual(NOTHING)
  })

  it('is not evaluated where brokers do not describe ACLs', () => {
    const cluster = stagedCluster({ acls: { state: 'absent', reason: 'the broker does not describe ACLs' } })
    expect(judge(cluster).missing).toMatchObject([{ reason: expect.stringContaining('does not describe ACLs') }])
  })
})
