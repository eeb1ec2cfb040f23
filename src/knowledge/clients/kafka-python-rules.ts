import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Literal, showValue, unknown } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import { effectiveNumber, givenNumber, isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, SettingsView } from '../profile.ts'
import { keyword } from './python-values.ts'

const PRODUCER = 'kafka/producer/kafka.py (KafkaProducer.__init__); run'
const CONSUMER = 'kafka/consumer/group.py (KafkaConsumer.__init__); run'
const COORDINATOR = 'kafka/coordinator/consumer.py (ConsumerCoordinator.__init__); run'

function before(view: SettingsView, version: string): boolean {
  return compareVersions(view.version, version) < 0
}

/** What kafka-python changes by itself, by version. */
export function kafkaPythonDerive(view: SettingsView): readonly Derived[] {
  if (view.role === 'consumer') return autoCommitNeedsGroup(view)
  if (before(view, '2.2.0')) return []
  return before(view, '3.0.0') ? idempotentBefore3(view) : idempotentFrom3(view)
}

/** Shared with the fork: without a group id there is nothing to commit to, whatever is asked. */
export function autoCommitNeedsGroup(view: SettingsView): readonly Derived[] {
  if (!isEffectively(view, 'group.id', null)) return []
  return [
    {
      key: 'enable.auto.commit',
      value: known(false),
      because: 'group.id',
      says: 'there is no group id: "group_id is None: disabling auto-commit."',
      citation: COORDINATOR,
      overridesGiven: true,
    },
  ]
}

function idempotentBefore3(view: SettingsView): readonly Derived[] {
  const transactional = isGiven(view, 'transactional.id')
  if (!transactional && literalOf(view.given('enable.idempotence')) !== true) return []
  const because = transactional ? 'transactional.id' : 'enable.idempotence'
  const cause = transactional ? 'a transactional id is given' : '`enable_idempotence` is True'
  const derived: Derived[] = [
    { key: 'acks', value: known('all'), because, says: `all, since ${cause}`, citation: PRODUCER },
    {
      key: 'max.in.flight.requests.per.connection',
      value: known(1),
      because,
      says: `1, since ${cause}`,
      citation: PRODUCER,
    },
  ]
  if (transactional)
    derived.push({ key: 'enable.idempotence', value: known(true), because, says: `True, since ${cause}`, citation: PRODUCER })
  return derived
}

/** From 3.0.0 on idempotence is on unless another setting speaks against it, and then goes off with a line in the log. */
function idempotentFrom3(view: SettingsView): readonly Derived[] {
  if (isGiven(view, 'transactional.id')) {
    const says = 'True, since a transactional id is given'
    return [{ key: 'enable.idempotence', value: known(true), because: 'transactional.id', says, citation: PRODUCER }]
  }
  if (view.given('enable.idempotence') !== undefined) return []
  for (const key of ['acks', 'retries', 'max.in.flight.requests.per.connection']) {
    const value = view.given(key)
    if (value === undefined) continue
    const literal = literalOf(value)
    if (literal !== undefined && !conflicts(key, literal)) continue
    const says =
      literal === undefined
        ? `on unless \`${keyword(key)}\` speaks against it`
        : `\`${keyword(key)}=${showValue(value)}\` switches it off: "Idempotence will be disabled because user-provided config conflicts with idempotent defaults"`
    const derived = literal === undefined ? unknown(`\`${keyword(key)}\` decides it, and is not known`) : known(false)
    return [{ key: 'enable.idempotence', value: derived, because: key, says, citation: PRODUCER }]
  }
  return []
}

function conflicts(key: string, literal: Literal): boolean {
  if (key === 'acks') return literal !== 'all'
  if (key === 'retries') return literal === 0
  return typeof literal === 'number' && literal > 5
}

/** Combinations that a version refuses. */
export function kafkaPythonProblems(view: SettingsView): readonly SettingProblem[] {
  if (view.role === 'consumer') return kafkaPythonConsumerProblems(view)
  if (before(view, '2.2.0')) return []
  return [...idempotenceProblems(view), ...deliveryTimeoutProblem(view)]
}

function refused(
  view: SettingsView,
  keys: readonly string[],
  says: string,
  fix: string,
  citation: string,
): readonly SettingProblem[] {
  return problemAt(view, keys, { effect: 'raises', says: `the constructor raises ${says}`, fix, citation })
}

function idempotenceProblems(view: SettingsView): readonly SettingProblem[] {
  const transactional = isGiven(view, 'transactional.id')
  const wanted = literalOf(view.given('enable.idempotence'))
  if (transactional && wanted === false) {
    const says = 'KafkaConfigurationError: Cannot set transactional_id without enable_idempotence.'
    return refused(
      view,
      ['enable.idempotence', 'transactional.id'],
      says,
      'remove `enable_idempotence`, or set it to True',
      PRODUCER,
    )
  }
  if (!transactional && wanted !== true) return []
  const cause = wanted === true ? 'enable.idempotence' : 'transactional.id'
  const early = before(view, '3.0.0')
  const problems: SettingProblem[] = []
  const acks = literalOf(view.given('acks'))
  if (acks !== undefined && acks !== 'all') {
    const says = early
      ? "KafkaConfigurationError: Must set 'acks' config to 'all' in order to use the idempotent producer. Otherwise we cannot guarantee idempotence"
      : `KafkaConfigurationError: enable_idempotence=True is incompatible with user-provided acks=${acks}`
    problems.push(...refused(view, ['acks', cause], says, "remove `acks`, or set it to 'all'", PRODUCER))
  }
  if (literalOf(view.given('retries')) === 0) {
    const says = early
      ? "KafkaConfigurationError: Must set 'retries' to non-zero when using the idempotent producer."
      : 'KafkaConfigurationError: enable_idempotence=True is incompatible with user-provided retries=0'
    problems.push(...refused(view, ['retries', cause], says, 'remove `retries`', PRODUCER))
  }
  const inFlight = givenNumber(view, 'max.in.flight.requests.per.connection')
  if (inFlight !== undefined && (early ? inFlight !== 1 : inFlight > 5)) {
    const says = early
      ? "KafkaConfigurationError: Must set 'max_in_flight_requests_per_connection' to 1 in order to use the idempotent producer. Otherwise we cannot guarantee idempotence."
      : `KafkaConfigurationError: enable_idempotence=True is incompatible with user-provided max_in_flight_requests_per_connection=${inFlight}`
    const fix = early ? 'remove it, or set it to 1: more than Java allows is refused here' : 'remove it, or set it to 5 or less'
    problems.push(...refused(view, ['max.in.flight.requests.per.connection', cause], says, fix, PRODUCER))
  }
  return problems
}

function deliveryTimeoutProblem(view: SettingsView): readonly SettingProblem[] {
  const delivery = effectiveNumber(view, 'delivery.timeout.ms')
  const linger = effectiveNumber(view, 'linger.ms')
  const request = effectiveNumber(view, 'request.timeout.ms')
  if (delivery === undefined || linger === undefined || request === undefined || delivery >= linger + request) return []
  const says = 'KafkaConfigurationError: Must set delivery_timeout_ms higher than linger_ms + request_timeout_ms'
  const fix = `raise \`delivery_timeout_ms\` to ${linger + request} or more, or lower the others`
  const citation = 'kafka/producer/record_accumulator.py (RecordAccumulator.__init__); run'
  return refused(view, ['delivery.timeout.ms', 'request.timeout.ms', 'linger.ms'], says, fix, citation)
}

/** Shared with the fork. */
export function kafkaPythonConsumerProblems(view: SettingsView): readonly SettingProblem[] {
  const problems: SettingProblem[] = []
  const idle = effectiveNumber(view, 'connections.max.idle.ms')
  const request = effectiveNumber(view, 'request.timeout.ms')
  const wait = effectiveNumber(view, 'fetch.max.wait.ms')
  const session = effectiveNumber(view, 'session.timeout.ms')
  const heartbeat = effectiveNumber(view, 'heartbeat.interval.ms')
  if (
    !before(view, '1.4.5') &&
    idle !== undefined &&
    request !== undefined &&
    wait !== undefined &&
    !(wait < request && request < idle)
  ) {
    const says = `KafkaConfigurationError: connections_max_idle_ms (${idle}) must be larger than request_timeout_ms (${request}) which must be larger than fetch_max_wait_ms (${wait}).`
    const keys = ['request.timeout.ms', 'connections.max.idle.ms', 'fetch.max.wait.ms']
    problems.push(...refused(view, keys, says, 'keep the three in this order', CONSUMER))
  }
  // both are only looked at by a member of a group, from 1.4.0 on
  if (before(view, '1.4.0') || !isGiven(view, 'group.id')) return problems.concat(staticMemberProblem(view))
  if (before(view, '3.0.0') && request !== undefined && session !== undefined && request <= session) {
    const says = `KafkaConfigurationError: Request timeout (${request}) must be larger than session timeout (${session})`
    const fix = 'raise `request_timeout_ms` above `session_timeout_ms`, or leave it out'
    problems.push(...refused(view, ['request.timeout.ms', 'session.timeout.ms'], says, fix, CONSUMER))
  }
  problems.push(...heartbeatProblem(view, heartbeat, session))
  return problems
}

function heartbeatProblem(
  view: SettingsView,
  heartbeat: number | undefined,
  session: number | undefined,
): readonly SettingProblem[] {
  if (heartbeat === undefined || session === undefined) return []
  const asserts = before(view, '2.2.7')
  if (asserts ? heartbeat <= session : heartbeat < session) return []
  // from 3.0.0 on the default depends on the broker, so only a given session timeout is certain
  if (!before(view, '3.0.0') && !isGiven(view, 'session.timeout.ms') && heartbeat < 45_000) return []
  const says = asserts
    ? 'AssertionError: Heartbeat interval must be lower than the session timeout'
    : `KafkaConfigurationError: Heartbeat interval must be lower than the session timeout (${heartbeat} v ${session})`
  const citation = 'kafka/coordinator/heartbeat.py (Heartbeat.__init__); run'
  const fix = 'set `heartbeat_interval_ms` to a third of `session_timeout_ms` or less'
  return refused(view, ['heartbeat.interval.ms', 'session.timeout.ms'], says, fix, citation)
}

function staticMemberProblem(view: SettingsView): readonly SettingProblem[] {
  if (before(view, '2.3.0') || !isGiven(view, 'group.instance.id') || !isEffectively(view, 'group.id', null)) return []
  const says = 'KafkaConfigurationError: group_instance_id requires group_id'
  return refused(view, ['group.instance.id'], says, 'give the consumer a `group_id`', CONSUMER)
}

/** When a kafka-python consumer commits by itself: inside poll() or the iteration, on close and on revocation; never while a handler runs. */
export function kafkaPythonCommits(view: SettingsView): CommitBehaviour {
  const citation = 'run: kafka-python 2.0.2, 2.3.3, 3.0.12, handler of 2 s, interval 0.5 s'
  if (isEffectively(view, 'enable.auto.commit', false)) {
    return {
      when: 'never',
      what: 'position',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: 'Auto-commit is off: only the program commits.',
      citation,
    }
  }
  return {
    when: 'on-poll',
    what: 'position',
    onClose: true,
    onRevoke: true,
    loses: 'on-exception',
    says: 'kafka-python commits what it has handed over inside the next poll() or iteration, so a crash in the handler repeats messages; but close() after an exception, and a rebalance, commit the message that failed as well, with poll() the rest of its batch too, and nobody reads them again.',
    citation,
  }
}
