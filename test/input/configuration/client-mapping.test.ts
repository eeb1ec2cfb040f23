import { describe, expect, test } from 'vitest'
import { recogniseClientMappings } from '../../../src/input/configuration/client-mapping.ts'
import { recogniseKafkajs } from '../../../src/input/configuration/kafkajs-json.ts'
import { documentOf, settingsOf } from './documents.ts'

const mappings = async (path: string, text: string) => recogniseClientMappings(await documentOf(path, text)).clients
const kafkajs = async (path: string, text: string) => recogniseKafkajs(await documentOf(path, text)).clients

describe('dotted keys in one mapping', () => {
  test('JSON: a consumer that some program builds', async () => {
    const [client] = await mappings(
      'kafka.json',
      '{\n  // local\n  "bootstrap.servers": "a:1",\n  "group.id": "g",\n  "enable.auto.commit": true,\n  "topic": "orders"\n}',
    )
    expect(client).toMatchObject({
      id: 'kafka.json#consumer:root',
      libraries: ['confluent-kafka', 'node-rdkafka', 'confluent-kafka-javascript', 'kafka-clients'],
      confidence: 'medium',
      usage: 'subscribes',
      location: { line: 4 },
      options: { gaps: [{ overrides: true }] },
    })
    expect(settingsOf(client)).toEqual(['bootstrap.servers=a:1', 'group.id=g', 'enable.auto.commit=true'])
  })

  test('YAML below other keys, with the role that the section names', async () => {
    const clients = await mappings(
      'config.yaml',
      `worker:
  consumer_config:
    bootstrap.servers: a:1
    group.id: g
    sasl.mechanisms: PLAIN
  producerConfig:
    bootstrap.servers: a:1
    acks: 1
`,
    )
    expect(clients.map(({ id }) => id.split('#')[1])).toEqual([
      'consumer:worker.consumer_config',
      'producer:worker.producerConfig',
    ])
    expect(clients[0]?.libraries).not.toContain('kafka-clients')
    expect(settingsOf(clients[1])).toEqual(['bootstrap.servers=a:1', 'acks=1'])
  })

  test('TOML and INI sections', async () => {
    const toml = '[kafka.consumer]\n"bootstrap.servers" = "a:1"\n"group.id" = "g"\n"auto.offset.reset" = "latest"\n'
    expect(await mappings('app.toml', toml)).toMatchObject([{ role: 'consumer' }])
    const ini = '[default]\nbootstrap.servers=a:1\n\n[consumer]\ngroup.id=g\nauto.offset.reset=earliest\n'
    expect(await mappings('app.ini', ini)).toMatchObject([{ role: 'consumer', location: { line: 5 } }])
  })

  test('INI sections in a file that is named like properties', async () => {
    const text =
      '[kafka_client]\nbootstrap.servers=a:1\nsasl.username=u\ngroup.id=g\nauto.offset.reset=earliest\n\n[other]\nx=1\n'
    const [client] = await mappings('config.properties', text)
    expect(client).toMatchObject({ id: 'config.properties#consumer:kafka_client', location: { line: 4 } })
  })

  test("Java's own keys make it Java's", async () => {
    const text = 'c:\n  bootstrap.servers: a:1\n  group.id: g\n  key.deserializer: org.example.D\n'
    expect((await mappings('c.yaml', text))[0]?.libraries).toEqual(['kafka-clients'])
  })

  test.each([
    ['servers alone', 'c.yaml', 'kafka:\n  bootstrap.servers: a:1\n  security.protocol: SSL\n'],
    ['one lone key', 'c.yaml', 'kafka:\n  group.id: g\n'],
    ['a broker', 'c.yaml', 'kafka:\n  config:\n    bootstrap.servers: a:1\n    log.dirs: /x\n    compression.type: producer\n'],
    ['a section of brokers', 'c.yaml', 'kafka_broker:\n  custom:\n    bootstrap.servers: a:1\n    compression.type: lz4\n'],
    ['a Connect worker', 'c.yaml', 'kafka_connect:\n  group.id: c\n  enable.auto.commit: true\n  bootstrap.servers: a:1\n'],
    [
      'compose',
      'compose.yaml',
      'services:\n  a:\n    image: b\n    labels:\n      group.id: g\n      auto.offset.reset: latest\n',
    ],
    ['a manifest', 'm.yaml', 'apiVersion: v1\nkind: X\nspec:\n  group.id: g\n  auto.offset.reset: latest\n'],
    ['Micronaut', 'application.yml', 'micronaut: {}\nkafka:\n  bootstrap.servers: a:1\n  acks: all\n'],
    ['OpenAPI', 'api.json', '{"openapi": "3.0.0", "x": {"group.id": "g", "auto.offset.reset": "latest"}}'],
    ['a JSON schema', 's.json', '{"$schema": "x", "properties": {"group.id": {"type": "string"}, "acks": {"type": "string"}}}'],
    ['a schema without its name', 's.json', '{"group.id": {"type": "string"}, "bootstrap.servers": {}, "auto.offset.reset": {}}'],
    ['a connector', 'c.json', '{"connector.class": "X", "group.id": "g", "bootstrap.servers": "a", "acks": "1"}'],
    ['other words', 'c.json', '{"group_id": "g", "bootstrap_servers": "a:1", "auto_offset_reset": "latest"}'],
    ['plain properties', 'consumer.properties', 'bootstrap.servers=a:1\ngroup.id=g\nauto.offset.reset=latest\n'],
  ])('silence for %s', async (_, path, text) => {
    expect(await mappings(path, text)).toEqual([])
  })

  test('hostile nesting ends', async () => {
    const text = `${'{"a":'.repeat(400)}{"bootstrap.servers":"a","group.id":"g"}${'}'.repeat(400)}`
    expect(await mappings('deep.json', text)).toEqual([])
  })
})

describe('kafkajs options as data', () => {
  test('a consumer with its brokers', async () => {
    const [client, ...others] = await kafkajs(
      'config/default.json',
      '{"kafka": {"clientId": "app", "brokers": ["a:1"], "consumer": {"groupId": "g", "sessionTimeout": 6000}}}',
    )
    expect(others).toEqual([])
    expect(client).toMatchObject({ role: 'consumer', libraries: ['kafkajs'], options: { gaps: [{ overrides: true }] } })
    expect(settingsOf(client)).toEqual(['brokers=a:1', 'groupId=g', 'sessionTimeout=6000'])
  })

  test.each([
    '{"kafka": {"clientId": "app", "brokers": "a:1", "consumer": {"groupId": "g"}}}',
    '{"kafka": {"brokers": ["a:1"], "consumer": {"groupId": "g"}}}',
    '{"kafka": {"clientId": "app", "brokers": ["a:1"]}}',
    '{"mqtt": {"clientId": "app", "brokers": ["a:1"], "topics": []}}',
  ])('silence for %s', async (text) => {
    expect(await kafkajs('config/default.json', text)).toEqual([])
  })
})
