import type { Role } from '../../model/client.ts'
import { lookUp } from '../../text/table.ts'
import type { History } from '../history.ts'
import type { Profile } from '../profile.ts'
import { misspelt } from './java-misspelling.ts'
import { javaClientAccepts, KAFKA_CLIENTS_BOUNDARIES, unknownToKafkaClients } from './kafka-clients.ts'
import { kafkaClientsCapabilities, kafkaClientsSettings } from './kafka-clients-settings.ts'
import { isTypedProperty, TYPED_PROPERTIES, typedName } from './spring-boot-properties.ts'
import { readBootSetting } from './spring-boot-read.ts'
import { bootCommits, bootProblems, deriveBoot } from './spring-boot-rules.ts'
import { bootSettings } from './spring-boot-settings.ts'
import { bootHistory, bootReleases, normaliseBootVersion, SPRING_BOOT_NEWEST } from './spring-boot-versions.ts'

const TYPED_BY_CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.entries(TYPED_PROPERTIES).map(([name, { canonical }]) => [canonical, name]),
)

/** A key of a `properties` map may keep that word before it; a nested typed one keeps its section. */
const withoutMap = (key: string) => key.replace(/^properties\./, '')

function canonical(key: string): string | undefined {
  const plain = withoutMap(key)
  if (Object.hasOwn(kafkaClientsSettings, plain)) return plain
  // a map's keys reach the client as they are written
  if (plain !== key) return undefined
  const name = typedName(plain)
  return name === undefined ? undefined : lookUp(TYPED_PROPERTIES, name)?.canonical
}

const KNOWN_NAMES: readonly string[] = [...Object.keys(TYPED_PROPERTIES), ...Object.keys(kafkaClientsSettings)]

/**
 * True for what Boot or the client behind it knows, and for names of the application's own: `spring.kafka.consumer.topic` is read by many an
 * @Value. False for a typed property that is certainly meant to be a setting and is none.
 */
function accepts(key: string, role: Role): boolean {
  const plain = withoutMap(key)
  if (plain === key && isTypedProperty(plain, role)) return true
  if (Object.hasOwn(kafkaClientsSettings, plain)) {
    // the common properties reach both roles: one of the other role does no harm
    return !lookUp(kafkaClientsSettings, plain)?.roles.includes(role)
  }
  if (plain !== key) return javaClientAccepts(plain)
  if (!plain.includes('.')) return misspelt(plain, KNOWN_NAMES) === undefined
  const nested = /^(consumer|producer|listener|template)\.(.+)$/.exec(plain)?.[2]
  if (nested !== undefined) return misspelt(nested, KNOWN_NAMES) === undefined && misspelt(plain, KNOWN_NAMES) === undefined
  return javaClientAccepts(plain)
}

/** Boot's binder drops what it does not know; the client names it in its log. */
const unknownSetting: Profile['unknownSetting'] = bootHistory(unknownToKafkaClients).map(({ since, value, citation }) => ({
  since,
  citation,
  value: { effect: value.effect, says: (key, role) => tellUnknown(key, role) ?? value.says(withoutMap(key)) },
}))

function tellUnknown(key: string, role: Role | undefined): string | undefined {
  const plain = withoutMap(key)
  if (plain !== key) return undefined
  const nested = /^(consumer|producer|listener|template)\.(.+)$/.exec(plain)?.[2]
  if (plain.includes('.') && nested === undefined) return undefined
  const typed = nested === undefined ? typedName(plain) : undefined
  const owner = typed === undefined ? undefined : lookUp(TYPED_PROPERTIES, typed)?.roles[0]
  if (role && owner !== undefined && owner !== role)
    return `Spring Boot has no property \`spring.kafka.${role}.${plain}\` and drops it without a word: it belongs under \`spring.kafka.${owner}\``
  const meant = misspelt(nested ?? plain, KNOWN_NAMES)
  const section = nested === undefined && role ? `spring.kafka.${role}.${plain}` : plain
  const setting = meant === undefined ? undefined : (lookUp(TYPED_PROPERTIES, meant)?.canonical ?? meant)
  const instead = setting === undefined ? '' : `; \`${spell(setting)}\` is how it is written`
  return `Spring Boot has no property \`${section}\` and drops it without a word${instead}`
}

function spell(setting: string): string {
  return TYPED_BY_CANONICAL.get(setting) ?? (Object.hasOwn(kafkaClientsSettings, setting) ? `properties.${setting}` : setting)
}

const PACKAGES = [
  'spring-boot',
  'spring-boot-starter-parent',
  'spring-boot-dependencies',
  'spring-boot-autoconfigure',
  'spring-boot-kafka',
  'spring-boot-starter-kafka',
]

export const springBootKafka: Profile = {
  id: 'spring-boot-kafka',
  title: 'Spring Boot',
  language: 'java',
  packages: PACKAGES.map((name) => ({ ecosystem: 'maven' as const, name: `org.springframework.boot:${name}` })),
  newestRead: SPRING_BOOT_NEWEST,
  oldestAssumed: '2.1.0',
  notes: [
    'Versions are those of Spring Boot; the kafka-clients and spring-kafka that they bring follow from its dependency management, unless the project overrides them.',
    'From Boot 2.2 (spring-kafka 2.3) listener containers turn auto-commit off unless it is set, and commit after the listener returned.',
    'From Boot 2.3 (spring-kafka 2.5) a failed record is repeated 10 times in a row, then logged and skipped; before, it was logged and skipped at once.',
    'The typed isolation-level always has a value from Boot 2.2 on, and overwrites spring.kafka.properties.isolation.level.',
    'No typed property exists for enable.idempotence, delivery.timeout.ms, max.in.flight.requests.per.connection, session.timeout.ms, transaction.timeout.ms: write them under properties. Typed properties that do not exist are dropped without a word.',
    'transaction-id-prefix makes the producer factory transactional and idempotent; consumers still read uncommitted.',
  ],
  settings: bootSettings,
  aliases: Object.fromEntries(Object.entries(TYPED_PROPERTIES).map(([name, property]) => [name, property.canonical])),
  spell,
  canonical,
  accepts: (key, role) => accepts(key, role),
  unknownSetting,
  read: readBootSetting,
  derive: deriveBoot,
  problems: bootProblems,
  commits: bootCommits,
  capabilities: bootHistory(kafkaClientsCapabilities) as History<Profile['capabilities'][number]['value']>,
  boundaries: [...bootReleases(KAFKA_CLIENTS_BOUNDARIES), '2.0.0', '2.2.0', '2.3.0', '3.0.0', '3.5.0'],
  normaliseVersion: normaliseBootVersion,
  methods: {
    commit: ['acknowledge'],
    nack: ['nack'],
    send: ['send', 'sendDefault'],
    flush: ['flush'],
    sendOffsets: ['sendOffsetsToTransaction'],
  },
  groupRequired: false,
  frameworkGroup: 'the listener names it: `@KafkaListener(groupId = …)`, or its `id`',
}
