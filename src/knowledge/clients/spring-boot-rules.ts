import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Value } from '../../model/value.ts'
import { isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import { entryAt } from '../history.ts'
import type { Derived, SettingsView } from '../profile.ts'
import { commitsNever } from './kafka-clients-commits.ts'
import { consumerProblems } from './kafka-clients-consumer.ts'
import { deriveProducer, producerProblems } from './kafka-clients-producer.ts'
import { readKafkaSetting } from './kafka-clients-read.ts'
import { kafkaClientsSettings } from './kafka-clients-settings.ts'
import { before } from './kafka-clients-versions.ts'
import { TYPED_PROPERTIES, typedName } from './spring-boot-properties.ts'
import { readBootSetting } from './spring-boot-read.ts'
import { bootSettings } from './spring-boot-settings.ts'
import { bootToKafkaClients, bootToSpringKafka } from './spring-boot-versions.ts'

const FACTORY = 'spring-kafka, DefaultKafkaProducerFactory.setTransactionIdPrefix (enableIdempotentBehaviour)'
const PROPERTIES = 'Spring Boot, KafkaProperties.buildConsumerProperties; run 2.1 … 4.1'
const CONTAINER = 'spring-kafka, KafkaMessageListenerContainer'

/** The same options as kafka-clients sees them: in its own version, with the group of the listener and the id that a prefix brings. */
function clientView(view: SettingsView): SettingsView {
  const added = view.role === 'producer' ? addedByPrefix(view) : ADDED_BY_LISTENER
  return {
    ...view,
    version: bootToKafkaClients(view.version),
    given: (key) => view.given(key) ?? added.get(key),
    declared: (key) => view.declared(key) ?? (added.has(key) ? view.declared('transaction-id-prefix') : undefined),
  }
}

/** The listener names its group where the configuration does not: nothing follows from an absent one. */
const ADDED_BY_LISTENER: ReadonlyMap<string, Value> = new Map([
  ['group.id', { kind: 'object', text: 'the group of the listener' }],
])

/** The producer factory writes them where nothing else does. */
function addedByPrefix(view: SettingsView): ReadonlyMap<string, Value> {
  const prefix = prefixOf(view)
  if (prefix === undefined) return new Map()
  return new Map([
    ['transactional.id', transactionalId(prefix)],
    ['enable.idempotence', known(true)],
  ])
}

function prefixOf(view: SettingsView): Value | undefined {
  if (!isGiven(view, 'transaction-id-prefix') || literalOf(view.given('transaction-id-prefix')) === '') return undefined
  return view.given('transaction-id-prefix')
}

/** The factory counts up behind the prefix: an id that is stable where the prefix is, and no literal. */
function transactionalId(prefix: Value): Value {
  if (prefix.kind === 'generated' || prefix.kind === 'unknown') return prefix
  const text = literalOf(prefix)
  return { kind: 'object', text: text === undefined ? 'the prefix and a counter' : `${text}0, ${text}1, …` }
}

export function deriveBoot(view: SettingsView): readonly Derived[] {
  const absent = dropped(view).flatMap((one) => fallBack(view, one))
  if (view.role === 'consumer') return [...absent, ...overwrittenIsolation(view)]
  const prefix = prefixOf(view)
  const ofClient = deriveProducer(clientView(view))
  if (prefix === undefined || before(view.version, '2.0.0')) return [...absent, ...ofClient]
  const because = 'transaction-id-prefix'
  const says = 'the producer factory is transactional'
  const transactional: Derived[] = [
    { key: 'transactional.id', value: transactionalId(prefix), because, says, citation: FACTORY },
    { key: 'enable.idempotence', value: known(true), because, says, citation: FACTORY },
  ]
  return [...absent, ...transactional.filter(({ key }) => !isGiven(view, key)), ...ofClient]
}

/** Typed properties that have no effect: the release does not have them yet, or they stand in a map, whose keys reach the client as written. */
interface Dropped {
  readonly key: string
  readonly says: string
  readonly fix: string
}

function dropped(view: SettingsView): readonly Dropped[] {
  return Object.entries(TYPED_PROPERTIES).flatMap(([name, { canonical: key, since }]) => {
    const declared = view.declared(key)
    if (!declared || declared.key.includes('.') || typedName(declared.key) !== name) return []
    if (declared.inheritedFrom?.startsWith('spring.kafka.properties') && declared.key !== key) {
      const says = `the keys of \`spring.kafka.properties\` reach the client as they are written, and it does not know \`${declared.key}\``
      return [{ key, says, fix: `write \`spring.kafka.properties.${key}\`` }]
    }
    if (!before(view.version, since)) return []
    const says = `Spring Boot has \`${name}\` from ${since} on; before that it drops the property without a word`
    return [{ key, says, fix: `write \`properties.${key}\`` }]
  })
}

function fallBack(view: SettingsView, { key, says }: Dropped): readonly Derived[] {
  const value = bootSettings[key] && entryAt(bootSettings[key].default, view.version)?.value
  if (value === undefined || typeof value === 'object') return []
  return [{ key, value: known(value), because: key, says, citation: METADATA, overridesGiven: true }]
}

const METADATA = 'Spring Boot, META-INF/spring-configuration-metadata.json'

/** From 2.2 the typed isolation level is never null, and is written over what the common properties say. */
function overwrittenIsolation(view: SettingsView): readonly Derived[] {
  if (!isOverwritten(view)) return []
  const says =
    'Spring Boot writes the default of `spring.kafka.consumer.isolation-level` over `spring.kafka.properties.isolation.level`'
  const value = known('read_uncommitted')
  return [{ key: 'isolation.level', value, because: 'isolation.level', says, citation: PROPERTIES, overridesGiven: true }]
}

function isOverwritten(view: SettingsView): boolean {
  if (before(view.version, '2.2.0') || literalOf(view.given('isolation.level')) === 'read_uncommitted') return false
  return view.declared('isolation.level')?.inheritedFrom?.startsWith('spring.kafka.properties') ?? false
}

export function bootProblems(view: SettingsView): readonly SettingProblem[] {
  const later = (problem: SettingProblem): SettingProblem => ({
    ...problem,
    effect: problem.effect === 'raises' ? 'fails-later' : problem.effect,
  })
  const without = dropped(view).flatMap(({ key, says, fix }) =>
    problemAt(view, [key], { effect: 'ignored', says, fix, citation: METADATA }),
  )
  const client = clientView(view)
  if (view.role === 'producer') return [...without, ...producerProblems(client).map(later), ...unconverted(view)]
  const own = [...without, ...overwrittenProblem(view), ...manualProblem(view)]
  return [...own, ...consumerProblems(client).map(later), ...unconverted(view)]
}

/** What passes through a `properties` map reaches the client as it is written: Boot converts typed properties only. */
function unconverted(view: SettingsView): readonly SettingProblem[] {
  const version = bootToKafkaClients(view.version)
  return Object.keys(kafkaClientsSettings).flatMap((key) => {
    const declared = view.declared(key)
    if (declared?.value.kind !== 'known' || !declared.key.endsWith(key) || !key.includes('.')) return []
    const literal = declared.value.value
    if (readBootSetting(key, literal, view.role, view.version).kind === 'rejected') return []
    const reading = readKafkaSetting(key, literal, version)
    if (reading.kind !== 'rejected') return []
    const fix = `give \`${declared.key}\` a value that the client takes`
    return problemAt(view, [key], { effect: 'fails-later', says: reading.says, fix, citation: reading.citation })
  })
}

function overwrittenProblem(view: SettingsView): readonly SettingProblem[] {
  if (!isOverwritten(view)) return []
  return problemAt(view, ['isolation.level'], {
    effect: 'replaced',
    says: 'the default of `spring.kafka.consumer.isolation-level`, read-uncommitted, is written over it',
    fix: 'write `spring.kafka.consumer.isolation-level: read_committed`',
    why: 'From Spring Boot 2.2 on the typed property always has a value, and typed properties of the consumer come after the common ones. The consumer delivers aborted messages.',
    citation: PROPERTIES,
  })
}

function manualProblem(view: SettingsView): readonly SettingProblem[] {
  // before 2.2 the client's default, true, holds and is enough
  if (!isManual(view) || !isEffectively(view, 'enable.auto.commit', true)) return []
  const mode = String(literalOf(view.given('listener.ack-mode'))).toUpperCase()
  return problemAt(view, ['enable.auto.commit', 'listener.ack-mode'], {
    effect: 'fails-later',
    says: `the container does not start: Consumer cannot be configured for auto commit for ackMode ${mode}`,
    fix: 'set `enable-auto-commit` to false: the listener acknowledges, and the container commits',
    citation: CONTAINER,
  })
}

function isManual(view: SettingsView): boolean {
  const mode = literalOf(view.given('listener.ack-mode'))
  return mode === 'manual' || mode === 'manual_immediate'
}

/** When a listener container, or the client inside it, commits. */
export function bootCommits(view: SettingsView): CommitBehaviour {
  const springKafka = bootToSpringKafka(view.version)
  const citation = `${CONTAINER} ${springKafka}`
  if (view.role === 'producer') return commitsNever('a producer commits no offsets by itself', citation)
  if (!isEffectively(view, 'enable.auto.commit', false)) {
    return {
      when: 'on-poll',
      what: 'position',
      onClose: true,
      onRevoke: true,
      loses: 'on-exception',
      says: before(springKafka, '2.5.0')
        ? 'the client inside the container commits at its next poll() whatever the listener did: a record whose listener fails is logged, passed over and committed'
        : "the client inside the container commits at its next poll() and when it closes, whatever the listener's ack mode says: records that are still in hand when the container stops or loses its partitions are skipped, and those handed to another thread too",
      citation,
    }
  }
  if (isManual(view)) {
    const says = 'with a manual ack mode the container commits what the listener acknowledges, and nothing else'
    return { ...commitsNever(says, citation), what: 'marked' }
  }
  const base = { when: 'after-handler', what: 'resolved', onClose: true, onRevoke: true, citation } as const
  if (before(springKafka, '2.5.0')) {
    return {
      ...base,
      loses: 'on-exception',
      says: 'the container commits after the listener has returned; its default error handler logs the exception of a listener and goes on, so that a failed record is skipped',
    }
  }
  return {
    ...base,
    loses: 'no',
    says: 'the container commits after the listener has returned, and repeats a failed record; its default error handler gives up after 10 attempts in a row, logs the record and skips it, unless the application sets another handler or back-off',
  }
}
