import { describe, expect, test } from 'vitest'
import { dependenciesOf } from './manifests.ts'

describe('npm', () => {
  test('package.json', async () => {
    const text = `{
  "name": "kafkajs",
  "dependencies": {
    "kafkajs": "^2.2.4",
    "renamed": "npm:@confluentinc/kafka-javascript@1.0.0",
    "express": "4"
  },
  "devDependencies": { "kafkajs": "1.0.0" }
}`
    expect(await dependenciesOf({ 'package.json': text })).toEqual([
      '@confluentinc/kafka-javascript 1.0.0 pin package.json:5 "renamed": "npm:@confluentinc/kafka-javascript@1.0.0"',
      'kafkajs ^2.2.4 range package.json:4 "kafkajs": "^2.2.4"',
    ])
  })

  test('package-lock.json of every version', async () => {
    const modern = `{"lockfileVersion": 3, "packages": {
  "": {"dependencies": {"kafkajs": "^2.2.4"}},
  "node_modules/kafkajs": {
    "version": "2.2.4", "resolved": "https://example.org"
  },
  "node_modules/other/node_modules/kafkajs": {"version": "1.0.0"}
}}`
    expect(await dependenciesOf({ 'package-lock.json': modern })).toEqual([
      'kafkajs 2.2.4 lock package-lock.json:4 "version": "2.2.4"',
    ])
    const old = `{"dependencies": {
  "kafkajs": {"version": "1.16.0", "requires": {"long": "4"}},
  "x": {"version": "1.0.0", "requires": {"kafkajs": "^1"}}
}}`
    expect(await dependenciesOf({ 'npm-shrinkwrap.json': old })).toEqual([
      'kafkajs 1.16.0 lock npm-shrinkwrap.json:2 "version": "1.16.0"',
    ])
  })

  test('yarn.lock of both kinds', async () => {
    const classic = `# yarn lockfile v1

"@confluentinc/kafka-javascript@^1.0.0":
  version "1.2.0"
  resolved "x"

kafkajs@2.x, kafkajs@^2.2.4:
  version "2.2.4"
  resolved "x"
`
    expect(await dependenciesOf({ 'yarn.lock': classic })).toEqual([
      '@confluentinc/kafka-javascript 1.2.0 lock yarn.lock:4 version "1.2.0"',
      'kafkajs 2.2.4 lock yarn.lock:8 version "2.2.4"',
    ])
    const berry = `"kafkajs@npm:2.x, kafkajs@npm:^2.2.4":\n  version: 2.2.4\n  resolution: "kafkajs@npm:2.2.4"\n`
    expect(await dependenciesOf({ 'yarn.lock': berry })).toEqual(['kafkajs 2.2.4 lock yarn.lock:2 version: 2.2.4'])
  })

  test('pnpm-lock.yaml of every version', async () => {
    for (const key of ['/kafkajs/2.2.4', '/kafkajs@2.2.4', 'kafkajs@2.2.4', "'kafkajs@2.2.4(peer@1.0.0)'"]) {
      const text = `importers:\n  .:\n    dependencies:\n      kafkajs:\n        specifier: ^2\npackages:\n\n  ${key}:\n    resolution: {}\n`
      expect(
        (await dependenciesOf({ 'pnpm-lock.yaml': text })).map((one) => one.split(' ').slice(0, 4).join(' ')),
        key,
      ).toEqual(['kafkajs 2.2.4 lock pnpm-lock.yaml:8'])
    }
    const scoped =
      "packages:\n  '@confluentinc/kafka-javascript@1.3.0':\n    resolution: {}\nsnapshots:\n  '@confluentinc/kafka-javascript@1.3.0': {}\n"
    expect(await dependenciesOf({ 'pnpm-lock.yaml': scoped })).toHaveLength(1)
  })
})

describe('go.mod', () => {
  test('requirements and replacements', async () => {
    const text = `module example.org/x

go 1.22

require (
	github.com/IBM/sarama v1.43.2
	github.com/other/x v1.0.0 // indirect
)
`
    expect(await dependenciesOf({ 'go.mod': text })).toEqual([
      'github.com/IBM/sarama v1.43.2 pin go.mod:6 github.com/IBM/sarama v1.43.2',
    ])
    const replaced =
      'require github.com/Shopify/sarama v1.38.0\nreplace github.com/Shopify/sarama => github.com/IBM/sarama v1.41.0\n'
    expect((await dependenciesOf({ 'go.mod': replaced })).map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual([
      'github.com/IBM/sarama v1.41.0 pin',
    ])
  })
})
