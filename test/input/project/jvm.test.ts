// biome-ignore-all lint/suspicious/noTemplateCurlyInString: how Maven and Gradle write variables
import { describe, expect, test } from 'vitest'
import { dependenciesOf } from './manifests.ts'

const dependency = (group: string, artifact: string, rest = '') =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${rest}</dependency>`
const CLIENTS = 'org.apache.kafka:kafka-clients'
const kafkaClients = (rest = '') => dependency('org.apache.kafka', 'kafka-clients', rest)

describe('pom.xml', () => {
  test('a version of its own, by property, and none', async () => {
    const text = `<?xml version="1.0"?>
<!-- <dependency>${kafkaClients('<version>0.1</version>')}</dependency> -->
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <properties><client.version>3.9.0</client.version></properties>
  <dependencies>
    ${kafkaClients('\n      <version>${client.version}</version>')}
    ${dependency('org.springframework.kafka', 'spring-kafka')}
    ${dependency('com.example', 'kafka-clients', '<version>1</version>')}
  </dependencies>
</project>`
    expect(await dependenciesOf({ 'pom.xml': text })).toEqual([
      `${CLIENTS} 3.9.0 pin pom.xml:7 \${client.version}`,
      'org.springframework.kafka:spring-kafka - none pom.xml:8 spring-kafka',
    ])
  })

  test('Spring Boot as parent and as import, and the property that overrides what it manages', async () => {
    const text = `<project>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.4.3</version>
    <relativePath/>
  </parent>
  <properties><kafka.version>3.8.1</kafka.version></properties>
  <dependencies>${dependency('org.springframework.kafka', 'spring-kafka')}</dependencies>
</project>`
    expect(await dependenciesOf({ 'pom.xml': text })).toEqual([
      `${CLIENTS} 3.8.1 pin pom.xml:8 3.8.1`,
      'org.springframework.boot:spring-boot 3.4.3 pin pom.xml:5 3.4.3',
      'org.springframework.kafka:spring-kafka - none pom.xml:9 spring-kafka',
    ])
    const imported = `<project><dependencyManagement><dependencies>
${dependency('org.springframework.boot', 'spring-boot-dependencies', '<version>2.7.18</version><type>pom</type><scope>import</scope>')}
</dependencies></dependencyManagement></project>`
    expect(await dependenciesOf({ 'pom.xml': imported })).toEqual([
      'org.springframework.boot:spring-boot 2.7.18 pin pom.xml:2 2.7.18',
    ])
  })

  test('what the parent in the project manages', async () => {
    const files = {
      'pom.xml': `<project><properties><v>3.7.0</v></properties><dependencyManagement><dependencies>
${kafkaClients('<version>${v}</version>')}
</dependencies></dependencyManagement></project>`,
      'service/pom.xml': `<project><parent><groupId>g</groupId><artifactId>a</artifactId><version>1</version></parent>
<dependencies>${kafkaClients()}</dependencies></project>`,
    }
    expect(await dependenciesOf(files, 'service')).toEqual([`${CLIENTS} 3.7.0 pin pom.xml:2 \${v}`])
    expect(await dependenciesOf(files)).toEqual([`${CLIENTS} 3.7.0 pin pom.xml:2 \${v}`])
  })

  test('a variable that nobody sets, or that needs itself, says nothing', async () => {
    const text = (properties: string) =>
      `<project><properties>${properties}</properties><dependencies>${kafkaClients('<version>${v}</version>')}</dependencies></project>`
    expect(await dependenciesOf({ 'pom.xml': text('') })).toEqual([`${CLIENTS} \${v} none pom.xml:1 \${v}`])
    expect((await dependenciesOf({ 'pom.xml': text('<v>${v}</v>') })).map((one) => one.split(' ')[2])).toEqual(['none'])
  })

  test('broken XML loses no more than what is broken', async () => {
    const text = `<project><name>a & b</name></wrong><dependencies>${kafkaClients('<version>3.9.0</version>')}<dependency><artifactId>x`
    expect(await dependenciesOf({ 'pom.xml': text })).toEqual([`${CLIENTS} 3.9.0 pin pom.xml:1 3.9.0`])
    expect(await dependenciesOf({ 'pom.xml': '<project'.repeat(50_000) })).toEqual([])
  })

  test('a parent that is its own parent', async () => {
    const text = `<project><parent><groupId>g</groupId><artifactId>a</artifactId><version>1</version><relativePath>pom.xml</relativePath></parent>
<dependencies>${kafkaClients()}</dependencies></project>`
    expect(await dependenciesOf({ 'pom.xml': text })).toEqual([`${CLIENTS} - none pom.xml:2 kafka-clients`])
  })
})

describe('Gradle', () => {
  test.each([
    ["implementation 'org.apache.kafka:kafka-clients:3.9.0'", '3.9.0 pin'],
    ['implementation("org.apache.kafka:kafka-clients:3.9.0")', '3.9.0 pin'],
    ['api("org.apache.kafka:kafka-clients:3.9.0:test@jar")', '3.9.0 pin'],
    ["implementation 'org.apache.kafka:kafka-clients'", '- none'],
    ["implementation 'org.apache.kafka:kafka-clients:3.+'", '3.+ range'],
    ["implementation 'org.apache.kafka:kafka-clients:latest.release'", 'latest.release none'],
    ["implementation group: 'org.apache.kafka', name: 'kafka-clients', version: '3.9.0'", '3.9.0 pin'],
    ['def kafkaVersion = "3.6.0"\nimplementation "org.apache.kafka:kafka-clients:$kafkaVersion"', '3.6.0 pin'],
    ['val kafkaVersion: String = "3.6.0"\nimplementation("org.apache.kafka:kafka-clients:${kafkaVersion}")', '3.6.0 pin'],
    ['val kafkaVersion by extra("3.6.0")\nimplementation("org.apache.kafka:kafka-clients:$kafkaVersion")', '3.6.0 pin'],
    ['ext { versions = [kafka: \'3.6.0\'] }\nimplementation "org.apache.kafka:kafka-clients:${versions.kafka}"', '3.6.0 pin'],
    ["ext.kafkaVersion = '3.6.0'\nimplementation 'org.apache.kafka:kafka-clients:' + kafkaVersion", '3.6.0 pin'],
    ['implementation "org.apache.kafka:kafka-clients:${property(\'kafka.version\')}"', "${property('kafka.version')} none"],
    ['val v = providers.gradleProperty("w").get()\nval w = "3.6.0"\napi("org.apache.kafka:kafka-clients:$v")', '3.6.0 pin'],
    ['val v = "3.6.0"\napi("org.apache.kafka:kafka-clients:${project.property("v")}")', '3.6.0 pin'],
    ['val v = property("v")\napi("org.apache.kafka:kafka-clients:$v")', '$v none'],
    ["ext['kafka.version'] = '3.6.0'", '3.6.0 pin'],
    ['extra["kafka.version"] = "3.6.0"', '3.6.0 pin'],
  ])('%s', async (text, expected) => {
    const found = await dependenciesOf({ 'build.gradle': text })
    expect(found.map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual([
      `${CLIENTS} ${expected}`.split(' ').slice(0, 3).join(' '),
    ])
  })

  test('comments do not count, and locations hold', async () => {
    const text = `/* implementation 'org.apache.kafka:kafka-clients:1.0.0' */
repositories { maven { url "https://example.org" } }
dependencies {
  // implementation 'org.apache.kafka:kafka-clients:2.0.0'
  implementation 'org.apache.kafka:kafka-clients:3.9.0'
  testImplementation 'org.springframework.kafka:spring-kafka:3.0.0'
}`
    expect(await dependenciesOf({ 'build.gradle': text })).toEqual([
      `${CLIENTS} 3.9.0 pin build.gradle:5 'org.apache.kafka:kafka-clients:3.9.0'`,
      "org.springframework.kafka:spring-kafka 3.0.0 pin build.gradle:6 'org.springframework.kafka:spring-kafka:3.0.0'",
    ])
  })

  test.each([
    ["plugins { id 'org.springframework.boot' version '3.4.3' }"],
    ['plugins { id("org.springframework.boot") version "3.4.3" }'],
    ["buildscript { dependencies { classpath 'org.springframework.boot:spring-boot-gradle-plugin:3.4.3' } }"],
    ['implementation(platform("org.springframework.boot:spring-boot-dependencies:3.4.3"))'],
  ])('Spring Boot by %s', async (text) => {
    const found = await dependenciesOf({ 'build.gradle.kts': text })
    expect(found.map((one) => one.split(' ').slice(0, 3))).toEqual([['org.springframework.boot:spring-boot', '3.4.3', 'pin']])
  })

  test('variables from gradle.properties and the build above', async () => {
    const build = 'implementation "org.apache.kafka:kafka-clients:$kafkaVersion"'
    const specifier = async (files: Record<string, string>) =>
      (await dependenciesOf({ 'a/b/build.gradle': build, ...files }, 'a/b'))[0]?.split(' ')[1]
    expect(await specifier({ 'gradle.properties': 'x=1\nkafkaVersion=3.5.1\n' })).toBe('3.5.1')
    expect(await specifier({ 'build.gradle': "ext { kafkaVersion = '3.5.2' }" })).toBe('3.5.2')
    expect(await specifier({ 'a/b/gradle.properties': 'kafkaVersion = 3.5.3', 'gradle.properties': 'kafkaVersion=3.5.1' })).toBe(
      '3.5.3',
    )
  })

  test('version catalogue and lock', async () => {
    const files = {
      'build.gradle': 'implementation libs.kafka.clients',
      'gradle/libs.versions.toml': `[versions]
kafka = { strictly = "3.8.0" }
boot = "3.3.1"
[libraries]
kafka-clients = { module = "org.apache.kafka:kafka-clients", version.ref = "kafka" }
spring-kafka = { group = "org.springframework.kafka", name = "spring-kafka" }
[plugins]
spring-boot = { id = "org.springframework.boot", version.ref = "boot" }
`,
      'gradle.lockfile': `# comment
org.apache.kafka:kafka-clients:3.8.0=compileClasspath,runtimeClasspath
org.springframework.kafka:spring-kafka:3.2.1=testRuntimeClasspath
empty=annotationProcessor
`,
    }
    expect((await dependenciesOf(files)).map((one) => one.split(' ').slice(0, 4).join(' '))).toEqual([
      `${CLIENTS} 3.8.0 lock gradle.lockfile:2`,
      `${CLIENTS} 3.8.0 pin gradle/libs.versions.toml:5`,
      'org.springframework.boot:spring-boot 3.3.1 pin gradle/libs.versions.toml:8',
      'org.springframework.kafka:spring-kafka - none gradle/libs.versions.toml:6',
    ])
  })
})
