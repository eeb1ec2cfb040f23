import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { springBootKafka } from '../../../src/knowledge/clients/spring-boot-kafka.ts'
import { uniform, uniformNames } from '../../../src/knowledge/clients/spring-boot-properties.ts'
import { bootToKafkaClients, bootToSpringKafka } from '../../../src/knowledge/clients/spring-boot-versions.ts'
import type { Role } from '../../../src/model/client.ts'
import { known } from '../../../src/model/value.ts'
import { asBootLines, type BootCase } from './boot-cases.ts'
import { type Given, judge } from './judge.ts'
import type { Comparison } from './kafka-compare.ts'
import { compileProbe, fetchClassPath, runProbe } from './maven.ts'

interface BootAnswer {
  readonly consumer?: Readonly<Record<string, string>>
  readonly producer?: Readonly<Record<string, string>>
  readonly container?: { readonly autoCommit: boolean; readonly errorHandler: string }
  readonly thrown?: readonly Thrown[]
  readonly consumerThrown?: readonly Thrown[]
  readonly producerThrown?: readonly Thrown[]
}
interface Thrown {
  readonly class: string
  readonly message: string | null
}

interface Property {
  readonly name: string
  readonly deprecation?: { readonly level?: string }
}

export interface BootProbed {
  readonly answers: readonly BootAnswer[]
  /** Names below `spring.kafka.` in the configuration metadata. */
  readonly names: readonly string[]
  readonly kafkaClients: string
  readonly springKafka: string
}

/** Boot's dependencies as it manages them, its metadata, and what it does with the cases. `version` as in Maven: `2.1.18.RELEASE`. */
export function probeBoot(cache: string, source: string, version: string, cases: readonly BootCase[]): BootProbed {
  const own = Number(version.split('.')[0]) >= 4 ? 'spring-boot-kafka' : 'spring-boot-autoconfigure'
  const folder = join(cache, `boot-${version}`)
  const jars = fetchClassPath(folder, `org.springframework.boot:spring-boot-dependencies:${version}`, [
    `org.springframework.boot:${own}`,
    'org.springframework.kafka:spring-kafka',
  ])
  const input = join(cache, 'boot-cases.txt')
  writeFileSync(input, `${asBootLines(cases)}\n`)
  const lines = runProbe('BootProbe', [compileProbe(source, join(cache, 'classes')), jars], input)
  const files = readdirSync(join(folder, 'lib'))
  const of = (name: string) =>
    files.map((file) => new RegExp(`^${name}-(\\d.*?)(?:\\.RELEASE)?\\.jar$`).exec(file)?.[1]).find((v) => v !== undefined) ?? ''
  const names = lines
    .flatMap(({ metadata }) => (typeof metadata === 'string' ? (JSON.parse(metadata).properties as Property[]) : []))
    .filter(({ name, deprecation }) => name.startsWith('spring.kafka.') && deprecation?.level !== 'error')
    .map(({ name }) => name.slice('spring.kafka.'.length))
  const answers = lines.filter(({ metadata }) => metadata === undefined)
  return {
    answers: answers as readonly unknown[] as readonly BootAnswer[],
    names,
    kafkaClients: of('kafka-clients'),
    springKafka: of('spring-kafka'),
  }
}

/** Holds everything the profile says of one release against what the release declares and did. */
export function compareBoot(version: string, cases: readonly BootCase[], probed: BootProbed): Comparison {
  const disagreements: string[] = []
  let facts = 0
  const check = (agrees: boolean, tell: () => string) => {
    facts++
    if (!agrees) disagreements.push(tell())
  }
  const release = springBootKafka.normaliseVersion?.(version) ?? version
  check(bootToKafkaClients(release) === probed.kafkaClients, () => `brings kafka-clients ${probed.kafkaClients}`)
  check(bootToSpringKafka(release) === probed.springKafka, () => `brings spring-kafka ${probed.springKafka}`)
  for (const role of ['consumer', 'producer'] as const) {
    const names = uniformNames(role)
    for (const name of probed.names) {
      const own = below(name, role)
      if (own !== undefined) check(names.has(uniform(own)), () => `${name} is not in the table of properties`)
    }
  }
  for (const [i, one] of cases.entries()) {
    const answer = probed.answers[i]
    // readers let the typed property win before the release is known; before 2.2 it did not exist
    if (release.startsWith('2.1.') && one['consumer.isolation-level'] && one['properties.isolation.level']) continue
    if (!answer) check(false, () => `no answer for ${JSON.stringify(one)}`)
    else for (const role of ['consumer', 'producer'] as const) compareCase(role, version, one, answer, check)
  }
  return { facts, disagreements }
}

const SECTION = { consumer: 'listener', producer: 'template' } as const

/** A property's name as the profile sees it, or undefined for one of the other role. */
function below(name: string, role: Role): string | undefined {
  if (name.startsWith(`${role}.`)) return name.slice(role.length + 1)
  return name.startsWith(`${SECTION[role]}.`) ? name : undefined
}

/** In the order of precedence: common properties, typed ones of the side, its own map. */
function givenOf(one: BootCase, role: Role): readonly Given[] {
  const entries = Object.entries(one)
  const common = entries
    .filter(([name]) => name.startsWith('properties.'))
    .map(([name, value]) => ({
      key: name.slice('properties.'.length),
      value: known(value),
      inheritedFrom: 'spring.kafka.properties',
    }))
  const own = entries.flatMap(([name, value]) => {
    const key = below(name, role)
    return key === undefined ? [] : [{ key, value: known(value) }]
  })
  const typed = own.filter(({ key }) => !key.startsWith('properties.'))
  const map = own.filter(({ key }) => key.startsWith('properties.'))
  // a dotted name right below the section is an element of its own to Boot
  const nested = typed.map((given) =>
    given.key.includes('.') && !given.key.startsWith(`${SECTION[role]}.`) ? { ...given, key: `${role}.${given.key}` } : given,
  )
  const all = [...common, ...nested, ...map.map((given) => ({ ...given, key: given.key.slice('properties.'.length) }))]
  const last = new Map<string, Given>()
  for (const given of all) {
    const name = springBootKafka.canonical(given.key) ?? given.key
    last.delete(name)
    last.set(name, given)
  }
  return [...last.values()]
}

function compareCase(
  role: Role,
  version: string,
  one: BootCase,
  answer: BootAnswer,
  check: (agrees: boolean, tell: () => string) => void,
): void {
  const show = `${role} ${JSON.stringify(one)}`
  const given = givenOf(one, role)
  const { settings, problems } = judge(springBootKafka, role, version, given)
  const refused = problems.filter(({ effect }) => effect === 'raises' || effect === 'fails-later')
  const thrown = answer.thrown ?? answer[`${role}Thrown`]
  const ownFault = thrown !== undefined && (given.length > 0 || answer.thrown === undefined)
  check(
    ownFault === refused.length > 0,
    () => `${show}: throws ${JSON.stringify(thrown?.at(-1)?.message)}, said: ${refused[0]?.says}`,
  )
  if (thrown || refused.length > 0) return
  const real = answer[role] ?? {}
  for (const [key, effective] of settings) {
    if (effective.origin.kind === 'default' || key.includes('-') || key === 'transactional.id') continue
    const expected = effective.value.kind === 'known' ? String(effective.value.value) : '?'
    const found = real[key] === '-1' && key === 'acks' ? 'all' : real[key]
    if (found === undefined) check(effective.origin.kind === 'derived', () => `${show}: ${key} does not reach the client`)
    else check(found === expected, () => `${show}: ${key} is ${found}, not ${expected}`)
  }
  for (const key of Object.keys(real)) {
    const effective = settings.get(key)
    if (!effective || key === 'bootstrap.servers') continue
    const found = key === 'acks' && real[key] === '-1' ? 'all' : real[key]
    const ours = effective.value.kind === 'known' ? String(effective.value.value) : '?'
    check(ours === found, () => `${show}: ${key} is ${found}, not ${ours}`)
  }
  if (role === 'consumer' && answer.container) {
    const auto = settings.get('enable.auto.commit')?.value
    check(
      auto?.kind === 'known' && auto.value === answer.container.autoCommit,
      () => `${show}: the container's autoCommit is ${answer.container?.autoCommit}`,
    )
  }
}
