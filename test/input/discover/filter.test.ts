import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { interestOf } from '../../../src/input/discover/filter.ts'
import type { FileKind } from '../../../src/input/files.ts'

const judge = (kind: FileKind, text: string, name = 'x') => interestOf(kind, name, Buffer.from(text))

describe('Python', () => {
  test.each([
    'from kafka import KafkaConsumer',
    'import kafka',
    'import os, kafka as k',
    'try: import confluent_kafka\nexcept ImportError: pass',
    '    from confluent_kafka.aio import AIOConsumer',
    'import aiokafka',
    'import faust\napp = faust.App("a")',
    'from faststream.confluent import KafkaBroker',
    'from quixstreams import Application',
    'from arroyo.backends.kafka import KafkaConsumer',
    'from airflow.providers.apache.kafka.operators.consume import ConsumeFromTopicOperator',
    'from .clients import KafkaProducer\np = KafkaProducer(**SETTINGS)',
    'module = importlib.import_module("kafka")',
    'app = Celery(broker="confluentkafka://localhost")',
  ])('reads %s', (text) => {
    expect(judge('python', text)).toBe('read')
  })

  test.each([
    'r.setnx("k", 1)',
    'await r.set("k", 1, nx=True)',
    'r.set("k", 1, ex=5, nx = True)',
    'r.hsetnx("h", "f", 1)',
    'n = r.incr("k")\nr.expire("k", 60)',
    'pipe.pexpire(k, 5); pipe.incrby(k, 1)',
    'r.eval("if redis.call(\'SETNX\', KEYS[1], 1)")',
    'r.execute_command("SET", "k", "v", "NX")',
  ])('reads a Redis write without the word Kafka: %s', (text) => {
    expect(judge('python', text)).toBe('read')
  })

  test.each([
    'topic = settings.KAFKA_TOPIC',
    'from common.kafka_client import publish',
    'CONF = {"bootstrap.servers": "kafka:9092"}',
    '# sends to Kafka',
    'from karapace.kafka_rest import x',
  ])('pools %s', (text) => {
    expect(judge('python', text)).toBe('pool')
  })

  test.each([
    '',
    'print(1)',
    'f(max=True, mnx=True)',
    'session.expire(obj)',
    'counter.incr()',
    'n.faustian()',
    'quixstreams = 1',
  ])('leaves %j', (text) => {
    expect(judge('python', text)).toBeUndefined()
  })
})

describe('configuration', () => {
  test.each<[FileKind, string, string]>([
    ['properties', 'bootstrap.servers=localhost:9092', 'consumer.properties'],
    ['properties', 'app.kafka.topic=a', 'application.properties'],
    ['yaml', 'spring:\n  kafka:\n    consumer:\n      group-id: a', 'application.yml'],
    ['yaml', 'kafka:\n  topic: a', 'config.yml'],
    ['yaml', 'consumer:\n  bootstrap_servers: [a]\n  auto_offset_reset: latest', 'settings.yaml'],
    ['yaml', 'spec:\n  env:\n    - name: BROKERS\n      value: kafka:9092', 'deployment.yaml'],
    ['yaml', 'app:\n  url: kafka:9092', 'values-prod.yaml'],
    ['yaml', 'services:\n  broker:\n    image: apache/kafka', 'docker-compose.yml'],
    ['json', '{"connector.class": "io.x.Sink", "tasks.max": 1}', 'sink.json'],
    ['json', '{"kafka": {"clientId": "a", "groupId": "b"}}', 'config.json'],
    ['toml', '[kafka]\ntopic = "a"', 'settings.toml'],
    ['ini', '[kafka]\ngroup.id = a', 'app.ini'],
    ['env', 'KAFKA_URL=a', '.env'],
  ])('reads %s %j', (kind, text, name) => {
    expect(judge(kind, text, name)).toBe('read')
  })

  test.each<[string, FileKind, string, string]>([
    ['prose', 'yaml', 'fixes:\n  - |\n    kafka: the group.id is now kept.', 'note.yaml'],
    ['definitions', 'yaml', 'kind: CustomResourceDefinition\nspec:\n  kafka:\n    groupId:\n      type: string', 'crd.yaml'],
    ['a pipeline', 'yaml', 'env:\n  KAFKA: 1', '.gitlab-ci.yml'],
    ['a dashboard', 'json', '{"title": "Kafka group_id lag", "panels": []}', 'dashboard.json'],
    ['variables that do not name it', 'env', 'AUTO_COMMIT=true', '.env'],
    ['a compose file that does not name it', 'yaml', 'services: {}', 'compose.yaml'],
  ])('pools %s', (_, kind, text, name) => {
    expect(judge(kind, text, name)).toBe('pool')
  })

  test('judges the documents of a bundle one by one', () => {
    const definition = 'kind: CustomResourceDefinition\nspec:\n  kafka:\n    groupId:\n'
    expect(judge('yaml', `${definition}---\nkind: Deployment\nspec:\n  env:\n    - name: A\n`, 'install.yaml')).toBe('pool')
    expect(judge('yaml', `${definition}---\nkind: Deployment\nspec:\n  env:\n    - name: KAFKA_A\n`, 'install.yaml')).toBe('read')
  })

  test.each<[FileKind, string]>([
    ['yaml', 'a: 1'],
    ['json', '{"name": "bootstrap", "offset": 3}'],
    ['properties', 'title=Offset'],
  ])('leaves %s %j', (kind, text) => {
    expect(judge(kind, text)).toBeUndefined()
  })
})

test('takes time in proportion to the size, whatever the bytes', () => {
  const started = performance.now()
  for (const unit of ['a', 'kafka ', ' kafka.', '"', 'name:', '- ', 'import a,', '\n']) {
    const text = `kafka ${unit.repeat(400_000 / unit.length)}`
    for (const kind of ['python', 'yaml', 'json'] as const) judge(kind, text)
  }
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom<FileKind>('python', 'yaml', 'json', 'env'), (bytes, kind) => {
      expect([undefined, 'pool', 'read']).toContain(interestOf(kind, 'kafka.yml', Buffer.from(bytes)))
    }),
    { numRuns: 300 },
  )
})
