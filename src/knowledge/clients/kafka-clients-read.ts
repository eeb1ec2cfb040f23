import { known, type Literal, type Value } from '../../model/value.ts'
import { lookUp } from '../../text/table.ts'
import type { Reading } from '../profile.ts'
import { kafkaClientsSettings } from './kafka-clients-settings.ts'
import { before } from './kafka-clients-versions.ts'

const SOURCE = 'kafka-clients, ConfigDef.parseType and the validators of the ConfigDef; run 0.9.0.0 … 4.4.0'

const MAX_INT = 2_147_483_647

/** Least values that the validators take. */
const LEAST: Readonly<Record<string, number>> = {
  retries: 0,
  'max.in.flight.requests.per.connection': 1,
  'max.poll.records': 1,
  'max.poll.interval.ms': 1,
  'auto.commit.interval.ms': 0,
}

/** LONG in the ConfigDef; every other number is an INT. */
const LONGS: ReadonlySet<string> = new Set(['linger.ms', 'max.block.ms', 'retry.backoff.ms', 'retry.backoff.max.ms'])

const WORDS: Readonly<Record<string, { readonly words: readonly string[]; readonly anyCase?: boolean }>> = {
  'isolation.level': { words: ['read_committed', 'read_uncommitted'] },
  'group.protocol': { words: ['consumer', 'classic'], anyCase: true },
  'metadata.recovery.strategy': { words: ['none', 'rebootstrap'], anyCase: true },
}

/** Assignors that come with the client, by class, with their protocol name and the release that brought them. */
const ASSIGNORS: Readonly<Record<string, readonly [name: string, since: string]>> = {
  'org.apache.kafka.clients.consumer.RangeAssignor': ['range', '0'],
  'org.apache.kafka.clients.consumer.RoundRobinAssignor': ['roundrobin', '0'],
  'org.apache.kafka.clients.consumer.StickyAssignor': ['sticky', '0.11.0.0'],
  'org.apache.kafka.clients.consumer.CooperativeStickyAssignor': ['cooperative-sticky', '2.4.0'],
}
const ASSIGNOR_NAMES: ReadonlySet<string> = new Set(Object.values(ASSIGNORS).map(([name]) => name))

/**
 * How the Java client takes a value. Texts are trimmed; booleans are true and false in any case; words count as they are written. A number
 * for a STRING setting (`acks: 1`) is read as its text, as every configuration file is: only Java code can hand over a real Integer.
 */
export function readKafkaSetting(canonical: string, literal: Literal, version: string): Reading {
  if (literal === null) return { kind: 'value', value: known(null) }
  const text = String(literal).trim()
  switch (canonical) {
    case 'acks':
      return readAcks(text)
    case 'auto.offset.reset':
      return readReset(text, version)
    case 'partition.assignment.strategy':
      return readAssignors(text, version)
    case 'transactional.id':
    case 'group.instance.id':
      return text === '' ? rejected(invalid(text, canonical, 'String must be non-empty')) : value(known(text))
    case 'group.id':
      return text === '' && !before(version, '4.0.0')
        ? rejected('The configured group.id should not be an empty string or whitespace.')
        : value(known(text))
  }
  const words = lookUp(WORDS, canonical)
  if (words) return readWord(canonical, text, words)
  switch (lookUp(kafkaClientsSettings, canonical)?.type) {
    case 'boolean':
      return readBoolean(canonical, text)
    case 'integer':
      return readInteger(canonical, text)
    default:
      return value(known(text))
  }
}

function value(read: Value): Reading {
  return { kind: 'value', value: read }
}

function rejected(says: string): Reading {
  return { kind: 'rejected', effect: 'raises', says, citation: SOURCE }
}

function invalid(text: string, key: string, why: string): string {
  return `ConfigException: Invalid value ${text} for configuration ${key}: ${why}`
}

function readAcks(text: string): Reading {
  if (text === 'all' || text === '-1') return value(known('all'))
  if (text === '0' || text === '1') return value(known(text))
  return rejected(invalid(text, 'acks', 'String must be one of: all, -1, 0, 1'))
}

/** `by_duration:` and a duration of ISO 8601 that is not negative: `by_duration:PT1H`, `by_duration:P7D`. */
const DURATION = /^by_duration:P(?=[\dT])(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/i

function readReset(text: string, version: string): Reading {
  if (text === 'earliest' || text === 'latest' || text === 'none') return value(known(text))
  if (before(version, '4.0.0'))
    return rejected(invalid(text, 'auto.offset.reset', 'String must be one of: latest, earliest, none'))
  if (DURATION.test(text)) return value(known(text))
  return rejected(
    invalid(
      text,
      'auto.offset.reset',
      "The value must be either 'earliest', 'latest', 'none' or of the format 'by_duration:<PnDTnHnMn.nS>'",
    ),
  )
}

function readAssignors(text: string, version: string): Reading {
  const items: Value[] = []
  for (const name of text.split(',').map((item) => item.trim())) {
    if (name === '') continue
    const shipped = lookUp(ASSIGNORS, name)
    if (ASSIGNOR_NAMES.has(name) || (shipped && before(version, shipped[1])))
      return rejected(
        `KafkaException: ${name} ClassNotFoundException exception occurred${shipped ? '' : '; the Java client takes class names'}`,
      )
    items.push(known(shipped ? shipped[0] : name))
  }
  return value({ kind: 'list', items })
}

function readWord(key: string, text: string, { words, anyCase }: { words: readonly string[]; anyCase?: boolean }): Reading {
  const word = anyCase ? text.toLowerCase() : text
  if (words.includes(word)) return value(known(word))
  const listed = anyCase ? words.map((w) => w.toUpperCase()) : words
  return rejected(invalid(text, key, `String must be one of${anyCase ? ' (case insensitive)' : ''}: ${listed.join(', ')}`))
}

function readBoolean(key: string, text: string): Reading {
  const lower = text.toLowerCase()
  if (lower === 'true' || lower === 'false') return value(known(lower === 'true'))
  return rejected(invalid(text, key, 'Expected value to be either true or false'))
}

function readInteger(key: string, text: string): Reading {
  const long = LONGS.has(key)
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(number) || (!long && Math.abs(number) > MAX_INT))
    return rejected(invalid(text, key, `Not a number of type ${long ? 'LONG' : 'INT'}`))
  const least = lookUp(LEAST, key)
  if (least !== undefined && number < least) return rejected(invalid(text, key, `Value must be at least ${least}`))
  return value(known(number))
}
