import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kafkaConnect } from '../../../src/knowledge/clients/kafka-connect.ts'
import { entryAt } from '../../../src/knowledge/history.ts'
import { known } from '../../../src/model/value.ts'
import { type Given, judge } from './judge.ts'
import type { Comparison } from './kafka-compare.ts'
import { compileProbe, fetchClassPath, runProbe } from './maven.ts'

/** Settings of a worker or of a connector: `worker producer.acks`, `connector consumer.override.isolation.level`. */
export type ConnectCase = Readonly<Record<string, string>>

export const CONNECT_CASES: readonly ConnectCase[] = [
  {},
  { 'worker producer.enable.idempotence': 'true' },
  { 'worker producer.acks': '1' },
  { 'worker producer.max.in.flight.requests.per.connection': '5' },
  { 'worker producer.delivery.timeout.ms': '60000' },
  { 'worker consumer.isolation.level': 'read_committed' },
  { 'worker consumer.enable.auto.commit': 'true' },
  { 'worker consumer.auto.offset.reset': 'latest' },
  { 'connector consumer.override.isolation.level': 'read_committed' },
  { 'connector producer.override.acks': '1' },
  { 'connector producer.override.enable.idempotence': 'true' },
  // a worker's own settings are those of its group, not of its tasks' clients
  { 'worker isolation.level': 'read_committed', 'worker acks': '1' },
]

type Configs = Readonly<Record<string, string>>

export interface ConnectProbed {
  readonly declared: { readonly worker: Configs; readonly sink: Configs; readonly source: Configs }
  readonly answers: readonly Readonly<Record<'producer' | 'consumer', Configs>>[]
}

export function probeConnect(cache: string, source: string, version: string, cases: readonly ConnectCase[]): ConnectProbed {
  const jars = fetchClassPath(join(cache, `connect-${version}`), undefined, [`org.apache.kafka:connect-runtime:${version}`])
  const input = join(cache, 'connect-cases.txt')
  const lines = cases.map((one) =>
    Object.entries(one)
      .map(([key, value]) => `${key}=${value}`)
      .join('\t'),
  )
  writeFileSync(input, `${lines.join('\n')}\n`)
  const [first, ...answers] = runProbe('ConnectProbe', [compileProbe(source, join(cache, 'classes')), jars], input)
  return { declared: first?.declared, answers } as unknown as ConnectProbed
}

/** Holds what the profile says of one release against the configurations that its worker really makes. */
export function compareConnect(version: string, cases: readonly ConnectCase[], { declared, answers }: ConnectProbed): Comparison {
  const disagreements: string[] = []
  let facts = 0
  const check = (agrees: boolean, tell: () => string) => {
    facts++
    if (!agrees) disagreements.push(tell())
  }
  for (const [key, fact] of Object.entries(kafkaConnect.settings)) {
    if (!/^(errors|exactly|transaction\.boundary)/.test(key)) continue
    const value = entryAt(fact.default, version)?.value
    const real = (fact.roles.includes('consumer') ? declared.sink : declared.source)[key]
    check((value === undefined ? undefined : String(value)) === real, () => `${key}: ${real}, not ${value}`)
  }
  for (const [i, one] of cases.entries())
    for (const role of ['consumer', 'producer'] as const) {
      const real = answers[i]?.[role] ?? {}
      const show = `${role} ${JSON.stringify(one)}`
      const { settings, problems } = judge(kafkaConnect, role, version, givenOf(one, role))
      const refused = problems.find(({ effect }) => effect === 'fails-later')
      check(
        (real.thrown !== undefined) === (refused !== undefined && /policy/.test(refused.says)),
        () => `${show}: ${real.thrown}`,
      )
      if (real.thrown !== undefined) continue
      for (const [key, text] of Object.entries(real)) {
        const effective = settings.get(key)
        if (!effective || key === 'group.id' || key === 'client.id' || key === 'bootstrap.servers') continue
        const ours = effective.value.kind === 'known' ? String(effective.value.value) : '?'
        const found = key === 'acks' && text === '-1' ? 'all' : key === 'max.block.ms' ? ours : text
        check(ours === found, () => `${show}: ${key} is ${text}, not ${ours}`)
      }
      for (const [key, effective] of settings)
        if (effective.origin.kind === 'explicit')
          check(real[key] !== undefined, () => `${show}: ${key} does not reach the client`)
    }
  return { facts, disagreements }
}

/** As the reader hands them over: without the prefix, the connector's naming theirs. */
function givenOf(one: ConnectCase, role: 'consumer' | 'producer'): readonly Given[] {
  return Object.entries(one).flatMap(([name, text]) => {
    const [scope, key = ''] = name.split(' ')
    const prefix = scope === 'connector' ? `${role}.override.` : `${role}.`
    if (!key.startsWith(prefix)) return []
    const inherited = scope === 'connector' ? { inheritedFrom: `${prefix}*` } : {}
    return [{ key: key.slice(prefix.length), value: known(text), ...inherited }]
  })
}
