import type { SettingProblem } from '../../model/facts.ts'
import { known } from '../../model/value.ts'
import { effectiveNumber, isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, SettingsView } from '../profile.ts'
import { before } from './kafka-clients-versions.ts'

const KAFKA_CONSUMER = 'kafka-clients, KafkaConsumer constructor; run 0.9.0.0 … 4.4.0'

/** Without a group there is nothing to commit to: from 2.2 the client turns auto-commit off. */
export function deriveConsumer(view: SettingsView): readonly Derived[] {
  if (before(view.version, '2.2.0') || !view.complete || isGiven(view, 'group.id') || isGiven(view, 'enable.auto.commit'))
    return []
  const says = 'without a group.id the client turns auto-commit off'
  return [{ key: 'enable.auto.commit', value: known(false), because: 'group.id', says, citation: KAFKA_CONSUMER }]
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
