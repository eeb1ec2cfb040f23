import { join } from 'node:path'
import { confluentKafkaJavascript } from '../../../src/knowledge/clients/confluent-kafka-javascript.ts'
import { kafkajs } from '../../../src/knowledge/clients/kafkajs.ts'
import type { Profile } from '../../../src/knowledge/profile.ts'
import type { EffectiveSetting } from '../../../src/model/setting.ts'
import { known, type Literal } from '../../../src/model/value.ts'
import { type Given, judge } from '../jvm/judge.ts'
import { type Answer, fetchPackage, runProbe } from './npm-packages.ts'

/** Options by the call that is given them. */
export interface JsCase {
  readonly role: 'consumer' | 'producer'
  readonly client?: Options
  readonly consumer?: Options
  readonly producer?: Options
  readonly subscribe?: Options
  readonly run?: Options
  readonly send?: Options
}
type Options = Readonly<Record<string, unknown>>

export interface Comparison {
  readonly facts: number
  readonly disagreements: readonly string[]
}

const consumer = (options: Options = {}, further: Omit<JsCase, 'role'> = {}): JsCase => ({
  role: 'consumer',
  consumer: { groupId: 'g', ...options },
  ...further,
})
const producer = (options: Options = {}, further: Omit<JsCase, 'role'> = {}): JsCase => ({
  role: 'producer',
  producer: options,
  ...further,
})

export const KAFKAJS_CASES: readonly JsCase[] = [
  consumer(),
  consumer({ autoCommit: false }),
  ...[false, true, 'false', null].map((autoCommit) => consumer({}, { run: { autoCommit } })),
  consumer({}, { run: { autoCommitInterval: 5000 } }),
  consumer({ fromBeginning: true }),
  ...[true, false].map((fromBeginning) => consumer({}, { subscribe: { fromBeginning } })),
  ...[true, false].map((readUncommitted) => consumer({ readUncommitted })),
  consumer({ retry: { retries: 7 } }),
  consumer({ sessionTimeout: 3000 }),
  consumer({ sessionTimeout: 20_000, heartbeatInterval: 6000, rebalanceTimeout: 90_000 }),
  consumer({ allowAutoTopicCreation: false, maxInFlightRequests: 1 }),
  producer(),
  producer({ idempotent: true }),
  producer({ idempotent: true }, { send: { acks: 1 } }),
  producer({ idempotent: true }, { send: { acks: -1 } }),
  producer({ idempotent: true, retry: { retries: 0 } }),
  producer({ retry: { retries: 0 } }),
  producer({ acks: 1 }),
  ...[-1, 0, 1].map((acks) => producer({}, { send: { acks } })),
  producer({ transactionalId: 't' }),
  producer({ maxInFlightRequests: 1, allowAutoTopicCreation: false }),
]

const block = (options: Options): Options => ({ kafkaJS: options })

export const CONFLUENT_CASES: readonly JsCase[] = [
  { role: 'consumer', consumer: block({ groupId: 'g' }) },
  { role: 'consumer', consumer: { 'group.id': 'g' } },
  { role: 'consumer', consumer: { 'group.id': 'g', 'enable.auto.offset.store': true } },
  { role: 'consumer', consumer: { 'group.id': 'g', 'enable.auto.commit': false } },
  ...[true, false].map(
    (on): JsCase => ({
      role: 'consumer',
      consumer: block({ groupId: 'g', fromBeginning: on, readUncommitted: on, autoCommit: on }),
    }),
  ),
  { role: 'consumer', consumer: block({ groupId: 'g', autoCommitInterval: 1000, heartbeatInterval: 1000 }) },
  { role: 'consumer', consumer: block({ groupId: 'g', rebalanceTimeout: 60_000 }) },
  { role: 'consumer', consumer: block({ groupId: 'g', autoCommitThreshold: 3 }) },
  { role: 'consumer', consumer: block({ groupId: 'g', autocommit: true }) },
  { role: 'consumer', consumer: { groupId: 'g' } },
  { role: 'consumer', consumer: { ...block({ groupId: 'g', sessionTimeout: 10_000 }), 'session.timeout.ms': 20_000 } },
  { role: 'producer', producer: {} },
  { role: 'producer', producer: block({ idempotent: true }) },
  { role: 'producer', producer: block({ acks: 1, retry: { retries: 9 } }) },
  { role: 'producer', producer: block({ transactionalId: 't' }) },
  { role: 'producer', producer: { 'enable.idempotence': true } },
]

/** `installed` names the package's folder where it is there already. */
export function compareKafkajs(cache: string, probes: string, version: string, installed?: string): Comparison {
  const folder = installed ?? fetchPackage(cache, 'kafkajs', version)
  const answers = runProbe(cache, join(probes, 'kafkajs-probe.cjs'), folder, KAFKAJS_CASES)
  return compare(kafkajs, version, KAFKAJS_CASES, answers, placed)
}

export function compareConfluent(cache: string, probes: string, version: string): Comparison {
  const folder = fetchPackage(cache, '@confluentinc/kafka-javascript', version)
  const answers = runProbe(cache, join(probes, 'confluent-probe.cjs'), folder, CONFLUENT_CASES)
  return compare(confluentKafkaJavascript, version, CONFLUENT_CASES, answers, dotted)
}

/** `consumer.groupId`, `run.autoCommit`, `producer.retry.retries`. */
function placed(one: JsCase): readonly Given[] {
  return Object.entries(one).flatMap(([place, options]) =>
    place === 'role' ? [] : flat(options as Options).map(([key, value]) => ({ key: `${place}.${key}`, value: known(value) })),
  )
}

/** `kafkaJS.groupId`, `group.id`; the dotted ones win, as they come last. */
function dotted(one: JsCase): readonly Given[] {
  const all = flat((one.role === 'consumer' ? one.consumer : one.producer) ?? {})
  const given = all.map(([key, value]) => ({ key, value: known(value) }))
  const last = new Map<string, Given>()
  for (const each of [...given].sort((a, b) => Number(b.key.startsWith('kafkaJS.')) - Number(a.key.startsWith('kafkaJS.'))))
    last.set(confluentKafkaJavascript.canonical(each.key) ?? each.key, each)
  return [...last.values()]
}

function flat(options: Options, before = ''): readonly (readonly [string, Literal])[] {
  return Object.entries(options).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? flat(value as Options, `${before}${key}.`)
      : [[before + key, value as Literal] as const],
  )
}

function compare(
  profile: Profile,
  version: string,
  cases: readonly JsCase[],
  answers: readonly Answer[],
  givenOf: (one: JsCase) => readonly Given[],
): Comparison {
  const disagreements: string[] = []
  let facts = 0
  const check = (agrees: boolean, tell: () => string) => {
    facts++
    if (!agrees) disagreements.push(tell())
  }
  for (const [i, one] of cases.entries()) {
    const show = JSON.stringify(one)
    const answer = answers[i]
    if (!answer) {
      check(false, () => `no answer for ${show}`)
      continue
    }
    const { settings, problems } = judge(profile, one.role, version, givenOf(one))
    const refused = problems.find(({ effect }) => effect === 'raises' || effect === 'fails-later')
    check(
      (answer.thrown !== undefined) === (refused !== undefined),
      () => `${show}: throws ${answer.thrown}, said: ${refused?.says}`,
    )
    if (answer.thrown !== undefined && refused) {
      const squeeze = (text: string) => text.replaceAll(/\s/g, '')
      const words = squeeze(refused.says.replace(/^.*?throws (\w+: )?/, '').replace(/^\w+Error: /, ''))
      check(squeeze(answer.thrown).includes(words), () => `${show}: throws ${answer.thrown}, said: ${refused.says}`)
    }
    if (answer.thrown !== undefined || refused) continue
    for (const [key, real] of Object.entries(answer.effective ?? {})) {
      const ours = settings.get(key)
      check(
        ours === undefined ? real === null : textOf(ours) === String(real),
        () => `${show}: ${key} is ${real}, not ${ours && textOf(ours)}`,
      )
    }
    if (answer.properties) compareProperties(settings, answer.properties, show, check)
  }
  return { facts, disagreements }
}

/** Names under which the JavaScript layer hands some settings to librdkafka. */
const PROPERTY: Readonly<Record<string, string>> = { 'max.in.flight.requests.per.connection': 'max.in.flight' }

function compareProperties(
  settings: ReadonlyMap<string, EffectiveSetting>,
  properties: Readonly<Record<string, string>>,
  show: string,
  check: (agrees: boolean, tell: () => string) => void,
): void {
  for (const [key, effective] of settings) {
    const real = properties[PROPERTY[key] ?? key]
    if (real === undefined) {
      const own =
        effective.origin.kind === 'explicit' || (effective.origin.kind === 'derived' && effective.origin.because === 'kafkaJS')
      check(!own, () => `${show}: ${key} does not reach librdkafka`)
      continue
    }
    // librdkafka is given twice the poll interval that is configured
    const meant = key === 'max.poll.interval.ms' ? String(Number(real) / 2) : real
    check(textOf(effective) === meant, () => `${show}: ${key} is ${real}, not ${textOf(effective)}`)
  }
}

function textOf({ value }: EffectiveSetting): string {
  if (value.kind === 'list') return value.items.map((item) => (item.kind === 'known' ? String(item.value) : '?')).join(',')
  return value.kind === 'known' ? String(value.value) : '?'
}
