import { describe, expect, it } from 'vitest'
import type { DeclaredClient } from '../../src/model/client.ts'
import type { Deployment } from '../../src/model/deployment.ts'
import type { Location } from '../../src/model/location.ts'
import type { Dependency, Project } from '../../src/model/project.ts'
import type { DeclaredSetting, Gap } from '../../src/model/setting.ts'
import { known, unknown } from '../../src/model/value.ts'
import { exactly } from '../../src/model/version.ts'
import { resolveFacts } from '../../src/resolve/facts.ts'

const at = (line: number, path = 'app/worker.py'): Location => ({ path, line, column: 1, endLine: line, endColumn: 10 })
const set = (key: string, value: string | boolean | number, extra: Partial<DeclaredSetting> = {}): DeclaredSetting => ({
  key,
  value: known(value),
  location: at(5),
  ...extra,
})

function consumer(settings: readonly DeclaredSetting[], gaps: readonly Gap[] = []): DeclaredClient {
  return {
    id: 'app/worker.py#consumer:main:1',
    role: 'consumer',
    libraries: ['confluent-kafka'],
    name: 'Consumer in worker.main',
    location: at(3),
    related: [],
    options: { settings, gaps },
    topics: { kind: 'unknown', reason: 'not seen' },
    usage: 'subscribes',
    folder: 'app',
    language: 'python',
    calls: [],
    followed: true,
    confidence: 'high',
  }
}

const dependency = (specifier: string, strength: Dependency['strength'], version?: string): Dependency => ({
  ecosystem: 'pypi',
  name: 'confluent-kafka',
  specifier,
  versions: version === undefined ? [{}] : [exactly(version)],
  strength,
  ...(version === undefined ? {} : { version }),
  location: at(1, 'requirements.txt'),
})
const project = (path: string, ...dependencies: Dependency[]): Project => ({ path, manifests: [], dependencies })

function resolve(
  client: DeclaredClient,
  { projects = [], deployments = [] }: { projects?: Project[]; deployments?: Deployment[] } = {},
) {
  const facts = resolveFacts(
    { clients: [client], projects, deployments, handlers: [], keyWrites: [], documents: [] },
    { assume: {}, intents: [] },
  )
  return facts.clients[0]!
}

describe('versions', () => {
  it('takes the exact version of the nearest manifest', () => {
    const client = resolve(consumer([]), {
      projects: [project('', dependency('==1.9.0', 'pin', '1.9.0')), project('app', dependency('==2.5.0', 'pin', '2.5.0'))],
    })
    expect(client.variants.map((v) => v.title)).toEqual(['confluent-kafka 2.5.0'])
    expect(client.folder).toBe('app')
  })

  it('lets a lock at the top decide a bare name below it', () => {
    const client = resolve(consumer([]), {
      projects: [project('', dependency('2.3.0', 'lock', '2.3.0')), project('app', dependency('', 'none'))],
    })
    expect(client.variants.map((v) => v.title)).toEqual(['confluent-kafka 2.3.0'])
  })

  it('keeps every class where nothing is pinned', () => {
    const client = resolve(consumer([]))
    expect(client.variants.length).toBeGreaterThan(5)
    // nobody gets a release from before 1.4.0 without naming it
    expect(client.variants[0]?.from).toBe('1.4.0')
    expect(client.variants.at(-1)?.until).toBeUndefined()
    expect(new Set(client.variants.map((v) => v.title))).toEqual(new Set(['confluent-kafka (version unknown)']))
  })

  it('obeys an assumption', () => {
    const facts = resolveFacts(
      {
        clients: [consumer([])],
        projects: [project('', dependency('==1.9.0', 'pin', '1.9.0'))],
        deployments: [],
        handlers: [],
        keyWrites: [],
        documents: [],
      },
      { assume: { 'confluent-kafka': '0.11.0' }, intents: [] },
    )
    expect(facts.clients[0]?.variants.map((v) => v.version)).toEqual(['0.11.0'])
  })
})

describe('settings', () => {
  const pinned = { projects: [project('', dependency('==2.5.0', 'pin', '2.5.0'))] }
  const effective = (client: DeclaredClient, key: string, given = pinned as Parameters<typeof resolve>[1]) =>
    resolve(client, given).variants[0]?.settings.get(key)

  it('takes the default of an absent key only when the option set is complete', () => {
    expect(effective(consumer([set('group.id', 'g')]), 'enable.auto.commit')).toMatchObject({
      value: known(true),
      origin: { kind: 'default' },
      confidence: 'high',
    })
    const gap = { reason: 'what load() returns', location: at(4), overrides: false }
    expect(effective(consumer([], [gap]), 'enable.auto.commit')).toMatchObject({
      value: unknown('what load() returns'),
      origin: { kind: 'unknown' },
    })
  })

  it('reads values as the library does', () => {
    expect(effective(consumer([set('enable.auto.commit', 'False')]), 'enable.auto.commit')?.value).toEqual(known(false))
    expect(effective(consumer([set('auto.offset.reset', 'beginning')]), 'auto.offset.reset')?.value).toEqual(known('earliest'))
  })

  it('lowers the confidence of a value that something unseen may override', () => {
    const gap = { reason: '**extra', location: at(6), overrides: true }
    expect(effective(consumer([set('auto.offset.reset', 'latest')], [gap]), 'auto.offset.reset')?.confidence).toBe('medium')
  })

  it('finds no fault with a key that may not be given at all', () => {
    const sometimes = set('enable_auto_commit', false, { value: unknown('given on some paths only'), conditional: true })
    expect(resolve(consumer([set('group.id', 'g'), sometimes]), pinned).variants[0]?.problems).toEqual([])
  })

  it('reports a key the library does not know', () => {
    const variant = resolve(consumer([set('enable_auto_commit', false)]), pinned).variants[0]
    expect(variant?.problems.find((p) => p.spelled === 'enable_auto_commit')).toMatchObject({ effect: 'raises' })
    expect(variant?.settings.get('enable.auto.commit')?.value).toEqual(known(true))
  })
})

describe('environment', () => {
  const read = set('group.id', 'dev', { environment: { variable: 'GROUP', fallback: known('dev') } })
  const service = (value: string, context = 'app', name = 'worker'): Deployment => ({
    id: name,
    kind: 'compose',
    name,
    location: at(1, 'compose.yml'),
    context,
    environment: [{ name: 'GROUP', value: known(value), location: at(2, 'compose.yml') }],
    environmentOpen: false,
  })

  it("takes the deployment's value over the code's default", () => {
    const client = resolve(consumer([read]), { deployments: [service('prod')] })
    expect(client.group).toMatchObject({ kind: 'named', id: 'prod' })
  })

  it("takes the code's default without a deployment, with medium confidence", () => {
    const client = resolve(consumer([read]))
    expect(client.group).toMatchObject({ kind: 'named', id: 'dev' })
    expect(client.variants[0]?.settings.get('group.id')?.confidence).toBe('medium')
  })

  it('does not decide between deployments that disagree', () => {
    const client = resolve(consumer([read]), { deployments: [service('a'), service('b', 'app', 'other')] })
    expect(client.group).toEqual({ kind: 'unknown', reason: 'a or b, by a condition' })
  })

  it('leaves a deployment of another folder alone', () => {
    expect(resolve(consumer([read]), { deployments: [service('prod', 'billing')] }).group).toMatchObject({ id: 'dev' })
  })
})

describe('group and cluster', () => {
  it('names the cluster by its sorted hosts', () => {
    expect(resolve(consumer([set('bootstrap.servers', 'B:9092, PLAINTEXT://a:9092')])).cluster).toBe('a:9092,b:9092')
  })

  it('knows a group that is made anew at each start', () => {
    const generated: DeclaredSetting = {
      key: 'group.id',
      value: { kind: 'generated', by: 'random', text: 'uuid4()' },
      location: at(4),
    }
    expect(resolve(consumer([generated])).group).toMatchObject({ kind: 'generated', by: 'random' })
  })
})
