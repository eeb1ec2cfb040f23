import { describe, expect, it } from 'vitest'
import rule from '../../rules/group-shared.ts'
import type { Group, GroupDescription, Member } from '../../src/model/cluster.ts'
import type { Client } from '../../src/model/facts.ts'
import { complete, stagedCluster, stagedGroup, stagedMember } from '../../src/rule/staged.ts'
import { billing, judged, NOTHING, STAGED } from './cluster-clients.ts'
import { at, byDefault, consumer, explicit, facts, run } from './facts.ts'

const REAL = 'kafka.example.com:9092'
const member = (folder: string, topics: readonly string[], rest: Partial<Client> = {}) => {
  const path = `${folder}/worker.py`
  return consumer({
    cluster: REAL,
    folder,
    location: at(10, path),
    group: { kind: 'named', id: 'workers', location: at(9, path) },
    topics: { kind: 'known', names: topics, location: at(11, path) },
    ...rest,
  })
}

const separate = ['billing', 'shipping'].map((path) => ({ path, manifests: ['requirements.txt'], dependencies: [] }))
const root = { path: '', manifests: ['pyproject.toml'], dependencies: [] }
const of = (clients: Client[], projects = separate) => run(rule, facts({ clients, projects })).findings

describe('group-shared', () => {
  it('flags two applications of one cluster that read the same topic in one group', () => {
    const found = of([member('billing', ['orders', 'refunds']), member('shipping', ['orders'])])
    expect(found).toMatchObject([
      { severity: 'error', confidence: 'high', subject: { kind: 'group', id: 'workers' }, location: at(9, 'billing/worker.py') },
    ])
    expect(found[0]?.message).toContain('both read orders')
    expect(found[0]?.related.map((r) => r.location.path)).toContain('shipping/worker.py')
  })

  it('warns of two applications with different topics in one group', () => {
    expect(of([member('billing', ['orders']), member('shipping', ['parcels'])])).toMatchObject([
      { severity: 'warning', confidence: 'high' },
    ])
  })

  it('gives one finding per group, the gravest', () => {
    const found = of([member('billing', ['orders']), member('shipping', ['parcels']), member('mail', ['orders'])])
    expect(found).toHaveLength(1)
    expect(found[0]?.severity).toBe('error')
  })

  it('copes with thousands of members', () => {
    const many = Array.from({ length: 3000 }, (_, i) => member(i % 2 ? 'billing' : 'shipping', ['orders']))
    const start = performance.now()
    expect(of(many)).toHaveLength(1)
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('is an error for kafkajs members with different topics', () => {
    const js = (folder: string, topic: string) => {
      const base = member(folder, [topic])
      return { ...base, variants: base.variants.map((v) => ({ ...v, library: 'kafkajs' })) }
    }
    expect(of([js('billing', 'orders'), js('shipping', 'parcels')])).toMatchObject([
      { severity: 'error', why: expect.stringContaining('kafkajs') },
    ])
  })

  it('takes consumers of one folder and topic for replicas', () => {
    expect(of([member('billing', ['orders']), member('billing', ['orders'])])).toEqual([])
  })

  it('takes consumers of one folder for one application, whatever topics they read', () => {
    expect(of([member('billing', ['orders']), member('billing', ['refunds'])])).toEqual([])
  })

  it('is medium within one project whose cluster is not known, and silent between projects', () => {
    const clients = [
      member('billing', ['orders'], { cluster: undefined }),
      member('shipping', ['orders'], { cluster: undefined }),
    ]
    expect(of(clients, [...separate, root])).toMatchObject([{ severity: 'error', confidence: 'medium' }])
    expect(of(clients)).toEqual([])
  })

  it('does not take a local broker for the same cluster everywhere', () => {
    const clients = [
      member('billing', ['orders'], { cluster: 'localhost:9092' }),
      member('shipping', ['orders'], { cluster: 'localhost:9092' }),
    ]
    expect(of(clients)).toEqual([])
    const different = [member('a', ['x'], { cluster: 'kafka:9092' }), member('a', ['y'], { cluster: 'kafka:9092' })]
    expect(of(different)).toEqual([])
  })

  it('is silent for demonstrations, other clusters, unknown topics and other groups', () => {
    expect(of([member('examples/a', ['orders']), member('examples/b', ['orders'])])).toEqual([])
    expect(of([member('billing', ['orders']), member('shipping', ['orders'], { cluster: 'other.example.com:9092' })])).toEqual([])
    expect(
      of([member('billing', ['orders']), member('shipping', [], { topics: { kind: 'unknown', reason: 'a parameter' } })]),
    ).toEqual([])
    expect(
      of([member('billing', ['orders']), member('shipping', ['orders'], { group: { kind: 'named', id: 'others' } })]),
    ).toEqual([])
    expect(of([member('billing', ['orders']), member('shipping', ['orders'], { usage: 'assigns' })])).toEqual([])
  })
})

describe('members that the cluster sees', () => {
  const group = (members: readonly Partial<Member>[], description: Partial<GroupDescription> = {}, rest: Partial<Group> = {}) =>
    stagedCluster({
      groups: complete([
        stagedGroup('billing', {
          description: {
            state: 'known',
            value: { state: 'Stable', assignor: 'range', members: members.map(stagedMember), ...description },
          },
          ...rest,
        }),
      ]),
    })
  const judge = (cluster: ReturnType<typeof stagedCluster>, clients: Client[] = [billing()]) => judged(rule, cluster, clients)
  const own = { clientId: 'billing-1' }

  it('are another application where they read other topics beside one of the project', () => {
    const shipping = { clientId: 'shipping-7', host: '/10.0.0.2', topics: ['orders', 'parcels'] }
    const { findings, missing } = judge(group([own, shipping]))
    expect(missing).toEqual([])
    expect(findings).toMatchObject([
      { severity: 'error', confidence: 'high', location: null, subject: { kind: 'group', id: 'billing' } },
    ])
    expect(findings[0]?.message).toBe(
      'group `billing` has members of another application: `shipping-7` (10.0.0.2) reads `parcels`, which the project does not, and `orders`, which it does',
    )
    expect(findings[0]?.related).toMatchObject([{ location: at(9) }])
  })

  it('are less sure where they are called alike, as in a roll-out', () => {
    expect(judge(group([own, { clientId: 'billing-2', topics: ['orders', 'parcels'] }])).findings).toMatchObject([
      { severity: 'error', confidence: 'medium' },
    ])
    expect(judge(group([own, { topics: ['parcels'], clientId: 'x' }]), [consumer()]).findings).toMatchObject([
      { confidence: 'medium' },
    ])
  })

  it('do less harm with topics of their own, but for kafkajs', () => {
    const parcels = { clientId: 'shipping', topics: ['parcels'] }
    expect(judge(group([own, parcels])).findings).toMatchObject([
      { severity: 'warning', why: expect.stringContaining('rebalance') },
    ])
    expect(judge(group([own, parcels], { assignor: 'RoundRobinAssigner' })).findings).toMatchObject([
      { severity: 'error', why: expect.stringContaining('kafkajs') },
    ])
    expect(judge(group([parcels])).findings).toMatchObject([{ severity: 'warning', confidence: 'medium' }])
  })

  it('are most likely another version of the application where all of them read more', () => {
    expect(judge(group([{ ...own, topics: ['orders', 'refunds'] }]))).toEqual(NOTHING)
  })

  it('may differ as consumers of the project do', () => {
    const refunds = billing('earliest', { topics: { kind: 'known', names: ['refunds'], location: at(11) } })
    expect(judge(group([own, { topics: ['refunds'] }]), [billing(), refunds])).toEqual(NOTHING)
    expect(judge(group([own, own, { clientId: '4f0c2a77-61', topics: ['orders'] }]))).toEqual(NOTHING)
  })

  describe('beside a consumer whose topics are not known', () => {
    const anything = () => billing('earliest', { topics: { kind: 'pattern', pattern: '^orders.*', location: at(11) } })

    it('are others where they differ in topics and in name', () => {
      const parcels = { clientId: 'shipping', topics: ['parcels'] }
      expect(judge(group([own, parcels]), [anything()]).findings).toMatchObject([{ severity: 'warning', confidence: 'medium' }])
      const both = { clientId: 'shipping', topics: ['orders', 'parcels'] }
      expect(judge(group([own, both]), [anything()]).findings).toMatchObject([{ severity: 'error' }])
    })

    it('may be its own otherwise', () => {
      expect(judge(group([own, { clientId: 'billing-2', topics: ['parcels'] }]), [anything()])).toEqual(NOTHING)
      expect(judge(group([own, { clientId: 'shipping' }]), [anything()])).toEqual(NOTHING)
      const parcels = { clientId: 'shipping', topics: ['parcels'] }
      expect(judge(group([own, parcels]), [anything(), anything()])).toEqual(NOTHING)
    })
  })

  describe('that read the same', () => {
    const called = (id: string) => consumer({ cluster: STAGED, variant: { settings: { 'client.id': explicit(id) } } })
    const console = { clientId: 'console-consumer', host: '/10.0.0.9' }

    it('are others where the project says what its own are called', () => {
      const { findings } = judge(group([own, console]), [called('billing')])
      expect(findings).toMatchObject([{ severity: 'error', confidence: 'medium' }])
      expect(findings[0]?.message).toContain('`console-consumer` (10.0.0.9) reads `orders` too')
    })

    it('are replicas otherwise', () => {
      expect(judge(group([own, console]))).toEqual(NOTHING)
      expect(judge(group([console]), [called('billing')])).toEqual(NOTHING)
      expect(judge(group([own, console]), [called('billing'), billing()])).toEqual(NOTHING)
      expect(judge(group([own, { clientId: 'billing-7d9f8b-x2x9z' }, { clientId: '' }]), [called('billing')])).toEqual(NOTHING)
      const unnamed = consumer({ cluster: STAGED, variant: { settings: { 'client.id': byDefault('rdkafka') } } })
      expect(judge(group([own, console]), [unnamed])).toEqual(NOTHING)
    })
  })

  it('may be no consumers at all', () => {
    const connect = group([{ clientId: 'connect-1', topics: undefined }], {}, { protocolType: 'connect' })
    expect(judge(connect).findings).toMatchObject([{ severity: 'error', message: expect.stringContaining('(connect)') }])
    expect(judge(connect, [billing('earliest', { libraries: ['kafka-connect'] })]).findings).toEqual([])
    expect(judge(group([own], {}, { type: 'share', protocolType: 'share' })).findings).toMatchObject([{ key: 'protocol' }])
  })

  it('are told of once, and not where files already show it', () => {
    const clients = [member('billing', ['orders']), member('shipping', ['orders'])]
    const cluster = stagedCluster({
      groups: complete([
        stagedGroup('workers', {
          description: {
            state: 'known',
            value: { state: 'Stable', assignor: 'range', members: [stagedMember(), stagedMember({ topics: ['orders', 'x'] })] },
          },
        }),
      ]),
    })
    expect(run(rule, facts({ clients, projects: separate, cluster })).findings).toMatchObject([
      { location: at(9, 'billing/worker.py') },
    ])
  })

  it('are not looked for without a cluster, a member, or a subscription', () => {
    expect(judge(stagedCluster())).toEqual(NOTHING)
    expect(judge(group([], { state: 'Empty' }))).toEqual(NOTHING)
    expect(judge(stagedCluster({ groups: complete([]) }))).toEqual(NOTHING)
    expect(judge(group([own, { topics: ['parcels'] }]), [billing('earliest', { usage: 'assigns' })])).toEqual(NOTHING)
    expect(judge(group([own, { topics: ['parcels'] }]), [consumer({ cluster: 'other.example.org:9092' })])).toEqual(NOTHING)
    const gone = { state: 'absent', reason: 'GROUP_ID_NOT_FOUND', error: 'GROUP_ID_NOT_FOUND' } as const
    expect(judge(group([], {}, { description: gone }))).toEqual(NOTHING)
  })

  it.each([
    [
      'a right is missing',
      group([], {}, { description: { state: 'denied', needs: 'Describe on Group billing' } }),
      'needs Describe',
    ],
    ['it is rebalancing', group([own], { state: 'PreparingRebalance' }), 'not stable (PreparingRebalance)'],
    ['what they sent cannot be read', group([{ topics: undefined }]), 'could not be read'],
  ])('are not evaluated where %s', (_why, cluster, reason) => {
    expect(judge(cluster)).toMatchObject({
      findings: [],
      missing: [{ need: 'cluster.groups', subject: { id: 'billing' }, reason: expect.stringContaining(reason) }],
    })
  })
})
