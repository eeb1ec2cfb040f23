import type { SettingProblem } from '../../model/facts.ts'
import { compareVersions } from '../../model/version.ts'
import { isGiven, literalOf } from '../derive-values.ts'
import type { SettingsView } from '../profile.ts'

export const FINALIZE = 'librdkafka src/rdkafka_conf.c (rd_kafka_conf_finalize); run'

/** True when a librdkafka version is older than a release. */
export function before(librdkafka: string, release: string): boolean {
  return compareVersions(librdkafka, release) < 0
}

/** Idempotent by its own setting or because a transactional id asks for it; false where that is not certain. */
export function isIdempotent(view: SettingsView, librdkafka: string): boolean {
  if (view.role !== 'producer' || before(librdkafka, '1.0.0')) return false
  return literalOf(view.given('enable.idempotence')) === true || isTransactional(view, librdkafka)
}

/** True when a transactional id is given to a producer that knows one. */
export function isTransactional(view: SettingsView, librdkafka: string): boolean {
  return view.role === 'producer' && !before(librdkafka, '1.4.0') && isGiven(view, 'transactional.id')
}

/** 1.5.0 to 1.8.2 look for the setting in the wrong table, and lower it without a word where later and earlier ones refuse it. */
export function lowersLinger(librdkafka: string): boolean {
  return !before(librdkafka, '1.5.0') && before(librdkafka, '1.9.0')
}

/** How the binding's people name what librdkafka does. */
export interface LibrdkafkaWords {
  /** What hands messages over: `poll() or consume()`. */
  readonly handOver: string
  /** What stores an offset: `store_offsets()`, and the names of its calls. */
  readonly store: string
  readonly storeCalls: readonly string[]
  /** What the binding does with a refused setting, librdkafka's own words following: `the constructor raises KafkaException`. */
  readonly refuses: string
  /** What a failed store raises: `KafkaException _INVALID_ARG "StoreOffsets failed: …"`. */
  readonly storeFails: string
}

/** A problem of a construction that fails, in librdkafka's words. */
export type Refused = (keys: readonly string[], says: string, fix: string, citation?: string) => readonly SettingProblem[]
