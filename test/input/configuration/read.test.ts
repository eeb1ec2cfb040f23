// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of the files under test
import { describe, expect, test } from 'vitest'
import { readConfiguration } from '../../../src/input/configuration/read.ts'
import { placeOf, settingsOf, sourceOf } from './documents.ts'

const read = (files: Readonly<Record<string, string>>) => readConfiguration(sourceOf(files))

describe('readConfiguration', () => {
  test('ids end with an ordinal, clients are ordered by place', async () => {
    const { clients } = await read({
      'b/consumer.properties': 'group.id=b\n',
      'a/kafka.json': '[{"bootstrap.servers": "a", "group.id": "x"},\n{"bootstrap.servers": "a", "group.id": "y"}]',
    })
    expect(clients.map(({ id }) => id)).toEqual([
      'a/kafka.json#consumer:0:0',
      'a/kafka.json#consumer:1:0',
      'b/consumer.properties#consumer:properties:0',
    ])
    const { clients: twice } = await read({
      's.json': '[{"name":"a","connector.class":"XSink"},{"name":"a","connector.class":"XSink"}]',
    })
    expect(twice.map(({ id }) => id.split('#')[1])).toEqual(['consumer:connector.a:0', 'consumer:connector.a:1'])
  })

  test('documents carry comments and secrets, and only those that facts stand in', async () => {
    const { documents } = await read({
      'consumer.properties': '# semcheck-ignore auto-commit -- known\ngroup.id=a\nssl.keystore.password=hunter2\n',
      'server.properties': 'broker.id=1\n',
    })
    expect(documents.map(({ path }) => path)).toEqual(['consumer.properties'])
    const [document] = documents
    expect(document?.comments[0]?.text).toBe('semcheck-ignore auto-commit -- known')
    expect(document?.secrets.map(({ start, end }) => document.text.slice(start, end))).toEqual(['hunter2'])
  })

  test('a file embedded in a ConfigMap is recognised like a file, with positions in the outer one', async () => {
    const { clients, documents } = await read({
      'k8s/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: orders
data:
  GROUP: x
  application.yml: |
    # semcheck-ignore offset-reset -- by design
    spring:
      kafka:
        consumer:
          group-id: orders
  consumer.properties: |
    bootstrap.servers=a:1
    group.id=g
  dashboard.json: |
    {"panels": []}
`,
    })
    expect(clients.map(({ id }) => id)).toEqual([
      'k8s/config.yaml#consumer:ConfigMap/orders/application.yml/spring.kafka.consumer:0',
      'k8s/config.yaml#consumer:ConfigMap/orders/consumer.properties/properties:0',
    ])
    expect(clients.map(({ location }) => placeOf(location))).toEqual(['11:9-11:17', '15:5-15:15'])
    expect(settingsOf(clients[0])).toEqual(['group-id=orders'])
    expect(clients[0]?.options.settings[0]?.location).toMatchObject({ path: 'k8s/config.yaml', line: 12, column: 11 })
    expect(documents[0]?.comments.map(({ text }) => text)).toContain('semcheck-ignore offset-reset -- by design')
  })

  test('a profile of a ConfigMap adds to the base of the same ConfigMap', async () => {
    const { clients } = await read({
      'config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  application.yml: |
    spring.kafka.consumer.group-id: a
  application-dev.yml: |
    spring.kafka.consumer.auto-offset-reset: latest
`,
    })
    expect(clients.map(({ name }) => name)).toEqual(['spring.kafka.consumer', 'spring.kafka.consumer (profile dev)'])
  })

  test('ConfigMaps of one manifest are applications of their own', async () => {
    const map = (name: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  application.yml: |\n    spring.kafka.consumer.group-id: ${name}\n`
    const { clients } = await read({ 'config.yaml': `${map('a')}---\n${map('b')}` })
    expect(clients.map(settingsOf)).toEqual([['group-id=a'], ['group-id=b']])
  })

  test('the base of a profile is read although it does not name Kafka', async () => {
    const { clients, documents } = await read({
      'application-dev.yml': 'spring.kafka.consumer.group-id: ${app.name}\n',
      'application.yml!': 'app.name: billing\n',
      'other.yml!': 'a: 1\n',
    })
    expect(settingsOf(clients[0])).toEqual(['group-id=billing'])
    expect(documents.map(({ path }) => path)).toEqual(['application-dev.yml'])
  })

  test('a profile that only names Kafka loosely is read where a base leads to it', async () => {
    const { clients } = await read({
      'application.yml': 'spring.profiles.active: local\nspring.kafka.consumer.group-id: a\n',
      'application-local.yml?': 'spring.kafka.listener.type: batch\n',
    })
    expect(settingsOf(clients[0])).toEqual(['group-id=a', 'listener.type=batch'])
  })

  test('an env_file of any name is read where a service names it, and pointed into', async () => {
    const { deployments, documents } = await read({
      'docker-compose.yml': 'services:\n  a:\n    build: .\n    env_file: conf/kafka.conf\n',
      'conf/kafka.conf!': 'GROUP=a\n',
      '.env?': 'IMAGE=x\n',
    })
    expect(deployments.map(({ kind, environment }) => [kind, environment.map((e) => e.name)])).toEqual([
      ['compose', ['GROUP']],
      ['dotenv', ['IMAGE']],
    ])
    expect(documents.map(({ path }) => path).sort()).toEqual(['.env', 'conf/kafka.conf', 'docker-compose.yml'])
  })

  test('ConfigMaps in other manifests of the folder are read where a workload leads to them', async () => {
    const { deployments } = await read({
      'k8s/app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  template:
    spec:
      containers: [{name: a, image: b, envFrom: [{configMapRef: {name: s}}]}]
`,
      'k8s/settings.yaml?': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata: {GROUP: a}\n',
      'k8s/other/settings.yaml?': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata: {GROUP: b}\n',
    })
    expect(deployments.map(({ environment }) => environment.map(({ value }) => value))).toEqual([[{ kind: 'known', value: 'a' }]])
  })

  test('a file that does not parse gives one line, and what could be read is kept', async () => {
    const { clients, skipped } = await read({
      'a.json': '{"bootstrap.servers": "a:1", "group.id": "g",, ]',
      'b.yaml': 'a: [1\nb: {\n',
      'c.conf': 'server { listen 80 }\n  }}',
      'd/values.yaml': 'a: {{ .b }} c: d: e\n',
    })
    expect(skipped.map(({ path, kind, line }) => [path, kind, line])).toEqual([
      ['a.json', 'syntax', 1],
      ['b.yaml', 'syntax', expect.any(Number)],
      ['d/values.yaml', 'template', 1],
    ])
    expect(clients.map(({ role }) => role)).toEqual(['consumer'])
  })

  test('resources of other kinds are not even parsed', async () => {
    const broken = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: [\n'
    expect(await read({ 'crd.yaml': broken })).toEqual({
      clients: [],
      handlers: [],
      keyWrites: [],
      deployments: [],
      documents: [],
      skipped: [],
    })
  })

  test('files that are no configuration of clients declare nothing', async () => {
    const { clients, deployments, documents, skipped } = await read({
      'dashboard.json': '{"panels": [{"targets": [{"expr": "kafka_consumergroup_lag{group.id=\\"g\\"}"}]}]}',
      'openapi.yaml': 'openapi: 3.0.0\npaths:\n  /kafka:\n    get:\n      operationId: bootstrap.servers\n',
      'prometheus.yml': 'scrape_configs:\n  - job_name: kafka\n    static_configs: [{targets: [kafka:9092]}]\n',
      'jmx.yml': 'rules:\n  - pattern: kafka.consumer<type=app-info, client-id=(.+)><>(.+)\n    name: kafka_consumer\n',
      'package.json': '{"name": "a", "dependencies": {"kafkajs": "^2.2.4"}, "kafka": {"brokers": ["a"]}}',
      'pyproject.toml': '[project]\nname = "a"\ndependencies = ["kafka-python==2.0.2"]\n',
      'kafka.yaml':
        'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nspec:\n  kafka:\n    config:\n      group.id: g\n      acks: 1\n',
    })
    expect({ clients, deployments, documents, skipped }).toEqual({ clients: [], deployments: [], documents: [], skipped: [] })
  })
})
