import { describe, expect, it } from 'vitest'
import rule from '../../rules/transactional-id-shared.ts'
import type { Transaction } from '../../src/model/cluster.ts'
import type { Deployment } from '../../src/model/deployment.ts'
import type { Client } from '../../src/model/facts.ts'
import { complete, stagedCluster } from '../../src/rule/staged.ts'
import { at, byDefault, derived, explicit, facts, producer, run } from './facts.ts'

const REAL = 'kafka-1.example.com:9092,kafka-2.example.com:9092'

function withId(id: string, rest: Partial<Client> & { path?: string } = {}) {
  const path = rest.path ?? 'app/worker.py'
  return producer({
    cluster: REAL,
    ...rest,
    location: at(10, path),
    variant: { settings: { 'transactional.id': explicit(id, { path }) } },
  })
}

function service(name: string, replicas?: number): Deployment {
  const location = at(3, 'docker-compose.yml')
  const copies =
    replicas === undefined
      ? {}
      : { replicas: { value: { kind: 'known', value: replicas } as const, location: at(5, 'docker-compose.yml') } }
  return { id: name, kind: 'compose', name, location, context: 'app', environment: [], environmentOpen: false, ...copies }
}

const of = (...clients: Client[]) =>
  run(rule, facts({ clients, projects: [{ path: '', manifests: ['pyproject.toml'], dependencies: [] }] })).findings

describe('transactional-id-shared', () => {
  it('flags one literal id in a deployment with several replicas', () => {
    const found = of(withId('orders', { deployments: [service('publisher', 3)] }))
    expect(found).toMatchObject([
      { severity: 'error', confidence: 'medium', subject: { kind: 'transactional-id', id: 'orders' }, location: at(12) },
    ])
    expect(found[0]?.message).toContain('3 replicas of publisher')
    expect(found[0]?.related).toContainEqual({ label: '3 replicas', location: at(5, 'docker-compose.yml') })
  })

  it('is not sure which service of a folder runs the producer', () => {
    expect(of(withId('orders', { deployments: [service('publisher', 3), service('web')] }))[0]?.confidence).toBe('low')
  })

  it('is silent for a single copy', () => {
    expect(of(withId('orders', { deployments: [service('publisher', 1), service('web')] }))).toEqual([])
  })

  it('flags two applications of one cluster once, with the other beside it', () => {
    const found = of(
      withId('orders', { folder: 'a', path: 'a/x.py' }),
      withId('orders', { folder: 'b', path: 'b/y.py', cluster: 'kafka-2.example.com:9092' }),
    )
    expect(found).toMatchObject([{ severity: 'error', confidence: 'high', location: at(12, 'a/x.py') }])
    expect(found[0]?.related.map((r) => r.location.path)).toContain('b/y.py')
  })

  it('is medium for modules of one project whose clusters are not known', () => {
    const found = of(
      withId('orders', { folder: 'a', path: 'a/x.py', cluster: undefined }),
      withId('orders', { folder: 'b', path: 'b/y.py', cluster: undefined }),
    )
    expect(found).toMatchObject([{ confidence: 'medium' }])
  })

  it('is silent for different ids, different clusters and demonstrations', () => {
    expect(of(withId('a', { folder: 'a', path: 'a/x.py' }), withId('b', { folder: 'b', path: 'b/y.py' }))).toEqual([])
    expect(
      of(
        withId('o', { folder: 'a', path: 'a/x.py' }),
        withId('o', { folder: 'b', path: 'b/y.py', cluster: 'other.example.com:9092' }),
      ),
    ).toEqual([])
    expect(
      of(withId('o', { folder: 'a', path: 'examples/a/x.py' }), withId('o', { folder: 'b', path: 'examples/b/y.py' })),
    ).toEqual([])
  })

  it('is silent for projects that only share the name of a local broker', () => {
    const clients = [
      withId('o', { folder: 'a', path: 'a/x.py', cluster: 'localhost:9092' }),
      withId('o', { folder: 'b', path: 'b/y.py', cluster: 'localhost:9092' }),
    ]
    const projects = ['a', 'b'].map((path) => ({ path, manifests: ['requirements.txt'], dependencies: [] }))
    expect(run(rule, facts({ clients, projects })).findings).toEqual([])
  })

  it('takes two scripts of one folder that write the same topic for versions of one program', () => {
    const found = of(
      withId('o', { path: 'app/send.py', cluster: 'kafka1:19092' }),
      withId('o', { path: 'app/send_error.py', cluster: 'kafka1:19092' }),
    )
    expect(found.every((f) => f.confidence === 'low')).toBe(true)
  })

  describe('with a cluster that was asked twice', () => {
    const asked = (epochs: readonly number[] | undefined, features: Readonly<Record<string, number>> = {}) => {
      const description = { state: 'absent', reason: 'not asked' } as const
      const one: Transaction = {
        id: 'orders',
        named: true,
        coordinator: { state: 'known', value: 1 },
        description,
        ...(epochs ? { epochs: epochs.map((epoch, i) => ({ at: i * 5000, epoch })) } : {}),
      }
      return stagedCluster({ features, transactions: complete([one]) })
    }
    const judge = (cluster: ReturnType<typeof stagedCluster>, ...clients: Client[]) => run(rule, facts({ clients, cluster }))
    const orders = () => withId('orders', { cluster: 'kafka.example.com:9092' })

    it('warns where producers take the id from each other', () => {
      const { findings } = judge(asked([4, 7]), orders())
      expect(findings).toMatchObject([{ severity: 'warning', confidence: 'medium', location: at(12) }])
      expect(findings[0]?.message).toBe(
        '`transactional_id` orders was taken over 3 times within 5 seconds, by its producer epoch',
      )
    })

    it('is silent for one start, one sample, another id or cluster, and where every transaction raises the epoch', () => {
      expect(judge(asked([4, 5]), orders()).findings).toEqual([])
      expect(judge(asked([4]), orders()).findings).toEqual([])
      expect(judge(asked(undefined), orders()).findings).toEqual([])
      expect(judge(asked([4, 7]), withId('payments', { cluster: 'kafka.example.com:9092' })).findings).toEqual([])
      expect(judge(asked([4, 7]), withId('orders')).findings).toEqual([])
      expect(judge(asked([4, 7], { 'transaction.version': 2 }), orders()).findings).toEqual([])
    })

    it('does not tell again what files already show', () => {
      const shared = withId('orders', { cluster: 'kafka.example.com:9092', deployments: [service('publisher', 3)] })
      expect(judge(asked([4, 7]), shared).findings).toMatchObject([{ severity: 'error' }])
    })
  })

  describe('with Spring, which counts up behind a prefix', () => {
    const spring = (version: string, rest: Partial<Client> = {}) =>
      producer({
        cluster: REAL,
        ...rest,
        variant: {
          library: 'spring-boot-kafka',
          version,
          settings: {
            'transaction-id-prefix': explicit('tx-', { spelled: 'transaction-id-prefix' }),
            'transactional.id': derived('tx-0', 'transaction-id-prefix'),
          },
        },
      })

    it('wants another prefix on every instance from Boot 2.4 on, and the same before', () => {
      const deployments = [service('publisher', 2)]
      expect(of(spring('2.3.12', { deployments }))).toEqual([])
      const [found] = of(spring('3.1.0', { deployments }))
      expect(found?.message).toBe('`transaction-id-prefix` tx- (tx-0, tx-1, …) is the same in all 2 replicas of publisher')
    })

    it('flags two applications with one prefix', () => {
      expect(
        of(
          spring('3.5.0', { folder: 'a', location: at(3, 'a/application.yml') }),
          spring('3.5.0', { folder: 'b', location: at(3, 'b/application.yml') }),
        ),
      ).toHaveLength(1)
    })

    it('is silent where the prefix is empty', () => {
      const none = producer({
        deployments: [service('publisher', 2)],
        variant: { settings: { 'transaction-id-prefix': byDefault(null) } },
      })
      expect(of(none)).toEqual([])
    })
  })
})
