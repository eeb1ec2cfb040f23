import type { SettingProblem } from '../../model/facts.ts'
import { known, possibleLiterals, unknown, type Value } from '../../model/value.ts'
import { effectiveNumber, givenNumber, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, SettingsView } from '../profile.ts'
import { before, hasIdempotenceDefaultBug, isIdempotentByDefault } from './kafka-clients-versions.ts'

const PRODUCER_CONFIG = 'kafka-clients, ProducerConfig.postProcessAndValidateIdempotenceConfigs; run 0.11.0.0 … 4.4.0'
const KAFKA_PRODUCER = 'kafka-clients, KafkaProducer (configureInflightRequests, configureAcks, configureDeliveryTimeout); run'

const MAX_INT = 2_147_483_647
const IN_FLIGHT = 'max.in.flight.requests.per.connection'

/** Whether a producer is idempotent, and what decides it. `by` is absent where the declared default holds as it is. */
type Idempotence =
  | { readonly on: boolean; readonly by?: string; readonly says: string }
  | { readonly on: 'unknown'; readonly by: string; readonly says: string }

/** Reads `view.version` as an Apache kafka-clients version. */
export function idempotenceOf(view: SettingsView): Idempotence {
  const given = view.given('enable.idempotence')
  if (given !== undefined && isGiven(view, 'enable.idempotence')) {
    const literal = literalOf(given)
    if (typeof literal === 'boolean') return { on: literal, by: 'enable.idempotence', says: `it is set to ${literal}` }
    return { on: 'unknown', by: 'enable.idempotence', says: 'its value is not known' }
  }
  const { version } = view
  if (before(version, '0.11.0.0')) return { on: false, says: 'this version has no idempotent producer' }
  if (!isIdempotentByDefault(version)) {
    if (isGiven(view, 'transactional.id')) return { on: true, by: 'transactional.id', says: 'a transactional id turns it on' }
    if (hasIdempotenceDefaultBug(version)) {
      return {
        on: false,
        by: 'enable.idempotence',
        says: 'this version declares it true but heeds it only where it is written (KAFKA-13598)',
      }
    }
    return { on: false, says: 'false is the default' }
  }
  return disablingSetting(view) ?? { on: true, says: 'true is the default' }
}

/** What turns the default off in silence from 3.0.1 on: a weak `acks`, `retries=0`, and before 4.0 more than 5 requests in flight. */
function disablingSetting(view: SettingsView): Idempotence | undefined {
  const checks: readonly (readonly [key: string, isBad: (literal: unknown) => boolean, says: string])[] = [
    ['acks', (acks) => acks !== 'all', "acks is not 'all'"],
    ['retries', (retries) => retries === 0, 'retries is 0'],
    ...(before(view.version, '4.0.0')
      ? [[IN_FLIGHT, (n: unknown) => typeof n === 'number' && n > 5, `${IN_FLIGHT} is greater than 5`] as const]
      : []),
  ]
  let undecided: Idempotence | undefined
  for (const [key, isBad, says] of checks) {
    const given = view.given(key)
    if (given === undefined || !isGiven(view, key)) continue
    const literals = possibleLiterals(given)
    if (literals?.every(isBad)) {
      return { on: false, by: key, says: `the client turns idempotence off because ${says}, and tells it only in its log` }
    }
    if (!literals || literals.some(isBad))
      undecided ??= { on: 'unknown', by: key, says: `it depends on ${key}, whose value is not known` }
  }
  return undecided
}

/** Values that the producer takes from other settings. Reads `view.version` as an Apache kafka-clients version. */
export function deriveProducer(view: SettingsView): readonly Derived[] {
  const { version } = view
  if (before(version, '0.11.0.0')) return []
  const idempotence = idempotenceOf(view)
  const derived: Derived[] = []
  if (!isGiven(view, 'enable.idempotence') && idempotence.by !== undefined)
    derived.push(derive('enable.idempotence', switchValue(idempotence), idempotence))
  if (idempotence.on !== false) {
    if (before(version, '3.0.0')) derived.push(...raised(view, 'acks', known('all'), idempotence))
    if (before(version, '2.1.0')) derived.push(...raised(view, 'retries', known(MAX_INT), idempotence))
    if (before(version, '1.0.0')) derived.push(...raised(view, IN_FLIGHT, known(1), idempotence))
  }
  return [...derived, ...deliveryTimeout(view)]
}

function switchValue({ on, says }: Idempotence): Value {
  return on === 'unknown' ? unknown(says) : known(on)
}

function derive(key: string, value: Value, { by = key, says }: { by?: string; says: string }, source = PRODUCER_CONFIG): Derived {
  return { key, value, because: by, says, citation: source }
}

function raised(view: SettingsView, key: string, value: Value, { on, by }: Idempotence): readonly Derived[] {
  if (isGiven(view, key)) return []
  if (on === 'unknown')
    return [derive(key, unknown('it depends on enable.idempotence, whose value is not known'), { by, says: '' }, KAFKA_PRODUCER)]
  return [derive(key, value, { by, says: 'an idempotent producer takes it so where it is not set' }, KAFKA_PRODUCER)]
}

/** The default delivery timeout gives way to a longer linger and request timeout; one that is set does not, and the constructor raises. */
function deliveryTimeout(view: SettingsView): readonly Derived[] {
  if (before(view.version, '2.1.0') || isGiven(view, 'delivery.timeout.ms')) return []
  const least = lingerAndRequest(view)
  if (least === undefined || least <= 120_000) return []
  const because = isGiven(view, 'request.timeout.ms') ? 'request.timeout.ms' : 'linger.ms'
  const says = 'the client raises it to linger.ms + request.timeout.ms'
  return [derive('delivery.timeout.ms', known(least), { by: because, says }, KAFKA_PRODUCER)]
}

function lingerAndRequest(view: SettingsView): number | undefined {
  const linger = effectiveNumber(view, 'linger.ms')
  const request = effectiveNumber(view, 'request.timeout.ms')
  return linger === undefined || request === undefined ? undefined : Math.min(linger + request, MAX_INT)
}

/** Combinations that KafkaProducer refuses. Reads `view.version` as an Apache kafka-clients version. */
export function producerProblems(view: SettingsView): readonly SettingProblem[] {
  if (before(view.version, '0.11.0.0')) return []
  return [...idempotenceProblems(view), ...timeoutProblems(view)]
}

function idempotenceProblems(view: SettingsView): readonly SettingProblem[] {
  const { version } = view
  const explicit = literalOf(view.given('enable.idempotence'))
  const transactional = isGiven(view, 'transactional.id')
  if (explicit === false) {
    if (!transactional) return []
    return refuse(
      view,
      ['enable.idempotence', 'transactional.id'],
      'Cannot set a transactional.id without also enabling idempotence.',
      'remove `enable.idempotence`, or set it to true',
    )
  }
  // an unknown value may be false
  if (isGiven(view, 'enable.idempotence') && explicit !== true) return []
  const inFlight = inFlightProblem(view, explicit === true, transactional)
  if (explicit !== true && !transactional) return inFlight
  const cause = explicit === true ? 'enable.idempotence' : 'transactional.id'
  // from 3.0.1 the conflict first turns the default off, and the transactional id then stands without it
  const silent = explicit !== true && isIdempotentByDefault(version)
  const without = 'Cannot set a transactional.id without also enabling idempotence.'
  const problems = [...inFlight]
  const acks = literalOf(view.given('acks'))
  if (acks === '0' || acks === '1') {
    const says = 'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.'
    problems.push(...refuse(view, ['acks', cause], silent ? without : says, 'remove `acks`, or set it to all'))
  }
  if (literalOf(view.given('retries')) === 0) {
    const says = 'Must set retries to non-zero when using the idempotent producer.'
    problems.push(...refuse(view, ['retries', cause], silent ? without : says, 'remove `retries`'))
  }
  return problems
}

function inFlightProblem(view: SettingsView, explicit: boolean, transactional: boolean): readonly SettingProblem[] {
  const { version } = view
  const inFlight = givenNumber(view, IN_FLIGHT)
  if (inFlight === undefined) return []
  const cause = explicit ? 'enable.idempotence' : 'transactional.id'
  if (!before(version, '4.0.0')) {
    if (inFlight <= 5) return []
    // the check comes before acks and retries may turn the default off: only enable.idempotence=false escapes it
    const says = `To use the idempotent producer, ${IN_FLIGHT} must be set to at most 5. Current value is ${inFlight}.`
    return refuse(view, [IN_FLIGHT, cause], says, `set \`${IN_FLIGHT}\` to 5 or less, or remove it`)
  }
  if (!explicit && !transactional) return []
  if (before(version, '1.0.0')) {
    if (inFlight === 1) return []
    const says = `Must set ${IN_FLIGHT} to 1 in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.`
    return refuse(view, [IN_FLIGHT, cause], says, `remove \`${IN_FLIGHT}\`, or set it to 1`)
  }
  if (inFlight <= 5) return []
  const says =
    !explicit && isIdempotentByDefault(version)
      ? 'Cannot set a transactional.id without also enabling idempotence.'
      : `Must set ${IN_FLIGHT} to at most 5 to use the idempotent producer.`
  return refuse(view, [IN_FLIGHT, cause], says, `set \`${IN_FLIGHT}\` to 5 or less, or remove it`)
}

function timeoutProblems(view: SettingsView): readonly SettingProblem[] {
  const { version } = view
  const problems: SettingProblem[] = []
  const delivery = before(version, '2.1.0') ? undefined : givenNumber(view, 'delivery.timeout.ms')
  const least = lingerAndRequest(view)
  if (delivery !== undefined && least !== undefined && delivery < least) {
    const says = `delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms (${delivery} < ${least})`
    problems.push(
      ...refuse(
        view,
        ['delivery.timeout.ms', 'request.timeout.ms', 'linger.ms'],
        says,
        'raise it, or lower `request.timeout.ms`',
        KAFKA_PRODUCER,
      ),
    )
  }
  if (
    !before(version, '4.1.0') &&
    literalOf(view.given('transaction.two.phase.commit.enable')) === true &&
    isGiven(view, 'transaction.timeout.ms')
  ) {
    const says = 'Cannot set transaction.timeout.ms when transaction.two.phase.commit.enable is set to true.'
    const keys = ['transaction.timeout.ms', 'transaction.two.phase.commit.enable']
    problems.push(...refuse(view, keys, says, 'remove `transaction.timeout.ms`: such transactions do not expire'))
  }
  return problems
}

function refuse(
  view: SettingsView,
  keys: readonly string[],
  says: string,
  fix: string,
  citation = PRODUCER_CONFIG,
): readonly SettingProblem[] {
  return problemAt(view, keys, { effect: 'raises', says: `ConfigException: ${says}`, fix, citation })
}
