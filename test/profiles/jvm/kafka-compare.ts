import { kafkaClients } from '../../../src/knowledge/clients/kafka-clients.ts'
import { isKafkaClientNameAt } from '../../../src/knowledge/clients/kafka-clients-names.ts'
import { entryAt } from '../../../src/knowledge/history.ts'
import type { Role } from '../../../src/model/client.ts'
import type { SettingProblem } from '../../../src/model/facts.ts'
import type { EffectiveSetting } from '../../../src/model/setting.ts'
import { judge } from './judge.ts'
import type { KafkaCase } from './kafka-cases.ts'
import type { Answer, Probed } from './kafka-probe.ts'

export interface Comparison {
  readonly facts: number
  readonly disagreements: readonly string[]
}

/** Holds everything the profile says of one version against what its jar declares and did. */
export function compareKafkaClients(version: string, cases: readonly KafkaCase[], { declared, answers }: Probed): Comparison {
  const disagreements: string[] = []
  let facts = 0
  const check = (agrees: boolean, tell: () => string) => {
    facts++
    if (!agrees) disagreements.push(tell())
  }
  for (const role of ['producer', 'consumer'] as const) compareDeclared(version, role, declared[role], check)
  for (const names of Object.values(declared))
    for (const name of Object.keys(names)) check(isKafkaClientNameAt(name, version), () => `${name} is not in the table of names`)
  for (const [i, one] of cases.entries()) {
    const answer = answers[i]
    if (answer) compareCase(version, one, answer, check)
    else check(false, () => `no answer for ${show(one)}`)
  }
  return { facts, disagreements }
}

type Check = (agrees: boolean, tell: () => string) => void

const SHORT: Readonly<Record<string, string>> = {
  'org.apache.kafka.clients.consumer.RangeAssignor': 'range',
  'org.apache.kafka.clients.consumer.CooperativeStickyAssignor': 'cooperative-sticky',
}

function compareDeclared(version: string, role: Role, jar: Probed['declared']['producer'], check: Check): void {
  for (const [key, fact] of Object.entries(kafkaClients.settings)) {
    if (!fact.roles.includes(role)) {
      check(jar[key] === undefined, () => `${key} is a setting of a ${role} too`)
      continue
    }
    const expected = entryAt(fact.defaultByRole?.[role] ?? fact.default, version)?.value
    check(
      (jar[key] !== undefined) === (expected !== undefined),
      () => `${role} ${key}: exists in the jar: ${jar[key] !== undefined}`,
    )
    if (!jar[key] || expected === undefined || jar[key].required) continue
    const real = jar[key].default
    const shown = Array.isArray(real) ? real.map((name) => SHORT[String(name)] ?? name) : real
    const lower = typeof shown === 'string' ? shown.toLowerCase() : shown
    const empty = key === 'bootstrap.servers' && Array.isArray(shown) && shown.length === 0
    check(
      empty || JSON.stringify(lower) === JSON.stringify(expected),
      () => `${role} ${key}: ${show(real)}, not ${show(expected)}`,
    )
  }
}

function compareCase(version: string, one: KafkaCase, answer: Answer, check: Check): void {
  const { settings, problems } = judge(kafkaClients, one.role, version, one.options)
  const raised = problems.filter((problem) => problem.effect === 'raises')
  const thrown = answer.thrown?.[answer.thrown.length > 1 ? 1 : 0]
  check((thrown !== undefined) === raised.length > 0, () =>
    thrown ? `${show(one)} throws ${thrown.message}` : `${show(one)} does not throw, and was said to: ${raised[0]?.says}`,
  )
  if (thrown && raised.length > 0)
    check(
      raised.some((problem) => tells(problem, thrown.message ?? '')),
      () => `${show(one)} throws "${thrown.message}", not "${raised[0]?.says}"`,
    )
  if (thrown || raised.length > 0 || !answer.effective) return
  for (const [key, real] of Object.entries(answer.effective)) {
    const ours = comparable(settings.get(key), key)
    check(
      ours === undefined ? real === null || real === false : ours === real,
      () => `${show(one)}: ${key} is ${real}, not ${ours}`,
    )
  }
  for (const key of Object.keys(one.options)) {
    const ignored = problems.some((problem) => problem.spelled === key && problem.effect === 'ignored')
    const logged = answer.log.some((line) => /isn't a known config|are not used yet/.test(line) && line.includes(key))
    // some releases also name settings that they know and need not read
    check(!ignored || logged, () => `${show(one)}: the log does not say that ${key} is unknown`)
    check(ignored || !logged || kafkaClients.settings[key] !== undefined, () => `${show(one)}: ${key} is not known to the jar`)
  }
}

/** The words agree, white space and the numbers that semcheck adds aside. */
function tells({ says }: SettingProblem, message: string): boolean {
  // 0.9 and 0.10 misspell one of the messages
  const squeeze = (text: string) =>
    text
      .replaceAll(/[\s`']/g, '')
      .toLowerCase()
      .replace('occured', 'occurred')
  const ours = squeeze(
    says
      .replace(/^\w+Exception: /, '')
      .replace(/;.*/, '')
      .replace(/ \(-?\d+ [<>]=? -?\d+\)$/, ''),
  )
  const real = squeeze(message)
  return real.includes(ours) || ours.includes(real) || shareStart(ours, real)
}

/** "Invalid value x for configuration y:" is said twice by some releases; the configuration and the value then are what counts. */
function shareStart(ours: string, real: string): boolean {
  const start = /^invalidvalue.*?forconfiguration[\w.]+:/.exec(ours)?.[0]
  return start !== undefined && real.startsWith(start)
}

function comparable(effective: EffectiveSetting | undefined, key: string): number | boolean | undefined {
  if (effective?.value.kind !== 'known') return undefined
  const { value } = effective.value
  if (key === 'acks') return value === 'all' ? -1 : Number(value)
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null && 'options' in value
    ? `${(value as KafkaCase).role} ${JSON.stringify((value as KafkaCase).options)}`
    : String(JSON.stringify(value))
}
