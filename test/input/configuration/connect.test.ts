import { describe, expect, test } from 'vitest'
import { recogniseConnect } from '../../../src/input/configuration/connect.ts'
import { recogniseStrimzi } from '../../../src/input/configuration/strimzi.ts'
import { documentOf, placeOf, settingsOf } from './documents.ts'

const connect = async (path: string, text: string) => recogniseConnect(await documentOf(path, text)).clients
const strimzi = async (text: string) => recogniseStrimzi(await documentOf('connect.yaml', text)).clients

const WORKER = 'bootstrap.servers=a:1\ngroup.id=connect-cluster\noffset.storage.topic=offsets\nconfig.storage.topic=configs\n'

describe('Connect workers', () => {
  test('that override nothing are no client', async () => {
    expect(await connect('connect-distributed.properties', WORKER)).toEqual([])
    expect(await connect('connect-distributed.properties', `${WORKER}consumer.sasl.mechanism=PLAIN\n`)).toEqual([])
  })

  test('that override delivery declare the clients they give to their tasks', async () => {
    const clients = await connect('connect.properties', `${WORKER}producer.acks=1\nproducer.linger.ms=5\n`)
    expect(clients).toHaveLength(1)
    expect(clients[0]).toMatchObject({ role: 'producer', libraries: ['kafka-connect'], usage: 'none' })
    expect(settingsOf(clients[0])).toEqual(['bootstrap.servers=a:1', 'acks=1', 'linger.ms=5'])
    expect(clients[0]?.options.settings[1]?.inheritedFrom).toBe('producer.*')
  })

  test("do not give their own group to the sinks' consumers", async () => {
    const [client] = await connect('connect.properties', `${WORKER}consumer.auto.offset.reset=latest\n`)
    expect(settingsOf(client)).toEqual(['bootstrap.servers=a:1', 'auto.offset.reset=latest'])
  })

  test('standalone workers are workers', async () => {
    const text = 'bootstrap.servers=a:1\noffset.storage.file.filename=offsets.dat\nconsumer.isolation.level=read_committed\n'
    expect(await connect('connect-standalone.properties', text)).toMatchObject([{ role: 'consumer' }])
  })
})

describe('connectors', () => {
  test('a sink is a consumer in the group that Connect names', async () => {
    const [client] = await connect(
      'sink.json',
      `{
  "name": "orders-sink",
  "config": {
    "connector.class": "io.confluent.connect.jdbc.JdbcSinkConnector",
    "topics": "orders, refunds",
    "errors.tolerance": "all",
    "consumer.override.auto.offset.reset": "latest",
    "connection.password": "hunter2"
  }
}`,
    )
    expect(client).toMatchObject({
      id: 'sink.json#consumer:connector.orders-sink',
      role: 'consumer',
      usage: 'subscribes',
      topics: { kind: 'known', names: ['orders', 'refunds'] },
      options: { gaps: [{ overrides: false }] },
    })
    expect(settingsOf(client)).toEqual(['group.id=connect-orders-sink', 'auto.offset.reset=latest', 'errors.tolerance=all'])
    expect(client?.options.settings[1]?.inheritedFrom).toBe('consumer.override.*')
    expect(placeOf(client?.location as never)).toBe('4:5-4:69')
    expect(JSON.stringify(client)).not.toContain('hunter2')
  })

  test('a source is a producer; topics may be a pattern', async () => {
    const [source] = await connect(
      's.properties',
      'name=f\nconnector.class=FileStreamSource\ntopic=lines\nproducer.override.acks=1\n',
    )
    expect(source).toMatchObject({ role: 'producer', topics: { kind: 'known', names: ['lines'] } })
    expect(settingsOf(source)).toEqual(['acks=1'])
    const [sink] = await connect('s.properties', 'name=f\nconnector.class=S3SinkConnector\ntopics.regex=a.*\n')
    expect(sink?.topics).toMatchObject({ kind: 'pattern', pattern: 'a.*' })
  })

  test.each([
    ['io.debezium.connector.mysql.MySqlConnector', 'producer'],
    ['io.debezium.connector.jdbc.JdbcSinkConnector', 'consumer'],
    ['org.apache.kafka.connect.mirror.MirrorSourceConnector', 'producer'],
    ['io.confluent.kafka.connect.datagen.DatagenConnector', 'producer'],
    ['io.confluent.connect.elasticsearch.ElasticsearchSinkConnector', 'consumer'],
  ])('%s is a %s', async (name, role) => {
    expect(await connect('c.json', JSON.stringify({ name: 'c', 'connector.class': name }))).toMatchObject([{ role }])
  })

  test.each([
    ['a class that does not say', { name: 'c', 'connector.class': 'org.example.MyConnector' }],
    ['heartbeats', { name: 'c', 'connector.class': 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector' }],
    ['a managed connector', { name: 'c', 'connector.class': 'S3_SINK', 'kafka.api.key': 'k' }],
    ['another file', { name: 'c', version: '1.0.0', dependencies: { kafkajs: '^2' } }],
    ['a list of numbers', [1, 2]],
  ])('silence for %s', async (_, value) => {
    expect(await connect('c.json', JSON.stringify(value))).toEqual([])
  })
})

describe('Strimzi', () => {
  const resource = (kind: string, spec: string) =>
    `apiVersion: kafka.strimzi.io/v1\nkind: ${kind}\nmetadata:\n  name: mine\nspec:\n${spec}`

  test('KafkaConnect is a worker', async () => {
    const spec = '  replicas: 1\n  bootstrapServers: a:1\n  config:\n    group.id: g\n    producer.acks: 1\n'
    const [client, ...others] = await strimzi(resource('KafkaConnect', spec))
    expect(others).toEqual([])
    expect(client).toMatchObject({ id: 'connect.yaml#producer:KafkaConnect.mine.worker', location: { line: 4 } })
    expect(settingsOf(client)).toEqual(['bootstrap.servers=a:1', 'acks=1'])
  })

  test('KafkaConnector is a connector', async () => {
    const spec =
      '  class: org.example.OrdersSinkConnector\n  config:\n    topics: orders\n    consumer.override.max.poll.records: 1\n'
    const [client] = await strimzi(resource('KafkaConnector', spec))
    expect(client).toMatchObject({ role: 'consumer', name: 'sink connector mine', location: { line: 6 } })
    expect(settingsOf(client)).toEqual(['group.id=connect-mine', 'max.poll.records=1'])
  })

  test('a mirror produces by its source connector', async () => {
    const spec =
      '  mirrors:\n    - sourceConnector:\n        config:\n          producer.override.acks: 1\n      checkpointConnector: {}\n'
    const clients = await strimzi(resource('KafkaMirrorMaker2', spec))
    expect(clients).toMatchObject([{ role: 'producer', location: { line: 7 } }])
    expect(settingsOf(clients[0])).toEqual(['acks=1'])
  })

  test.each(['Kafka', 'KafkaTopic', 'KafkaUser', 'KafkaBridge', 'KafkaNodePool'])('%s is silent', async (kind) => {
    expect(await strimzi(resource(kind, '  kafka:\n    config:\n      producer.acks: 1\n      group.id: g\n'))).toEqual([])
  })

  test('its definitions are silent', async () => {
    const text = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  names:\n    kind: KafkaConnect\n'
    expect(await strimzi(text)).toEqual([])
  })
})
