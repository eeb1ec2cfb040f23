import { compareVersions } from '../../model/version.ts'

/** Newest release whose jar was probed. */
export const KAFKA_CLIENTS_NEWEST = '4.4.0'

/** Confluent's platform 4.0 is Kafka 1.0, 5.x is 2.x, 6.x goes on with 2.6, 7.x is 3.x, 8.x is 4.x. */
const CONFLUENT_MAJORS: Readonly<Record<string, readonly [major: number, minorOfZero: number]>> = {
  '3': [0, 9],
  '4': [1, 0],
  '5': [2, 0],
  '6': [2, 6],
  '7': [3, 0],
  '8': [4, 0],
}

/** The first of Confluent's patch releases with the fix of KAFKA-13598, and the Apache release that they then behave like. */
const CONFLUENT_FIXES: Readonly<Record<string, readonly [patch: number, apache: string]>> = {
  '7.0': [7, '3.0.1'],
  '7.1': [2, '3.1.1'],
}

/**
 * A kafka-clients version in Apache's numbering. Confluent's builds carry the platform's number: `7.5.1-ccs` is Kafka 3.5. Their patch
 * numbers are not Apache's, so that only the minor release is kept. Other suffixes (`.redhat-00001`, `-cp1`) are rebuilds of the number before
 * them; release candidates stay what they are.
 */
export function normaliseKafkaVersion(version: string): string {
  const match = /^v?(\d+)\.(\d+)((?:\.\d+)*)(?:[.-]?([a-zA-Z][^+]*))?/.exec(version.trim())
  if (!match) return version
  const [, major = '0', minor = '0', rest = '', suffix = ''] = match
  if (/^(ccs|ce)\b/i.test(suffix)) {
    const mapped = CONFLUENT_MAJORS[major]
    if (!mapped) return `${major}.${minor}${rest}`
    const fix = CONFLUENT_FIXES[`${major}.${minor}`]
    if (fix && Number(rest.split('.')[1] ?? 0) >= fix[0]) return fix[1]
    const apacheMinor = mapped[1] + Number(minor)
    return mapped[0] === 0 ? `0.${apacheMinor}.0` : `${mapped[0]}.${apacheMinor}.0`
  }
  const candidate = /^(rc\d*|snapshot|m\d+|alpha\d*|beta\d*)$/i.test(suffix) ? `-${suffix}` : ''
  return `${major}.${minor}${rest}${candidate}`
}

export function before(version: string, release: string): boolean {
  return compareVersions(version, release) < 0
}

/** KAFKA-13598: these releases declare `enable.idempotence` true and do not apply it. */
export function hasIdempotenceDefaultBug(version: string): boolean {
  return !before(version, '3.0.0') && before(version, '3.1.1') && (before(version, '3.0.1') || !before(version, '3.1.0'))
}

/** From 3.0.1, and again from 3.1.1, the producer is idempotent unless another setting stands against it. */
export function isIdempotentByDefault(version: string): boolean {
  return !before(version, '3.0.1') && !hasIdempotenceDefaultBug(version)
}
