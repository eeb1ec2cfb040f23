import type { Entry } from '../../formats/syntax.ts'
import type { Role } from '../../model/client.ts'
import type { Gap } from '../../model/setting.ts'
import { type ConfigDocument, locationOf } from './document.ts'
import { BOOTSTRAP_KEYS, isConsumerKey, isJavaKey, isLibrdkafkaKey, isProducerKey } from './kafka-keys.ts'

const RDKAFKA = ['confluent-kafka', 'node-rdkafka', 'confluent-kafka-javascript'] as const

/** The roles whose keys stand among the entries. */
export function rolesOf(entries: readonly Entry[]): readonly Role[] {
  const roles: Role[] = []
  if (entries.some(({ key }) => isConsumerKey(key))) roles.push('consumer')
  if (entries.some(({ key }) => isProducerKey(key))) roles.push('producer')
  return roles
}

/** The one role that a name speaks of: `kafka-consumer.properties`, `consumer_config`. */
export function roleInName(name: string): Role | undefined {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const consumer = words.some((word) => /^consumers?$/.test(word))
  const producer = words.some((word) => /^producers?$/.test(word))
  return consumer === producer ? undefined : consumer ? 'consumer' : 'producer'
}

/** Entries without those that only the other role takes: for a section that both share. */
export function entriesFor(role: Role, entries: readonly Entry[]): readonly Entry[] {
  const isOther = role === 'consumer' ? isProducerKey : isConsumerKey
  return entries.filter(({ key }) => !isOther(key))
}

/** The entry that stands for the client: the group of a consumer, else the servers, else the first that tells the role. */
export function anchorOf(role: Role, entries: readonly Entry[]): Entry | undefined {
  const isOwn = role === 'consumer' ? isConsumerKey : isProducerKey
  return (
    (role === 'consumer' ? entries.find(({ key }) => key === 'group.id') : undefined) ??
    entries.find(({ key }) => BOOTSTRAP_KEYS.includes(key)) ??
    entries.find(({ key }) => isOwn(key)) ??
    entries[0]
  )
}

/** The libraries that take these keys. Files in `.properties` syntax are Java's unless a key is librdkafka's. */
export function librariesFor(entries: readonly Entry[], syntax: 'properties' | 'any'): readonly string[] {
  if (entries.some(({ key }) => isLibrdkafkaKey(key))) return RDKAFKA
  if (syntax === 'properties' || entries.some(({ key }) => isJavaKey(key))) return ['kafka-clients']
  return [...RDKAFKA, 'kafka-clients']
}

/** A program reads the file in a way that is not seen. */
export function loadedBySomeProgram(document: ConfigDocument, anchor: Entry, overrides: boolean): Gap {
  const reason = overrides
    ? 'the program that loads this file may add or override settings'
    : 'the program that loads this file may add settings'
  return { reason, location: locationOf(document, anchor.keySpan), overrides }
}
