// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of the files under test
import { describe, expect, test } from 'vitest'
import { recogniseSpring } from '../../../src/input/configuration/spring.ts'
import type { DeclaredClient } from '../../../src/model/client.ts'
import { placeOf, settingsOf, surroundingsOf } from './documents.ts'

async function clientsOf(files: Readonly<Record<string, string>>): Promise<readonly DeclaredClient[]> {
  const { documents } = await surroundingsOf(files)
  return documents.flatMap((document) => recogniseSpring(document, documents).clients)
}

const yaml = (text: string) => clientsOf({ 'src/main/resources/application.yml': text })
const properties = (text: string) => clientsOf({ 'src/main/resources/application.properties': text })

describe('spring.kafka in YAML', () => {
  test('declares a consumer and a producer with their sections', async () => {
    const [consumer, producer] = await yaml(`spring:
  kafka:
    bootstrap-servers: kafka:9092
    consumer:
      group-id: orders
      enable-auto-commit: true
    producer:
      acks: 1
`)
    expect(consumer).toMatchObject({
      id: 'src/main/resources/application.yml#consumer:spring.kafka.consumer',
      role: 'consumer',
      libraries: ['spring-boot-kafka'],
      name: 'spring.kafka.consumer',
      usage: 'subscribes',
      folder: 'src/main/resources',
      language: 'configuration',
      followed: false,
      options: { gaps: [] },
    })
    expect(placeOf((consumer as DeclaredClient).location)).toBe('4:5-4:13')
    expect(settingsOf(consumer)).toEqual(['bootstrap-servers=kafka:9092', 'group-id=orders', 'enable-auto-commit=true'])
    expect(consumer?.options.settings[0]?.inheritedFrom).toBe('spring.kafka')
    expect(settingsOf(producer)).toEqual(['bootstrap-servers=kafka:9092', 'acks=1'])
    expect(producer?.options.settings[1]?.value).toEqual({ kind: 'known', value: 1 })
  })

  test('declares a consumer that nothing uses where the code beside takes in no messages', async () => {
    const { documents } = await surroundingsOf({
      'src/main/resources/application.yml': 'spring:\n  kafka:\n    consumer:\n      group-id: orders\n',
    })
    const usage = (takesIn: boolean | undefined) =>
      documents.flatMap((document) => recogniseSpring(document, documents, () => takesIn).clients).map((c) => c.usage)
    expect(usage(false)).toEqual(['none'])
    expect(usage(true)).toEqual(['subscribes'])
    expect(usage(undefined)).toEqual(['subscribes'])
  })

  test('takes dotted roots, and any mixture of dots and nesting', async () => {
    const [consumer] = await yaml(`spring.kafka:
  consumer.group-id: a
spring.kafka.consumer:
  auto-offset-reset: earliest
spring:
  kafka.consumer.enable-auto-commit: false
`)
    expect(settingsOf(consumer)).toEqual(['group-id=a', 'auto-offset-reset=earliest', 'enable-auto-commit=false'])
    expect(placeOf((consumer as DeclaredClient).location)).toBe('2:3-2:20')
  })

  test('binds relaxed names to the names that Boot documents', async () => {
    const [consumer] = await yaml(`spring:
  kafka:
    consumer:
      groupId: a
      ENABLE_AUTO_COMMIT: false
      auto_offset_reset: latest
      maxPollRecords: 10
`)
    expect(settingsOf(consumer)).toEqual([
      'group-id=a',
      'enable-auto-commit=false',
      'auto-offset-reset=latest',
      'max-poll-records=10',
    ])
  })

  test('names raw properties as Kafka does, dotted, nested or in brackets', async () => {
    const [consumer] = await yaml(`spring:
  kafka:
    consumer:
      properties:
        isolation.level: read_committed
        max:
          poll:
            interval.ms: 1000
        "[session.timeout.ms]": 6000
`)
    expect(settingsOf(consumer)).toEqual([
      'isolation.level=read_committed',
      'max.poll.interval.ms=1000',
      'session.timeout.ms=6000',
    ])
  })

  test('keeps only the winner of one setting given twice, with where it comes from', async () => {
    const [consumer] = await yaml(`spring:
  kafka:
    properties:
      isolation.level: read_committed
      max.poll.records: 5
    consumer:
      isolation-level: read_uncommitted
      max-poll-records: 7
      properties:
        max.poll.records: 9
`)
    expect(settingsOf(consumer)).toEqual(['isolation-level=read_uncommitted', 'max.poll.records=9'])
  })

  test('says that a common property is inherited, so that a typed default may overwrite it', async () => {
    const [consumer, producer] = await yaml(`spring:
  kafka:
    properties:
      isolation.level: read_committed
    consumer:
      group-id: a
    producer:
      acks: all
`)
    expect(consumer?.options.settings[0]).toMatchObject({ key: 'isolation.level', inheritedFrom: 'spring.kafka.properties' })
    expect(settingsOf(producer)).toEqual(['acks=all'])
  })

  test('does not take a nested name for a raw property', async () => {
    const [consumer] = await yaml('spring.kafka.consumer:\n  group-id: a\n  isolation:\n    level: read_committed\n')
    expect(settingsOf(consumer)).toEqual(['group-id=a', 'consumer.isolation.level=read_committed'])
  })

  test('a listener section alone declares a consumer, a template alone a producer with its topic', async () => {
    const [consumer, producer] = await yaml(`spring:
  kafka:
    listener:
      ack-mode: manual
    template:
      default-topic: orders
`)
    expect(consumer).toMatchObject({ role: 'consumer', usage: 'unknown' })
    expect(settingsOf(consumer)).toEqual(['listener.ack-mode=manual'])
    expect(producer?.topics).toMatchObject({ kind: 'known', names: ['orders'] })
  })

  test.each([
    ['servers alone', 'spring:\n  kafka:\n    bootstrap-servers: kafka:9092\n'],
    ['an empty section', 'spring:\n  kafka:\n    consumer:\n'],
    ['streams alone', 'spring:\n  kafka:\n    streams:\n      application-id: a\n'],
    ['a section of the application', 'app:\n  kafka:\n    consumer:\n      group-id: a\n'],
    ['admin and security', 'spring:\n  kafka:\n    admin:\n      fail-fast: true\n    security:\n      protocol: SSL\n'],
    ['a list', '- spring\n- kafka\n'],
    ['nothing', ''],
  ])('declares nothing for %s', async (_, text) => {
    expect(await yaml(text)).toEqual([])
  })

  test('a list of servers stays a list', async () => {
    const [consumer] = await yaml(
      'spring:\n  kafka:\n    bootstrap-servers:\n      - a:1\n      - b:2\n    consumer:\n      group-id: g\n',
    )
    expect(settingsOf(consumer)[0]).toBe('bootstrap-servers=a:1, b:2')
  })
})

describe('placeholders', () => {
  test('a variable with a default is an environment read with a fallback', async () => {
    const [consumer] = await yaml('spring.kafka.consumer:\n  auto-offset-reset: ${RESET:latest}\n  group-id: ${GROUP}\n')
    expect(consumer?.options.settings[0]).toMatchObject({
      value: { kind: 'known', value: 'latest' },
      environment: { variable: 'RESET', fallback: { kind: 'known', value: 'latest' } },
    })
    expect(consumer?.options.settings[1]).toMatchObject({ value: { kind: 'unknown' }, environment: { variable: 'GROUP' } })
  })

  test('a property of the same application is resolved, another is a relaxed variable', async () => {
    const [consumer] = await yaml(`spring:
  application:
    name: billing
  kafka:
    consumer:
      group-id: \${spring.application.name}-group
      auto-offset-reset: \${app.kafka.offset-reset:earliest}
`)
    expect(settingsOf(consumer)[0]).toBe('group-id=billing-group')
    expect(consumer?.options.settings[1]?.environment?.variable).toBe('APP_KAFKA_OFFSETRESET')
  })

  test('a name made anew at each start is generated', async () => {
    const [consumer] = await yaml('spring.kafka.consumer.group-id: app-${random.uuid}\n')
    expect(consumer?.options.settings[0]?.value).toEqual({ kind: 'generated', by: 'random', text: 'app-${random.uuid}' })
    const [, producer] = await yaml('spring.kafka:\n  consumer.group-id: a\n  producer.transaction-id-prefix: tx-${HOSTNAME}-\n')
    expect(producer?.options.settings[0]?.value).toMatchObject({ kind: 'generated', by: 'host' })
  })

  test('a variable inside a longer text leaves it unknown', async () => {
    const [consumer] = await yaml('spring.kafka.consumer.group-id: app-${STAGE:dev}\n')
    expect(consumer?.options.settings[0]?.value.kind).toBe('unknown')
    expect(consumer?.options.settings[0]?.environment).toBeUndefined()
  })

  test('placeholders that refer to each other end', async () => {
    const [consumer] = await yaml('a: ${b}\nb: ${a}\nspring.kafka.consumer.group-id: ${a}\n')
    expect(consumer?.options.settings[0]?.value.kind).toBe('unknown')
  })

  test('a template decides what it stands for, and a secret is not kept', async () => {
    const [consumer] = await yaml(`spring:
  kafka:
    consumer:
      group-id: "{{ .Values.group }}"
      properties:
        sasl.jaas.config: org.example.Login required password="hunter2";
`)
    expect(consumer?.options.settings.map(({ value }) => value.kind)).toEqual(['unknown', 'unknown'])
    expect(JSON.stringify(consumer)).not.toContain('hunter2')
  })
})

describe('spring.kafka in .properties', () => {
  test('reads flat keys and stands at the first key of the section', async () => {
    const [consumer, producer] = await properties(`# kafka
spring.kafka.bootstrap-servers=kafka:9092
spring.kafka.producer.retries=0
spring.kafka.consumer.group-id=a
spring.kafka.consumer.properties.isolation.level=read_committed
`)
    expect(placeOf((consumer as DeclaredClient).location)).toBe('4:1-4:31')
    expect(settingsOf(consumer)).toEqual(['bootstrap-servers=kafka:9092', 'group-id=a', 'isolation.level=read_committed'])
    expect(placeOf((producer as DeclaredClient).location)).toBe('3:1-3:30')
  })

  test('documents are divided by #---', async () => {
    const clients = await properties(`spring.kafka.consumer.group-id=a
spring.kafka.consumer.enable-auto-commit=false
#---
spring.config.activate.on-profile=dev
spring.kafka.consumer.enable-auto-commit=true
`)
    expect(clients.map(({ name }) => name)).toEqual(['spring.kafka.consumer', 'spring.kafka.consumer (profile dev)'])
    expect(settingsOf(clients[0])).toEqual(['group-id=a', 'enable-auto-commit=false'])
    expect(settingsOf(clients[1])).toEqual(['group-id=a', 'enable-auto-commit=true'])
  })
})

describe('profiles', () => {
  const base = 'spring:\n  kafka:\n    consumer:\n      group-id: a\n      enable-auto-commit: false\n'

  test.each(['spring:\n  config.activate.on-profile: dev\n', 'spring:\n  profiles: dev\n'])(
    'a document of a profile inherits the base: %j',
    async (activation) => {
      const clients = await yaml(`${base}---\n${activation}  kafka.consumer.enable-auto-commit: true\n`)
      expect(clients.map(({ id }) => id.split(':').at(-1))).toEqual(['spring.kafka.consumer', 'spring.kafka.consumer@dev'])
      expect(settingsOf(clients[1])).toEqual(['group-id=a', 'enable-auto-commit=true'])
      expect(clients[1]?.location.line).toBe(9)
    },
  )

  test('a profile that changes only connection, serializers or the same values again is no client of its own', async () => {
    const clients = await yaml(`${base}---
spring:
  config.activate.on-profile: prod
  kafka:
    bootstrap-servers: prod:9092
    consumer:
      group-id: prod
      enable-auto-commit: false
      key-deserializer: org.example.Other
    properties:
      security.protocol: SASL_SSL
`)
    expect(clients).toHaveLength(1)
  })

  test('a profile that makes the group anew is', async () => {
    const clients = await yaml(`${base}---\nspring:\n  profiles: dev\n  kafka.consumer.group-id: \${random.uuid}\n`)
    expect(clients).toHaveLength(2)
  })

  test('a profile that only tests run under is not', async () => {
    const clients = await yaml(`${base}---\nspring:\n  profiles: test\n  kafka.consumer.enable-auto-commit: true\n`)
    expect(clients).toHaveLength(1)
  })

  test('a file of a profile adds to the base beside it', async () => {
    const clients = await clientsOf({
      'application.yml': base,
      'application-dev.properties': 'spring.kafka.consumer.auto-offset-reset=latest\n',
    })
    expect(clients.map(({ location }) => location.path)).toEqual(['application.yml', 'application-dev.properties'])
    expect(settingsOf(clients[1])).toEqual(['group-id=a', 'enable-auto-commit=false', 'auto-offset-reset=latest'])
  })

  test('a file of a profile stands alone without a base', async () => {
    const [client] = await clientsOf({ 'application-prod.yml': base })
    expect(client?.name).toBe('spring.kafka.consumer (profile prod)')
  })

  test('the profile that the base activates is part of it', async () => {
    const clients = await clientsOf({
      'application.yml': `spring.profiles.active: dev\n${base}`,
      'application-dev.yml': 'spring.kafka.consumer.auto-offset-reset: earliest\n',
    })
    expect(clients).toHaveLength(1)
    expect(settingsOf(clients[0])).toContain('auto-offset-reset=earliest')
  })

  test('later documents without a profile override earlier ones', async () => {
    const clients = await yaml(`${base}---\nspring.kafka.consumer.enable-auto-commit: true\n`)
    expect(clients).toHaveLength(1)
    expect(settingsOf(clients[0])).toEqual(['group-id=a', 'enable-auto-commit=true'])
  })

  test('properties win over YAML of the same application', async () => {
    const clients = await clientsOf({
      'application.yml': base,
      'application.properties': 'spring.kafka.consumer.enable-auto-commit=true\n',
    })
    expect(clients).toHaveLength(1)
    expect(settingsOf(clients[0])).toEqual(['group-id=a', 'enable-auto-commit=true'])
  })

  test('an import that was not read may override everything', async () => {
    const [client] = await yaml(`spring.config.import: "optional:configserver:http://config:8888"\n${base}`)
    expect(client?.options.gaps).toMatchObject([{ overrides: true }])
    const [other] = await yaml(`spring.config.import: "optional:file:.env[.properties]"\n${base}`)
    expect(other?.options.gaps).toEqual([])
  })

  test('a template that adds to the section leaves it open', async () => {
    const [client] = await yaml(`spring:
  kafka:
    consumer:
      group-id: a
{{- if .Values.manual }}
      enable-auto-commit: false
{{- end }}
`)
    expect(client?.options.gaps).toMatchObject([{ overrides: true }])
    expect(client?.options.settings.find(({ key }) => key === 'enable-auto-commit')?.value.kind).toBe('unknown')
  })
})
