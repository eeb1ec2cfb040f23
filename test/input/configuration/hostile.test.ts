// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders among the values
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readConfiguration } from '../../../src/input/configuration/read.ts'
import { sourceOf } from './documents.ts'

const KEYS = [
  ...['spring', 'kafka', 'consumer', 'producer', 'properties', 'listener', 'spring.kafka', 'group-id', 'profiles', 'config'],
  ...['services', 'image', 'build', 'context', 'environment', 'env_file', 'extends', 'deploy', 'replicas', 'scale'],
  ...['apiVersion', 'kind', 'metadata', 'name', 'spec', 'template', 'containers', 'env', 'envFrom', 'data', 'valueFrom', 'items'],
  ...['bootstrap.servers', 'group.id', 'acks', 'connector.class', 'brokers', 'clientId', 'groupId', 'mirrors', 'sourceConnector'],
  ...['application.yml', 'consumer.properties', '', '[x]', '.', 'value'],
]
const VALUES = [
  ...['Deployment', 'ConfigMap', 'List', 'Template', 'KafkaConnect', 'KafkaConnector', 'KafkaMirrorMaker2', 'v1'],
  ...[
    'kafka.strimzi.io/v1',
    '${A:${B}}',
    '${',
    '$$',
    '..',
    '/etc',
    'XSink',
    'XSource',
    'group.id=a\nacks=1',
    'spring.kafka.consumer.group-id: a',
  ],
]

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(fc.constantFrom(...VALUES), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('tree'), { maxKeys: 6 }),
  ),
}))

describe('whatever the files hold', () => {
  test('nothing throws, ids are unique, and every place lies in a document that is given', async () => {
    await fc.assert(
      fc.asyncProperty(tree, tree, async (one, other) => {
        const files = {
          'a/docker-compose.yml': JSON.stringify(one),
          'a/application.yml': JSON.stringify(other),
          'a/application-dev.yaml': JSON.stringify(one),
          'b/app.json': JSON.stringify(one),
          'b/values.yaml': JSON.stringify(other),
          'b/Chart.yaml!': 'name: b\n',
        }
        const { clients, deployments, documents } = await readConfiguration(sourceOf(files))
        expect(new Set(clients.map(({ id }) => id)).size).toBe(clients.length)
        const lines = new Map(documents.map((d) => [d.path, d.lines.length]))
        const places = [
          ...clients.flatMap((c) => [
            c.location,
            ...c.options.settings.map((s) => s.location),
            ...c.options.gaps.map((g) => g.location),
          ]),
          ...deployments.flatMap((d) => [d.location, ...d.environment.map((e) => e.location)]),
        ]
        for (const place of places) expect(place.line).toBeLessThanOrEqual(lines.get(place.path) ?? 0)
      }),
      { numRuns: 300 },
    )
  })

  test('arbitrary text in every format', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const names = ['a.properties', 'a.yml', 'a.json', 'a.toml', 'a.ini', '.env']
        await readConfiguration(sourceOf(Object.fromEntries(names.map((name) => [name, text]))))
      }),
      { numRuns: 200 },
    )
  })
})
