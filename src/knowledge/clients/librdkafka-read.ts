import { known, type Literal } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import { lookUp } from '../../text/table.ts'
import type { Reading } from '../profile.ts'

const SOURCE = 'librdkafka src/rdkafka_conf.c (rd_kafka_anyconf_set_prop)'

/** The name that librdkafka's messages use, where it is not the canonical one. */
const OWN_NAME: Readonly<Record<string, string>> = {
  acks: 'request.required.acks',
  retries: 'message.send.max.retries',
  'delivery.timeout.ms': 'message.timeout.ms',
  'linger.ms': 'queue.buffering.max.ms',
}

const BOOLEANS = new Set([
  'enable.auto.commit',
  'auto.commit.enable',
  'enable.auto.offset.store',
  'enable.idempotence',
  'enable.gapless.guarantee',
])

/** Words by lower case, with their canonical meaning. */
const ENUMERATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'auto.offset.reset': {
    smallest: 'earliest',
    earliest: 'earliest',
    beginning: 'earliest',
    largest: 'latest',
    latest: 'latest',
    end: 'latest',
    error: 'none',
  },
  'isolation.level': { read_committed: 'read_committed', read_uncommitted: 'read_uncommitted' },
  'group.protocol': { classic: 'classic', consumer: 'consumer' },
  'queuing.strategy': { fifo: 'fifo', lifo: 'lifo' },
}

const MAX_INT = 2_147_483_647

/** Allowed numbers, with what they were before a release; [min, max] as in CONFIGURATION.md. */
const RANGES: Readonly<Record<string, (librdkafka: string) => readonly [min: number, max: number]>> = {
  'socket.timeout.ms': () => [10, 300_000],
  'max.in.flight.requests.per.connection': () => [1, 1_000_000],
  'auto.commit.interval.ms': () => [0, 86_400_000],
  'session.timeout.ms': () => [1, 3_600_000],
  'heartbeat.interval.ms': () => [1, 3_600_000],
  'max.poll.interval.ms': () => [1, 86_400_000],
  acks: () => [-1, 1_000],
  retries: (version) => (compareVersions(version, '1.5.2') < 0 ? [0, 10_000_000] : [0, MAX_INT]),
  'retry.backoff.ms': () => [1, 300_000],
  'delivery.timeout.ms': (version) => (compareVersions(version, '1.1.0') < 0 ? [0, 900_000] : [0, MAX_INT]),
  'request.timeout.ms': () => [1, 900_000],
  'linger.ms': () => [0, 900_000],
  'transaction.timeout.ms': () => [1_000, MAX_INT],
}

/**
 * How librdkafka takes a value: bindings hand every value over as text. Words of enumerations count in any case; booleans are true, t, 1,
 * false, f, 0; numbers are read by strtol, so that anything after the digits is not looked at. `refuses` as in LibrdkafkaWords.
 */
export function librdkafkaRead(canonical: string, literal: Literal, librdkafka: string, refuses: string): Reading {
  const reading = readLiteral(canonical, literal, librdkafka)
  return reading.kind === 'rejected' ? { ...reading, says: `${refuses}: ${reading.says}` } : reading
}

function readLiteral(canonical: string, literal: Literal, librdkafka: string): Reading {
  const name = lookUp(OWN_NAME, canonical) ?? canonical
  if (BOOLEANS.has(canonical)) return readBoolean(name, literal)
  const words = lookUp(ENUMERATIONS, canonical)
  if (words) return readWord(name, words, literal, librdkafka)
  const range = lookUp(RANGES, canonical)
  if (range)
    return canonical === 'acks'
      ? readAcks(name, literal, range(librdkafka))
      : readNumber(canonical, name, literal, range(librdkafka))
  if (literal === null) return { kind: 'value', value: known(null) }
  if (canonical === 'partition.assignment.strategy') {
    const items = String(literal)
      .split(',')
      .map((item) => known(item.trim()))
    return { kind: 'value', value: { kind: 'list', items } }
  }
  return { kind: 'value', value: known(String(literal)) }
}

function rejected(says: string): Reading {
  return { kind: 'rejected', effect: 'raises', says, citation: SOURCE }
}

function readBoolean(name: string, literal: Literal): Reading {
  if (literal === null) return rejected(`Bool configuration property "${name}" cannot be set to empty value`)
  const text = String(literal).toLowerCase()
  if (text === 'true' || text === 't' || text === '1') return { kind: 'value', value: known(true) }
  if (text === 'false' || text === 'f' || text === '0') return { kind: 'value', value: known(false) }
  return rejected(`Expected bool value for "${name}": true or false`)
}

function readWord(name: string, words: Readonly<Record<string, string>>, literal: Literal, librdkafka: string): Reading {
  if (literal === null) return rejected(`Configuration property "${name}" cannot be set to empty value`)
  const word = lookUp(words, String(literal).trim().toLowerCase())
  return word === undefined
    ? rejected(
        `Invalid value ${compareVersions(librdkafka, '0.11.5') < 0 ? '' : `"${literal}" `}for configuration property "${name}"`,
      )
    : { kind: 'value', value: known(word) }
}

function readAcks(name: string, literal: Literal, range: readonly [number, number]): Reading {
  if (typeof literal === 'string' && literal.toLowerCase() === 'all') return { kind: 'value', value: known('all') }
  const read = readNumber('acks', name, literal, range)
  return read.kind === 'value' && read.value.kind === 'known' && read.value.value === -1
    ? { kind: 'value', value: known('all') }
    : read
}

function readNumber(canonical: string, name: string, literal: Literal, [min, max]: readonly [number, number]): Reading {
  const kind = canonical === 'linger.ms' ? 'Float' : 'Integer'
  if (literal === null) return rejected(`${kind} configuration property "${name}" cannot be set to empty value`)
  const number = typeof literal === 'number' ? literal : leadingNumber(String(literal))
  if (number === undefined) return rejected(`Invalid value for configuration property "${name}"`)
  const whole = kind === 'Float' ? number : Math.trunc(number)
  if (whole < min || whole > max)
    return rejected(`Configuration property "${name}" value ${whole} is outside allowed range ${min}..${max}`)
  return { kind: 'value', value: known(whole) }
}

function leadingNumber(text: string): number | undefined {
  const match = /^\s*([+-]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?))/.exec(text)
  return match ? Number(match[1]) : undefined
}
