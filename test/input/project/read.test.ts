import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readProjects } from '../../../src/input/project/read.ts'
import { dependenciesOf, projectsOf, sourceOf } from './manifests.ts'

test('a project per folder with a manifest, from the clients up to the root', async () => {
  const files = {
    'poetry.lock': '',
    'services/a/requirements.txt': 'kafka-python==2.0.2',
    'services/a/worker/setup.py': '',
    'services/b/requirements.txt': 'kafka-python==1.4.7',
    'services/a/worker/deep/main.py': '',
  }
  const { projects } = await projectsOf(files, ['services/a/worker/deep'])
  expect(projects.map(({ path, manifests }) => [path, ...manifests])).toEqual([
    ['', 'poetry.lock'],
    ['services/a', 'services/a/requirements.txt'],
    ['services/a/worker', 'services/a/worker/setup.py'],
  ])
  expect(projects[1]?.dependencies).toEqual([
    {
      ecosystem: 'pypi',
      name: 'kafka-python',
      specifier: '==2.0.2',
      versions: [{ from: '2.0.2', until: expect.any(String) }],
      strength: 'pin',
      version: '2.0.2',
      location: { path: 'services/a/requirements.txt', line: 1, column: 1, endLine: 1, endColumn: 20 },
    },
  ])
})

test('no client, no manifest: nothing', async () => {
  expect(await projectsOf({}, [])).toEqual({ projects: [], skipped: [] })
})

test('a source that cannot list is asked for the known names', async () => {
  const source = { ...sourceOf({ 'requirements.txt': 'redis', 'requirements-x.txt': 'redis' }), filesIn: undefined }
  const { projects } = await readProjects(source, [''], new Set(['pypi:redis']))
  expect(projects[0]?.manifests).toEqual(['requirements.txt'])
})

test('nobody interested, nothing said', async () => {
  const source = sourceOf({
    'requirements.txt': 'redis',
    'pom.xml': '<project/>',
    'yarn.lock': 'x@1:\n  version "1"',
    'setup.py': '"redis"',
  })
  const { projects } = await readProjects(source, [''], new Set())
  expect(projects[0]?.dependencies).toEqual([])
})

const NAMES = [
  'requirements.txt',
  'pyproject.toml',
  'poetry.lock',
  'Pipfile',
  'Pipfile.lock',
  'setup.cfg',
  'setup.py',
  'environment.yml',
  'pom.xml',
  'build.gradle',
  'gradle/libs.versions.toml',
  'gradle.lockfile',
  'package.json',
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'go.mod',
]

test('no text makes a reader throw', async () => {
  const piece = fc.constantFrom(
    ...'kafka-python|kafkajs|org.apache.kafka:kafka-clients|github.com/IBM/sarama|==|2.0.2|\n|  |"|\'|[|]|{|}|<version>|</version>|<project>|<dependencies>|<dependency>'.split(
      '|',
    ),
    ...'<artifactId>|<groupId>|$|{|}|$v|:|=|,|name = |version = |[[package]]|-r |requirements.txt|install_requires|- |\\|#|//|/*|<![CDATA[|<!--|@|;|>|\r\n|\0'.split(
      '|',
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), fc.array(piece, { maxLength: 30 }), async (name, pieces) => {
      const { projects } = await projectsOf({ [name]: pieces.join('') })
      for (const { location } of projects[0]?.dependencies ?? []) expect(location.line).toBeGreaterThan(0)
    }),
    { numRuns: 1500 },
  )
})

test('large files take time in proportion', async () => {
  const started = performance.now()
  for (const name of NAMES) {
    for (const unit of [
      'kafka-python==2.0.2\n',
      ' ',
      '"',
      '<a ',
      '[',
      '"kafkajs": {',
      'name = "kafka-python"\n',
      'kafkajs@',
      "'org.apache.kafka:kafka-clients:$v'\n",
      '- ',
      '(',
      '\n',
      'kafkajs@x, ',
      '<!--',
      '"kafka-python"',
      'id "org.springframework.boot" version ',
    ])
      await dependenciesOf({ [name]: unit.repeat(Math.ceil(40_000 / unit.length)) })
  }
  expect(performance.now() - started).toBeLessThan(20_000)
})
