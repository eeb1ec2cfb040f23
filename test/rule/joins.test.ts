import { describe, expect, it } from 'vitest'
import type { Deployment } from '../../src/model/deployment.ts'
import type { Client } from '../../src/model/facts.ts'
import { byKey, clusterRelation, inOneProject, isDemonstration, projectRoot, topicRelation } from '../../src/rule/joins.ts'
import { at, consumer } from '../rules/facts.ts'

const on = (cluster: string | undefined, rest: Partial<Client> = {}) => consumer({ cluster, ...rest })

describe('clusterRelation', () => {
  it.each([
    ['a.example.com:9092', 'a.example.com:9092', 'same'],
    ['a.example.com:9092,b.example.com:9092', 'b.example.com:9092', 'same'],
    ['10.0.0.7:9092', '10.0.0.7:9092', 'same'],
    ['a.example.com:9092', 'b.example.com:9092', 'different'],
    ['a.example.com:9092', 'localhost:9092', 'different'],
    ['localhost:9092', 'localhost:9092', 'local'],
    ['kafka:29092', 'kafka:29092', 'local'],
    ['127.0.0.1:9092', '127.0.0.1:9092', 'local'],
    ['[::1]:9092', '[::1]:9092', 'local'],
    ['localhost:9092', 'kafka:29092', 'unknown'],
    ['a.example.com:9092', undefined, 'unknown'],
    [undefined, undefined, 'unknown'],
  ] as const)('%s and %s are %s', (a, b, relation) => {
    expect(clusterRelation(on(a), on(b))).toBe(relation)
    expect(clusterRelation(on(b), on(a))).toBe(relation)
  })
})

describe('a bare host name', () => {
  const service = (name: string, path: string): Deployment => ({
    id: name,
    kind: 'compose',
    name,
    location: { ...at(1), path },
    environment: [],
    environmentOpen: false,
  })
  const both = (host: string, one: string, other: string) =>
    clusterRelation(on(host, { deployments: [service('a', one)] }), on(host, { deployments: [service('b', other)] }))

  it('means one machine for the services of one compose file, and only there', () => {
    expect(both('kafka:9092', 'compose.yml', 'compose.yml')).toBe('same')
    expect(both('kafka:9092', 'compose.yml', 'other/compose.yml')).toBe('local')
    expect(both('localhost:9092', 'compose.yml', 'compose.yml')).toBe('local')
  })
})

describe('projects', () => {
  const projects = ['services', 'services/a', 'services/b', 'tools'].map((path) => ({
    path,
    manifests: ['pom.xml'],
    dependencies: [],
  }))

  it('are one under the outermost manifest', () => {
    expect(projectRoot('services/a', projects)).toBe('services')
    expect(projectRoot('tools', projects)).toBe('tools')
    expect(projectRoot('services-old', projects)).toBe('services-old')
    expect(inOneProject(on(undefined, { folder: 'services/a' }), on(undefined, { folder: 'services/b' }), projects)).toBe(true)
    expect(inOneProject(on(undefined, { folder: 'services/a' }), on(undefined, { folder: 'tools' }), projects)).toBe(false)
  })

  it('tells demonstrations by a folder of the path, not by a part of a name', () => {
    expect(isDemonstration('clients/examples/a.py')).toBe(true)
    expect(isDemonstration('Tutorial/a.py')).toBe(true)
    expect(isDemonstration('sampler/a.py')).toBe(false)
    expect(isDemonstration('app/demonstrate.py')).toBe(false)
  })
})

describe('topicRelation', () => {
  const known = (...names: string[]) => ({ kind: 'known', names, location: at(1) }) as const

  it('compares names, and knows when it cannot', () => {
    expect(topicRelation(known('a', 'b'), known('b'))).toBe('overlap')
    expect(topicRelation(known('a'), known('b'))).toBe('disjoint')
    expect(topicRelation(known('a'), { kind: 'unknown', reason: 'r' })).toBe('unknown')
    expect(topicRelation({ kind: 'pattern', pattern: 'a.*', location: at(1) }, known('a'))).toBe('unknown')
  })
})

describe('byKey', () => {
  it('keeps the order of the first of each', () => {
    expect([...byKey(['b1', 'a1', 'b2'], (s) => s.charAt(0))]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ])
  })
})
