import { describe, expect, test } from 'vitest'
import { type ModuleFiles, takesInMessages } from '../../../src/input/configuration/spring-module.ts'

/** A project held in memory. */
function filesOf(all: Readonly<Record<string, string>>): ModuleFiles {
  const paths = Object.keys(all)
  const inside = (folder: string) =>
    paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1).split('/'))
  return {
    open: (path) => (path in all ? { path, kind: 'env', interest: 'pool', text: all[path] as string } : undefined),
    exists: (path) => path in all,
    isFolder: (folder) => inside(folder).length > 0,
    filesIn: (folder) => inside(folder).flatMap(([name = '', ...rest]) => (rest.length === 0 ? [name] : [])),
    foldersIn: (folder) => [...new Set(inside(folder).flatMap(([name = '', ...rest]) => (rest.length > 0 ? [name] : [])))],
  }
}

const pom = (dependency: string, more = '') =>
  `<project>${more}<artifactId>shop</artifactId><dependencies><dependency>${dependency}</dependency></dependencies></project>`
const BOOT = '<groupId>org.springframework.kafka</groupId><artifactId>spring-kafka</artifactId>'
const SENDS = 'class Sender { KafkaTemplate<String, String> template; }'
const LISTENS = 'class Reader { @KafkaListener(topics = "orders") void read(String m) {} }'
const RESOURCES = 'src/main/resources'

describe('the code of a Spring Boot module', () => {
  test.each([
    ['takes in messages where something listens', { 'pom.xml': pom(BOOT), 'src/main/java/a/b/Reader.java': LISTENS }, true],
    ['takes in none where all of it only sends', { 'pom.xml': pom(BOOT), 'src/main/java/a/b/Sender.java': SENDS }, false],
    [
      'takes in none under Gradle, too',
      { 'build.gradle.kts': 'implementation("org.springframework.kafka:spring-kafka")', 'src/main/kotlin/S.kt': SENDS },
      false,
    ],
    ['is not known without sources', { 'pom.xml': pom(BOOT) }, undefined],
    ['is not known without a build', { 'src/main/java/S.java': SENDS }, undefined],
    [
      'may listen in a library of the house',
      { 'pom.xml': pom('<groupId>com.acme</groupId>'), 'src/main/java/S.java': SENDS },
      undefined,
    ],
    [
      'may listen through a binder',
      {
        'pom.xml': pom('<groupId>org.springframework.cloud</groupId><artifactId>spring-cloud-stream-binder-kafka</artifactId>'),
        'src/main/java/S.java': SENDS,
      },
      undefined,
    ],
    [
      'may listen in another module',
      { 'build.gradle': "implementation project(':core')", 'src/main/java/S.java': SENDS },
      undefined,
    ],
    [
      'may listen in what a catalogue names',
      { 'build.gradle': 'implementation libs.core', 'src/main/java/S.java': SENDS },
      undefined,
    ],
    [
      'may listen in what a parent from elsewhere brings',
      {
        'pom.xml': pom(BOOT, '<parent><groupId>com.acme</groupId><artifactId>base</artifactId></parent>'),
        'src/main/java/S.java': SENDS,
      },
      undefined,
    ],
  ])('%s', (_what, files, expected) => {
    expect(takesInMessages(filesOf(files), RESOURCES)).toBe(expected)
  })

  test('counts what the folders above bring', () => {
    const module = {
      'orders/pom.xml': pom(BOOT, '<parent><groupId>com.acme</groupId><artifactId>all</artifactId></parent>').replace(
        'shop',
        'o',
      ),
      'orders/src/main/java/S.java': SENDS,
    }
    const parent = (dependency: string) => pom(dependency).replace('>shop<', '>all<')
    expect(takesInMessages(filesOf({ ...module, 'pom.xml': parent(BOOT) }), `orders/${RESOURCES}`)).toBe(false)
    const house = parent('<groupId>com.acme</groupId>')
    expect(takesInMessages(filesOf({ ...module, 'pom.xml': house }), `orders/${RESOURCES}`)).toBeUndefined()
  })

  test('is not looked for elsewhere than beside its resources', () => {
    expect(takesInMessages(filesOf({ 'pom.xml': pom(BOOT), 'src/main/java/S.java': SENDS }), 'deploy')).toBeUndefined()
  })
})
