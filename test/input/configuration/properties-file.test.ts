// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of the files under test
import { describe, expect, test } from 'vitest'
import { recogniseProperties } from '../../../src/input/configuration/properties-file.ts'
import type { DeclaredClient } from '../../../src/model/client.ts'
import { documentOf, placeOf, settingsOf } from './documents.ts'

async function clientsOf(path: string, text: string): Promise<readonly DeclaredClient[]> {
  return recogniseProperties(await documentOf(path, text)).clients
}

describe('property files of Java clients', () => {
  test('consumer.properties stands at its group', async () => {
    const [client, ...others] = await clientsOf(
      'config/consumer.properties',
      '# a consumer\nbootstrap.servers=a:1,b:2\ngroup.id=orders\n#auto.offset.reset=\nsasl.jaas.config=x password="p";\n',
    )
    expect(others).toEqual([])
    expect(client).toMatchObject({
      id: 'config/consumer.properties#consumer:properties',
      role: 'consumer',
      libraries: ['kafka-clients'],
      usage: 'subscribes',
      confidence: 'high',
      folder: 'config',
      options: { gaps: [] },
    })
    expect(placeOf((client as DeclaredClient).location)).toBe('3:1-3:16')
    expect(settingsOf(client)).toEqual(['bootstrap.servers=a:1,b:2', 'group.id=orders', 'sasl.jaas.config=unknown (a secret)'])
  })

  test('producer.properties stands at its servers', async () => {
    const [client] = await clientsOf('producer.properties', 'acks=1\nbootstrap.servers=a:1\n')
    expect(client).toMatchObject({ role: 'producer', usage: 'none', confidence: 'high' })
    expect(client?.location.line).toBe(2)
  })

  test('a file named for a role is that role even with servers alone', async () => {
    expect((await clientsOf('local-producer.properties', 'bootstrap.servers=a:1\n')).map(({ role }) => role)).toEqual([
      'producer',
    ])
    expect((await clientsOf('consumer.properties', 'bootstrap.servers=a:1\n')).map(({ usage }) => usage)).toEqual(['unknown'])
  })

  test('a file of another name tells its role by its keys, and the program may add to it', async () => {
    const [client] = await clientsOf('app.properties', 'bootstrap.servers=a:1\ngroup.id=g\nenable.auto.commit=true\n')
    expect(client).toMatchObject({ role: 'consumer', confidence: 'medium', options: { gaps: [{ overrides: false }] } })
  })

  test('keys of both roles are two clients, each without what only the other takes', async () => {
    const clients = await clientsOf('client.properties', 'bootstrap.servers=a:1\ngroup.id=g\nacks=1\nretries=0\n')
    expect(clients.map(({ role }) => role)).toEqual(['consumer', 'producer'])
    expect(settingsOf(clients[0])).toEqual(['bootstrap.servers=a:1', 'group.id=g', 'retries=0'])
    expect(settingsOf(clients[1])).toEqual(['bootstrap.servers=a:1', 'acks=1', 'retries=0'])
  })

  test('the last of two entries wins', async () => {
    const [client] = await clientsOf('consumer.properties', 'group.id=a\nauto.offset.reset=latest\nauto.offset.reset=earliest\n')
    expect(settingsOf(client)).toEqual(['group.id=a', 'auto.offset.reset=earliest'])
  })

  test("librdkafka's own keys make it a librdkafka client's", async () => {
    const [client] = await clientsOf(
      'client.properties',
      'bootstrap.servers=a:1\ngroup.id=g\nsasl.mechanisms=PLAIN\nsasl.username=u\n',
    )
    expect(client?.libraries).toEqual(['confluent-kafka', 'node-rdkafka', 'confluent-kafka-javascript'])
  })

  test('a variable is an environment read; white space after a boolean is none of its value', async () => {
    const [client] = await clientsOf('consumer.properties', 'group.id=${GROUP:-g}\nenable.auto.commit=false  \n')
    expect(client?.options.settings[0]?.environment).toEqual({ variable: 'GROUP', fallback: { kind: 'known', value: 'g' } })
    expect(settingsOf(client)[1]).toBe('enable.auto.commit=false')
  })

  test('a .conf file of flat keys is one too', async () => {
    expect(await clientsOf('consumer.conf', 'bootstrap.servers=a:1\ngroup.id=g\n')).toHaveLength(1)
  })

  test('what a template adds may override', async () => {
    const [client] = await clientsOf(
      'consumer.properties',
      'group.id=g\n{% if manual %}\nenable.auto.commit=false\n{% endif %}\n',
    )
    expect(client?.options.gaps.some(({ overrides }) => overrides)).toBe(true)
    expect(client?.options.settings.find(({ key }) => key === 'enable.auto.commit')?.value.kind).toBe('unknown')
  })
})

describe('sections that applications make for themselves', () => {
  test('are clients with medium confidence and a gap', async () => {
    const clients = await clientsOf(
      'application.properties',
      'server.port=80\nkafka.consumer.group.id=a\nkafka.consumer.enable.auto.commit=true\nproducer.acks=0\n',
    )
    expect(clients.map(({ id }) => id.split('#')[1])).toEqual(['consumer:kafka.consumer', 'producer:producer'])
    expect(settingsOf(clients[0])).toEqual(['group.id=a', 'enable.auto.commit=true'])
    expect(clients[0]).toMatchObject({ confidence: 'medium', options: { gaps: [{ overrides: false }] } })
    expect(clients[0]?.location.line).toBe(2)
  })

  test('need a key that tells the role', async () => {
    expect(await clientsOf('application.properties', 'consumer.threads=4\nproducer.name=x\nkafka.consumer.topic=t\n')).toEqual([])
  })
})

describe('silence', () => {
  test.each([
    [
      'server.properties',
      'broker.id=0\nlisteners=PLAINTEXT://:9092\ngroup.initial.rebalance.delay.ms=0\ncompression.type=producer\n',
    ],
    ['kraft/broker.properties', 'process.roles=broker\nnode.id=2\nbootstrap.servers=a:1\nacks=all\n'],
    ['zookeeper.properties', 'dataDir=/tmp\nclientPort=2181\n'],
    ['log4j.properties', 'log4j.rootLogger=INFO\nlog4j.logger.org.apache.kafka=WARN\n'],
    ['connect-distributed.properties', 'bootstrap.servers=a:1\ngroup.id=connect\noffset.storage.topic=o\nkey.converter=x\n'],
    ['connect-mirror-maker.properties', 'clusters=A,B\nA.bootstrap.servers=a:1\nA->B.enabled=true\n'],
    ['mirror_maker_consumer.properties', 'bootstrap.servers=a:1\ngroup.id=mirror\n'],
    ['streams.properties', 'application.id=a\nbootstrap.servers=a:1\nacks=1\nauto.offset.reset=earliest\n'],
    ['client-ssl.properties', 'bootstrap.servers=a:1\nsecurity.protocol=SSL\nssl.truststore.location=/t\n'],
    ['admin.properties', 'bootstrap.servers=a:1\nretries=3\nacks=1\n'],
    ['template.properties', 'bootstrap.servers=a:1\nsession.timeout.ms=45000\n'],
    ['schema-registry.properties', 'kafkastore.bootstrap.servers=a:1\nkafkastore.group.id=g\n'],
    ['application.properties', 'spring.kafka.consumer.group-id=a\nspring.kafka.producer.acks=1\n'],
    ['gradle.properties', 'kafkaVersion=3.9.0\norg.gradle.jvmargs=-Xmx1g\n'],
    ['hocon.conf', 'kafka {\n  bootstrap.servers = "a:1"\n  consumer {\n    group.id = "g"\n  }\n}\n'],
    ['empty.properties', ''],
  ])('%s', async (path, text) => {
    expect(await clientsOf(path, text)).toEqual([])
  })
})
