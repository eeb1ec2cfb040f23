import { describe, expect, it } from 'vitest'
import rule from '../../rules/read-uncommitted.ts'
import type { Topics } from '../../src/model/client.ts'
import type { Transaction } from '../../src/model/cluster.ts'
import type { Client } from '../../src/model/facts.ts'
import { complete, offsets, stagedCluster, stagedTopic } from '../../src/rule/staged.ts'
import { at, byDefault, consumer, explicit, facts, hidden, producer, run, type VariantOptions } from './facts.ts'

const REAL = 'kafka.example.com:9092'
const UNKNOWN: Topics = { kind: 'unknown', reason: 'in code' }
const named = (...names: string[]): Topics => ({ kind: 'known', names, location: at(10) })

const reader = (rest: Partial<Client> & { variant?: VariantOptions } = {}) =>
  consumer({
    cluster: REAL,
    folder: 'reader',
    ...rest,
    variant: { settings: { 'isolation.level': byDefault('read_uncommitted') }, ...rest.variant },
  })
const writer = (rest: Partial<Client> & { variant?: VariantOptions } = {}) =>
  producer({
    cluster: REAL,
    folder: 'writer',
    ...rest,
    variant: { settings: { 'transactional.id': explicit('orders-0') }, ...rest.variant },
  })

const ONE_PROJECT = [{ path: '', manifests: ['pom.xml'], dependencies: [] }]
const of = (clients: Client[], projects = ONE_PROJECT) => run(rule, facts({ clients, projects }))

describe('read-uncommitted', () => {
  it('flags a consumer of a topic that a transaction writes on the same cluster', () => {
    const { findings } = of([reader(), writer()], [])
    expect(findings).toMatchObject([{ severity: 'warning', confidence: 'high', location: at(10) }])
    expect(findings[0]?.message).toContain('writes orders in transactions')
    expect(findings[0]?.related.map((r) => r.label)).toContain('the transactional producer')
  })

  it('is an error where exactly once is declared for either side', () => {
    const intent = { match: {}, semantics: 'exactly-once' } as const
    expect(of([reader({ intent }), writer()]).findings[0]?.severity).toBe('error')
    expect(of([reader(), writer({ intent })]).findings[0]?.severity).toBe('error')
  })

  it('is medium within one project where topics or clusters are not known', () => {
    expect(of([reader({ topics: UNKNOWN }), writer()]).findings[0]?.confidence).toBe('medium')
    expect(of([reader({ cluster: undefined }), writer()]).findings[0]?.confidence).toBe('medium')
  })

  it('does not join projects that share neither a build nor a cluster', () => {
    const projects = ['reader', 'writer'].map((path) => ({ path, manifests: ['pom.xml'], dependencies: [] }))
    expect(of([reader({ topics: UNKNOWN }), writer()], projects).findings).toEqual([])
    expect(of([reader({ cluster: undefined }), writer()], projects).findings).toEqual([])
    expect(of([reader({ cluster: 'localhost:9092' }), writer({ cluster: 'localhost:9092' })], projects).findings).toEqual([])
  })

  it('keeps to auditors that one application may read the topics it writes', () => {
    expect(of([reader({ topics: UNKNOWN, folder: 'app' }), writer({ folder: 'app' })]).findings[0]?.confidence).toBe('low')
  })

  it('is silent for other topics, other clusters, producers without transactions and committed readers', () => {
    expect(of([reader({ topics: named('payments') }), writer()])).toEqual({ findings: [], missing: [] })
    expect(of([reader({ cluster: 'other.example.com:9092' }), writer()])).toEqual({ findings: [], missing: [] })
    expect(of([reader(), producer({ cluster: REAL })])).toEqual({ findings: [], missing: [] })
    expect(of([reader({ variant: { settings: { 'isolation.level': byDefault('read_committed') } } }), writer()])).toEqual({
      findings: [],
      missing: [],
    })
    expect(of([reader({ usage: 'none' }), writer()])).toEqual({ findings: [], missing: [] })
  })

  it('flags a version that cannot read committed records', () => {
    const found = of([reader({ variant: { settings: {}, capabilities: { readCommitted: false } } }), writer()]).findings
    expect(found[0]?.message).toContain('kafka-python 2.0.2 cannot read committed records only')
  })

  it('does not count a producer whose version has no transactions', () => {
    const broken = writer({ variant: { settings: { 'transactional.id': explicit('x') }, capabilities: { transactions: false } } })
    expect(of([reader(), broken]).findings).toEqual([])
  })

  it('does not decide a hidden isolation level', () => {
    expect(of([reader({ variant: { settings: { 'isolation.level': hidden() } } }), writer()]).missing).toHaveLength(1)
  })

  describe('with a cluster', () => {
    const ongoing = (topic: string): Transaction => ({
      id: 'ledger',
      named: false,
      coordinator: { state: 'known', value: 1 },
      description: {
        state: 'known',
        value: {
          state: 'Ongoing',
          producerId: 7,
          producerEpoch: 0,
          startedAt: 0,
          timeout: 60_000,
          partitions: [{ topic, partitions: [0] }],
        },
      },
    })
    const writes = (topic: string) => stagedCluster({ transactions: complete([ongoing(topic)]) })
    const seen = (clients: Client[], cluster = writes('orders')) => run(rule, facts({ clients, projects: ONE_PROJECT, cluster }))

    it('sees that somebody else writes the topic in transactions', () => {
      const { findings } = seen([reader()])
      expect(findings).toMatchObject([{ severity: 'warning', confidence: 'high', location: at(10) }])
      expect(findings[0]?.message).toContain('transactional id `ledger` writes orders in transactions')
    })

    it('sees it by the transactions that are open in the topic, too', () => {
      const producer = { producerId: 9, producerEpoch: 0, lastTimestamp: 0, startOffset: 90, coordinatorEpoch: 0 }
      const partition = { offsets: offsets(0, 100, 90), open: { state: 'known', value: [producer] } } as const
      const { findings } = seen([reader()], stagedCluster({ topics: complete([stagedTopic('orders', { partition })]) }))
      expect(findings[0]?.message).toContain('producer 9 writes orders in transactions')
    })

    it('tells rather what the project itself shows', () => {
      expect(seen([reader(), writer()]).findings[0]?.message).toContain('KafkaProducer in worker writes orders')
    })

    it('is surer than a guess about the project', () => {
      const guessed = [reader({ folder: 'app' }), writer({ folder: 'app', topics: UNKNOWN })]
      expect(of(guessed).findings[0]?.confidence).toBe('low')
      expect(seen(guessed).findings).toMatchObject([{ confidence: 'high', message: expect.stringContaining('`ledger`') }])
    })

    it('is medium where the consumer does not say which cluster it reads', () => {
      expect(seen([reader({ cluster: undefined })]).findings).toMatchObject([{ confidence: 'medium' }])
    })

    it('is an error where exactly once is declared', () => {
      expect(seen([reader({ intent: { match: {}, semantics: 'exactly-once' } })]).findings[0]?.severity).toBe('error')
    })

    it('is silent for other topics, other clusters, and readers of committed records', () => {
      expect(seen([reader()], writes('payments')).findings).toEqual([])
      expect(seen([reader()], stagedCluster()).findings).toEqual([])
      expect(seen([reader({ cluster: 'other.example.com:9092' })]).findings).toEqual([])
      expect(seen([reader({ topics: UNKNOWN })]).findings).toEqual([])
      expect(seen([reader({ variant: { settings: { 'isolation.level': explicit('read_committed') } } })]).findings).toEqual([])
    })
  })
})
