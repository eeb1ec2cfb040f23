// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of the files under test
import { describe, expect, test } from 'vitest'
import { composeReferences, recogniseCompose } from '../../../src/input/configuration/compose.ts'
import { recogniseDotenv } from '../../../src/input/configuration/dotenv.ts'
import { recogniseHelmValues } from '../../../src/input/configuration/helm-values.ts'
import { recogniseKubernetes } from '../../../src/input/configuration/kubernetes.ts'
import type { Deployment } from '../../../src/model/deployment.ts'
import { showValue } from '../../../src/model/value.ts'
import { documentOf, settingsOf, surroundingsOf } from './documents.ts'

type Files = Readonly<Record<string, string>>

async function compose(files: Files, path = 'docker-compose.yml', folders: readonly string[] = []) {
  const { document, surroundings } = await surroundingsOf(files, folders)
  return recogniseCompose(document(path), surroundings(document(path)))
}

async function kubernetes(files: Files, path = 'k8s/app.yaml', folders: readonly string[] = []) {
  const { document, surroundings } = await surroundingsOf(files, folders)
  return recogniseKubernetes(document(path), surroundings(document(path))).deployments
}

const environmentOf = (deployment: Deployment | undefined) =>
  deployment?.environment.map(({ name, value }) => `${name}=${showValue(value)}`)

describe('compose', () => {
  test('a service has an image or a context, replicas and environment', async () => {
    const { deployments } = await compose(
      {
        'deploy/docker-compose.yml': `services:
  orders:
    build:
      context: ../services/orders
    deploy:
      replicas: 3
    environment:
      KAFKA_GROUP: orders
      ENABLE_AUTO_COMMIT: false
  billing:
    image: example/billing:1.0
    scale: 2
    environment:
      - KAFKA_GROUP=billing
`,
      },
      'deploy/docker-compose.yml',
    )
    expect(deployments).toMatchObject([
      {
        id: 'deploy/docker-compose.yml#compose:orders',
        kind: 'compose',
        name: 'orders',
        context: 'services/orders',
        location: { line: 2, column: 3 },
        replicas: { value: { kind: 'known', value: 3 }, location: { line: 6 } },
        environmentOpen: false,
      },
      { image: 'example/billing:1.0', replicas: { value: { value: 2 } } },
    ])
    expect(environmentOf(deployments[0])).toEqual(['KAFKA_GROUP=orders', 'ENABLE_AUTO_COMMIT=false'])
    expect(deployments[0]?.environment[1]?.location).toMatchObject({ line: 9, column: 7 })
    expect(deployments[1]?.environment[0]?.location).toMatchObject({ line: 14, column: 9 })
    expect(deployments[1]).not.toHaveProperty('context')
  })

  test('variables come from .env beside it, then from their defaults, else from the shell', async () => {
    const { deployments } = await compose({
      '.env': 'GROUP=orders\n',
      'docker-compose.yml': `services:
  a:
    build: .
    environment:
      - A=\${GROUP}
      - B=\${RESET:-latest}
      - C=\${UNSET}
      - GROUP
      - OTHER
      - D=$$literal
`,
    })
    expect(environmentOf(deployments[0])).toEqual([
      'A=orders',
      'B=latest',
      'C=unknown (UNSET decides, and no default is given)',
      'GROUP=orders',
      'OTHER=unknown (OTHER comes from the shell)',
      'D=$literal',
    ])
    expect(deployments[0]?.context).toBe('')
  })

  test('env_file comes first, the block overrides it, and each stands in its own file', async () => {
    const files = {
      'docker-compose.yml': 'services:\n  a:\n    build: .\n    env_file: [conf/a.env]\n    environment:\n      A: block\n',
      'conf/a.env': 'A=file\nB=file\n',
    }
    const { deployments } = await compose(files)
    expect(environmentOf(deployments[0])).toEqual(['B=file', 'A=block'])
    expect(deployments[0]?.environment[0]?.location).toMatchObject({ path: 'conf/a.env', line: 2 })
    expect(composeReferences(await documentOf('docker-compose.yml', files['docker-compose.yml']))).toEqual(['.env', 'conf/a.env'])
  })

  test('an env_file that is missing leaves the environment open, unless it is optional', async () => {
    const text = (file: string) => `services:\n  a:\n    image: x\n    env_file: ${file}\n`
    const open = async (file: string) => (await compose({ 'docker-compose.yml': text(file) })).deployments[0]?.environmentOpen
    expect(await open('missing.env')).toBe(true)
    expect(await open('[{path: missing.env, required: false}]')).toBe(false)
    expect(await open('/etc/a.env')).toBe(true)
  })

  test('extends takes the environment of the other service; of another file it is not seen', async () => {
    const { deployments } = await compose({
      'docker-compose.yml': `services:
  base:
    build: .
    environment: {A: base, B: base}
  a:
    extends: base
    environment: {B: own}
  b:
    extends: {file: other.yml, service: base}
  c:
    extends: c
`,
    })
    expect(environmentOf(deployments[1])).toEqual(['A=base', 'B=own'])
    expect(deployments.map(({ environmentOpen }) => environmentOpen)).toEqual([false, false, true, true])
  })

  test('a service without a build takes the context of the image it shares, or the folder of its name', async () => {
    const text = `services:
  base:
    build: ./app
    image: app
  worker:
    image: app
  orders:
    image: registry.example.com/team/orders:1
`
    const { deployments } = await compose({ 'docker-compose.yml': text }, 'docker-compose.yml', ['services/orders'])
    expect(deployments.map(({ context }) => context)).toEqual(['app', 'app', 'services/orders'])
  })

  test('a Dockerfile inside a shared context tells whose code it is, one in a docker folder does not', async () => {
    const text = `services:
  a:
    build: {context: ., dockerfile: src/a/Dockerfile}
  b:
    build: {context: ., dockerfile: docker/Dockerfile}
  c:
    build: https://example.com/c.git
  d:
    build: ../outside
`
    const { deployments } = await compose({ 'docker-compose.yml': text })
    expect(deployments.map(({ context }) => context)).toEqual(['src/a', '', undefined, undefined])
  })

  test('brokers and their tools are no deployment, whatever their image is called', async () => {
    const { clients, deployments } = await compose({
      'docker-compose.yml': `services:
  kafka:
    image: apache/kafka:4.0.0
    environment: {KAFKA_NODE_ID: 1}
  broker:
    image: \${IMAGE}
    environment: {KAFKA_PROCESS_ROLES: broker}
  zookeeper:
    image: confluentinc/cp-zookeeper:7.5.0
  registry:
    image: confluentinc/cp-schema-registry:7.5.0
`,
    })
    expect({ clients, deployments }).toEqual({ clients: [], deployments: [] })
  })

  test('a Connect image is a worker when its variables override delivery', async () => {
    const { clients } = await compose({
      'docker-compose.yml': `services:
  connect:
    image: confluentinc/cp-kafka-connect:7.5.0
    environment:
      CONNECT_BOOTSTRAP_SERVERS: kafka:9092
      CONNECT_GROUP_ID: connect
      CONNECT_PRODUCER_ACKS: "1"
`,
    })
    expect(clients).toMatchObject([{ role: 'producer', location: { line: 2 } }])
    expect(settingsOf(clients[0])).toEqual(['bootstrap.servers=kafka:9092', 'acks=1'])
  })

  test.each([
    'services: [a, b]\n',
    'services:\n  App\\Service: ~\n',
    'services:\n  _defaults:\n    autowire: true\n',
    'version: "3"\n',
  ])('silence for what is no compose file: %j', async (text) => {
    expect(await compose({ 'docker-compose.yml': text })).toEqual({ clients: [], deployments: [] })
  })
})

describe('Kubernetes', () => {
  const workload = (container: string, rest = '', kind = 'Deployment') => `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: orders
spec:
${rest}  template:
    spec:
      containers:
        - name: app
          image: example/orders:1
${container}`

  test('a workload with replicas and environment', async () => {
    const [deployment] = await kubernetes({
      'k8s/app.yaml': workload(
        `          env:
            - name: GROUP
              value: orders
            - name: COMMIT
              value: false
            - name: PASSWORD
              valueFrom: {secretKeyRef: {name: s, key: k}}
            - name: POD
              valueFrom: {fieldRef: {fieldPath: metadata.name}}
            - name: URL
              value: http://$(HOST):80
`,
        '  replicas: 3\n',
      ),
    })
    expect(deployment).toMatchObject({
      id: 'k8s/app.yaml#kubernetes:Deployment/orders',
      kind: 'kubernetes',
      name: 'orders',
      image: 'example/orders:1',
      location: { line: 4 },
      replicas: { value: { kind: 'known', value: 3 }, location: { line: 6 } },
      environmentOpen: false,
    })
    expect(environmentOf(deployment)).toEqual([
      'GROUP=orders',
      'COMMIT=false',
      'PASSWORD=unknown (it comes from a Secret)',
      'POD=metadata.name',
      'URL=unknown (it refers to another variable)',
    ])
    expect(deployment?.environment[3]?.value).toMatchObject({ kind: 'generated', by: 'host' })
  })

  test('ConfigMaps are followed across the manifests of a folder', async () => {
    const files = {
      'k8s/app.yaml': workload(`          envFrom:
            - configMapRef: {name: settings}
            - secretRef: {name: credentials}
          env:
            - name: RESET
              valueFrom: {configMapKeyRef: {name: settings, key: reset}}
`),
      'k8s/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  GROUP: orders\n  reset: latest\n',
    }
    const [deployment] = await kubernetes(files)
    expect(environmentOf(deployment)).toEqual(['GROUP=orders', 'reset=latest', 'RESET=latest'])
    expect(deployment?.environment[0]?.location).toMatchObject({ path: 'k8s/settings.yaml', line: 6 })
    expect(deployment?.environmentOpen).toBe(false)
    const [alone] = await kubernetes({ 'k8s/app.yaml': files['k8s/app.yaml'] })
    expect(alone?.environmentOpen).toBe(true)
    expect(environmentOf(alone)).toEqual(['RESET=unknown (it comes from a source that was not read)'])
  })

  test('what templates decide is unknown', async () => {
    const [deployment] = await kubernetes({
      'k8s/app.yaml': workload(
        '          env:\n            - name: GROUP\n              value: "{{ .Values.group }}"\n          {{- range .Values.env }}\n            - name: {{ .name }}\n              value: x\n          {{- end }}\n',
        '  replicas: {{ .Values.replicas }}\n',
      ),
    })
    expect(deployment).toMatchObject({ replicas: { value: { kind: 'unknown' } }, environmentOpen: true })
    expect(deployment?.environment[0]?.value.kind).toBe('unknown')
  })

  test('lists, OpenShift templates, cron jobs and daemon sets', async () => {
    const template = `apiVersion: v1
kind: Template
objects:
  - apiVersion: batch/v1
    kind: CronJob
    metadata: {name: sweep}
    spec:
      jobTemplate:
        spec:
          template:
            spec:
              containers:
                - name: sweep
                  image: a
                  env: [{name: GROUP, value: "\${GROUP}"}]
`
    const [job] = await kubernetes({ 'k8s/app.yaml': template })
    expect(job).toMatchObject({ name: 'sweep' })
    expect(environmentOf(job)).toEqual(['GROUP=unknown (a template parameter decides)'])
    const [daemon] = await kubernetes({ 'k8s/app.yaml': workload('', '', 'DaemonSet') })
    expect(daemon?.replicas?.value).toEqual({ kind: 'unknown', reason: 'one per node' })
  })

  test("the folder of its name holds its code; two of that name hold nobody's", async () => {
    const files = { 'k8s/app.yaml': workload('') }
    expect((await kubernetes(files, 'k8s/app.yaml', ['services/orders']))[0]?.context).toBe('services/orders')
    expect((await kubernetes(files, 'k8s/app.yaml', ['services/orders', 'orders']))[0]).not.toHaveProperty('context')
  })

  test('each container of a pod has its own environment', async () => {
    const second = '        - name: sidecar\n          image: b\n          env: [{name: B, value: "2"}]\n'
    const deployments = await kubernetes({ 'k8s/app.yaml': workload(`          env: [{name: A, value: "1"}]\n${second}`) })
    expect(deployments.map((d) => [d.name, environmentOf(d)])).toEqual([
      ['orders/app', ['A=1']],
      ['orders/sidecar', ['B=2']],
    ])
  })

  test("a broker is none of the project's", async () => {
    expect(
      await kubernetes({ 'k8s/app.yaml': workload('          env: [{name: KAFKA_NODE_ID, value: "1"}]\n', '', 'StatefulSet') }),
    ).toEqual([])
  })
})

describe('Helm values and .env', () => {
  test('replicas and environment of a chart and its components', async () => {
    const files = {
      'charts/orders/Chart.yaml': 'name: orders\n',
      'charts/orders/values.yaml': `replicaCount: 2
env:
  GROUP: orders
worker:
  replicas: 4
  extraEnv:
    - name: RESET
      value: latest
image:
  tag: x
`,
    }
    const { document, surroundings } = await surroundingsOf(files)
    const values = document('charts/orders/values.yaml')
    const { deployments } = recogniseHelmValues(values, surroundings(values))
    expect(deployments.map((d) => [d.name, d.replicas?.value, environmentOf(d), d.environmentOpen])).toEqual([
      ['orders', { kind: 'known', value: 2 }, ['GROUP=orders'], true],
      ['orders/worker', { kind: 'known', value: 4 }, ['RESET=latest'], true],
    ])
    const lone = await documentOf('values.yaml', 'replicaCount: 2\n')
    expect(recogniseHelmValues(lone, surroundings(lone)).deployments).toEqual([])
  })

  test(".env is the environment of its folder, its examples are nobody's", async () => {
    const text = '# local\nGROUP=orders\nGROUP=billing\nDB_PASSWORD=hunter2\nexport RESET="latest"\nURL=${OTHER}\n'
    const [deployment] = recogniseDotenv(await documentOf('app/.env', text)).deployments
    expect(deployment).toMatchObject({ id: 'app/.env#dotenv', kind: 'dotenv', context: 'app', location: { line: 2 } })
    expect(environmentOf(deployment)).toEqual([
      'GROUP=billing',
      'DB_PASSWORD=unknown (a secret)',
      'RESET=latest',
      'URL=unknown (it refers to a variable of the shell)',
    ])
    expect(recogniseDotenv(await documentOf('app/local.env', text)).deployments).toEqual([])
    expect(recogniseDotenv(await documentOf('.env', '')).deployments).toEqual([])
  })
})
