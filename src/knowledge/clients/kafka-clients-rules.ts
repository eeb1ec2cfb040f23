import type { SettingProblem } from '../../model/facts.ts'
import { known, possibleLiterals, unknown, type Value } from '../../model/value.ts'
import { effectiveNumber, givenNumber, isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, SettingsView } from '../profile.ts'
import { before, hasIdempotenceDefaultBug, isIdempotentByDefault } from './kafka-clients-versions.ts'

const PRODUCER_CONFIG = 'kafka-clients, ProducerConfig.postProcessAndValidateIdempotenceConfigs; run 0.11.0.0 … 4.4.0'
const KAFKA_PRODUCER = 'kafka-clients, KafkaProducer (configureInflightRequests, configureAcks, configureDeliveryTimeout); run'
const KAFKA_CONSUMER = 'kafka-clients, KafkaConsumer constructor; run 0.9.0.0 … 4.4.0'

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

/** Without a group there is nothing to commit to: from 2.2 the client turns auto-commit off. */
export function deriveConsumer(view: SettingsView): readonly Derived[] {
  if (before(view.version, '2.2.0') || !view.complete || isGiven(view, 'group.id') || isGiven(view, 'enable.auto.commit'))
    return []
  const says = 'without a group.id the client turns auto-commit off'
  return [derive('enable.auto.commit', known(false), { by: 'group.id', says }, KAFKA_CONSUMER)]
}

/** Combinations that KafkaConsumer refuses. Reads `view.version` as an Apache kafka-clients version. */
export function consumerProblems(view: SettingsView): readonly SettingProblem[] {
  return [...commitWithoutGroup(view), ...protocolProblems(view), ...sessionProblems(view)]
}

function commitWithoutGroup(view: SettingsView): readonly SettingProblem[] {
  const on = literalOf(view.given('enable.auto.commit')) === true
  if (before(view.version, '2.2.0') || !on || !view.complete || isGiven(view, 'group.id')) return []
  return problemAt(view, ['enable.auto.commit'], {
    effect: 'raises',
    says: 'InvalidConfigurationException: enable.auto.commit cannot be set to true when default group id (null) is used.',
    fix: 'set `group.id`, or leave `enable.auto.commit` out',
    citation: KAFKA_CONSUMER,
  }).map((problem) => ({ ...problem, confidence: isCode(problem.location.path) ? problem.confidence : 'low' }))
}

/** The program that loads a file may well give the group: console tools do. */
const isCode = (path: string) => /\.(java|kts?|scala|groovy|clj)$/.test(path)

const BY_PROTOCOL = {
  consumer: ['session.timeout.ms', 'heartbeat.interval.ms', 'partition.assignment.strategy'],
  classic: ['group.remote.assignor', 'share.acknowledgement.mode'],
} as const

/** Settings that belong to the other group protocol: from 4.0, and `group.remote.assignor` from 3.9, the constructor refuses them. */
function protocolProblems(view: SettingsView): readonly SettingProblem[] {
  const protocol = literalOf(view.effective('group.protocol'))
  if (protocol !== 'consumer' && protocol !== 'classic') return []
  return BY_PROTOCOL[protocol].flatMap((key) => {
    if (!isGiven(view, key) || before(view.version, key === 'group.remote.assignor' ? '3.9.0' : '4.0.0')) return []
    // a key that came later than the check is an unknown one before
    if (key === 'share.acknowledgement.mode' && before(view.version, '4.1.0')) return []
    return problemAt(view, [key, 'group.protocol'], {
      effect: 'raises',
      says: `ConfigException: ${key} cannot be set when group.protocol=${protocol.toUpperCase()}`,
      fix: protocol === 'consumer' ? `remove \`${key}\`: the broker decides it under this protocol` : `remove \`${key}\``,
      citation: 'kafka-clients, ConsumerConfig.checkUnsupportedConfigsPostProcess; run 3.9.0 … 4.4.0',
    })
  })
}

function sessionProblems(view: SettingsView): readonly SettingProblem[] {
  if (literalOf(view.effective('group.protocol')) === 'consumer' && !before(view.version, '3.7.0')) return []
  const problems: SettingProblem[] = []
  const session = effectiveNumber(view, 'session.timeout.ms')
  const heartbeat = effectiveNumber(view, 'heartbeat.interval.ms')
  if (isGiven(view, 'group.id') && session !== undefined && heartbeat !== undefined && heartbeat >= session) {
    problems.push(
      ...problemAt(view, ['heartbeat.interval.ms', 'session.timeout.ms'], {
        effect: 'raises',
        says: `IllegalArgumentException: Heartbeat must be set lower than the session timeout (${heartbeat} >= ${session})`,
        fix: 'set `heartbeat.interval.ms` to a third of `session.timeout.ms`',
        citation: KAFKA_CONSUMER,
      }),
    )
  }
  const request = effectiveNumber(view, 'request.timeout.ms')
  const wait = effectiveNumber(view, 'fetch.max.wait.ms')
  const least = Math.max(session ?? -1, wait ?? -1)
  if (before(view.version, '2.0.0') && request !== undefined && request <= least) {
    problems.push(
      ...problemAt(view, ['request.timeout.ms', 'session.timeout.ms', 'fetch.max.wait.ms'], {
        effect: 'raises',
        says: `ConfigException: request.timeout.ms should be greater than session.timeout.ms and fetch.max.wait.ms (${request} <= ${least})`,
        fix: 'raise `request.timeout.ms` above them',
        citation: KAFKA_CONSUMER,
      }),
    )
  }
  return problems
}

/** True when the new consumer of KIP-848 is certainly chosen. */
export function usesConsumerProtocol(view: SettingsView): boolean {
  return !before(view.version, '3.7.0') && isEffectively(view, 'group.protocol', 'consumer')
}
