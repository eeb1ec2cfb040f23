import { describe, expect, it } from 'vitest'
import rule from '../../rules/group-shared.ts'
import type { Client } from '../../src/model/facts.ts'
import { at, consumer, facts, run } from './facts.ts'

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
