import type { Role } from '../../model/client.ts'
import { known, type Literal } from '../../model/value.ts'
import { lookUp } from '../../text/table.ts'
import type { Reading } from '../profile.ts'
import { readKafkaSetting } from './kafka-clients-read.ts'
import { kafkaClientsSettings } from './kafka-clients-settings.ts'
import { TYPED_PROPERTIES } from './spring-boot-properties.ts'
import { bootToKafkaClients } from './spring-boot-versions.ts'

const BINDER = 'Spring Boot, Binder with ApplicationConversionService; run 2.1 … 4.1'

const ACK_MODES = ['record', 'batch', 'time', 'count', 'count_time', 'manual', 'manual_immediate']
const LISTENER_TYPES = ['single', 'batch']

const DURATIONS: ReadonlySet<string> = new Set(
  Object.values(TYPED_PROPERTIES)
    .filter(({ duration }) => duration)
    .map(({ canonical }) => canonical),
)

const TRUE = new Set(['true', 'on', 'yes', '1'])
const FALSE = new Set(['false', 'off', 'no', '0'])

/**
 * How a value of `spring.kafka.*` is taken: typed properties are converted by Boot's binder, which knows durations, relaxed enumerations and
 * more words for booleans than the client does; what goes through `properties` is the client's to read. Which way a setting came is not
 * known here, so that what either of them takes is taken.
 */
export function readBootSetting(canonical: string, literal: Literal, _role: Role, version: string): Reading {
  if (literal === null) return { kind: 'value', value: known(null) }
  const text = String(literal).trim()
  switch (canonical) {
    case 'listener.ack-mode':
      return readEnum(canonical, text, ACK_MODES)
    case 'listener.type':
      return readEnum(canonical, text, LISTENER_TYPES)
    case 'isolation.level': {
      const relaxed = relax(text)
      if (relaxed === 'readcommitted' || relaxed === 'readuncommitted')
        return { kind: 'value', value: known(relaxed === 'readcommitted' ? 'read_committed' : 'read_uncommitted') }
      break
    }
    case 'transaction-id-prefix':
      return { kind: 'value', value: known(text) }
  }
  if (canonical === 'listener.async-acks' || lookUp(kafkaClientsSettings, canonical)?.type === 'boolean') {
    const lower = text.toLowerCase()
    if (TRUE.has(lower) || FALSE.has(lower)) return { kind: 'value', value: known(TRUE.has(lower)) }
  }
  if (DURATIONS.has(canonical)) {
    const milliseconds = readDuration(text)
    if (milliseconds !== undefined) return { kind: 'value', value: known(milliseconds) }
  }
  const reading = readKafkaSetting(canonical, literal, bootToKafkaClients(version))
  return reading.kind === 'rejected' ? { ...reading, effect: 'fails-later' } : reading
}

const relax = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, '')

function readEnum(name: string, text: string, values: readonly string[]): Reading {
  const found = values.find((value) => relax(value) === relax(text))
  if (found !== undefined) return { kind: 'value', value: known(found) }
  const says = `the application does not start: Failed to bind properties under 'spring.kafka.${name}'; it takes ${values.join(', ')}`
  return { kind: 'rejected', effect: 'raises', says, citation: BINDER }
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of Boot's simple (`5s`) and ISO 8601 (`PT5S`) durations; undefined for anything else, plain numbers included. */
function readDuration(text: string): number | undefined {
  const simple = /^([+-]?\d+)\s*(ns|us|ms|s|m|h|d)$/i.exec(text)
  if (simple) return Math.trunc(Number(simple[1]) * (UNITS[(simple[2] as string).toLowerCase()] as number))
  const iso = /^P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i.exec(text)
  if (!iso) return undefined
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = iso
  return Math.trunc(Number(days) * 86_400_000 + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000)
}
