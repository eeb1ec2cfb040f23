import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Literal } from '../../model/value.ts'
import { effectiveNumber, isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Reading, SettingsView } from '../profile.ts'
import { constantFrom, milliseconds } from './go-values.ts'
import { before } from './kafka-clients-versions.ts'

const VALIDATE = 'sarama v1.20.0 … v1.61.1, config.go (Validate)'
const SESSION = 'sarama v1.28.0 … v1.61.1, offset_manager.go (Close, Commit)'

/** What `Config.Version` says: the protocol that is spoken, by which Validate judges. */
export const PROTOCOL = 'protocol.version'

const ACKS = { WaitForAll: 'all', '-1': 'all', WaitForLocal: '1', '1': '1', NoResponse: '0', '0': '0' }
const INITIAL = { OffsetNewest: 'latest', '-1': 'latest', OffsetOldest: 'earliest', '-2': 'earliest' }
const ISOLATION = {
  ReadUncommitted: 'read_uncommitted',
  '0': 'read_uncommitted',
  ReadCommitted: 'read_committed',
  '1': 'read_committed',
}

/** What Validate says of a number that is none of a setting's constants. */
const REFUSED: Readonly<Record<string, { readonly words: Readonly<Record<string, Literal>>; readonly says: string }>> = {
  'auto.offset.reset': { words: INITIAL, says: 'Consumer.Offsets.Initial must be OffsetOldest or OffsetNewest' },
  'isolation.level': { words: ISOLATION, says: 'Consumer.IsolationLevel must be ReadUncommitted or ReadCommitted' },
}

/** How sarama takes a field's value: a constant by its name or number, a duration in nanoseconds. */
export function readSaramaField(setting: string, literal: Literal): Reading {
  if (setting === 'acks') return readAcks(literal)
  const refused = REFUSED[setting]
  if (refused)
    return typeof literal === 'number' && !Object.hasOwn(refused.words, String(literal))
      ? { kind: 'rejected', effect: 'raises', says: `the constructor fails: ${refused.says}`, citation: VALIDATE }
      : constantFrom(refused.words, literal)
  if (setting === PROTOCOL) return readProtocol(literal)
  // an empty text is Go's way of giving none
  if (literal === '' && (setting === 'transactional.id' || setting === 'group.instance.id'))
    return { kind: 'value', value: known(null) }
  return setting.endsWith('.ms') ? milliseconds(literal) : { kind: 'value', value: known(literal) }
}

function readAcks(literal: Literal): Reading {
  if (typeof literal !== 'number' || Object.hasOwn(ACKS, String(literal))) return constantFrom(ACKS, literal)
  return literal < -1
    ? {
        kind: 'rejected',
        effect: 'raises',
        says: 'the constructor fails: Producer.RequiredAcks must be >= -1',
        citation: VALIDATE,
      }
    : {
        kind: 'rejected',
        effect: 'fails-later',
        says: 'Producer.RequiredAcks > 1 is deprecated and will raise an exception with kafka >= 0.8.2.0',
        citation: VALIDATE,
      }
}

/** `V2_8_0_0` is 2.8.0.0; what ParseKafkaVersion makes of a text stays unknown. */
function readProtocol(literal: Literal): Reading {
  const name = String(literal)
  const plain = name === 'MinVersion' ? '0.8.2.0' : /^V\d+(?:_\d+)+$/.test(name) ? name.slice(1).replaceAll('_', '.') : name
  return { kind: 'value', value: known(plain) }
}

/** True when the protocol is certainly older than that version. */
function speaksBefore(view: SettingsView, version: string): boolean {
  const spoken = literalOf(view.effective(PROTOCOL))
  return typeof spoken === 'string' && /^\d+(?:\.\d+)+$/.test(spoken) && before(spoken, version)
}

/** When a group's session commits: what was marked, by a timer and at its end. A partition consumer commits nothing. */
export function saramaCommits(view: SettingsView): CommitBehaviour {
  const never = { when: 'never', what: 'marked', onClose: false, onRevoke: false, loses: 'no' } as const
  if (view.role === 'producer') return { ...never, says: 'a producer commits no offsets by itself', citation: SESSION }
  if (!isGiven(view, 'group.id')) return { ...never, says: 'a partition consumer commits nothing', citation: SESSION }
  if (!isEffectively(view, 'enable.auto.commit', false))
    return {
      when: 'background',
      what: 'marked',
      onClose: true,
      onRevoke: true,
      loses: 'no',
      says: 'what MarkMessage has marked is committed by a timer: nothing is lost where the mark comes after the work',
      citation: SESSION,
    }
  // flushToBroker did nothing then, whoever called it
  if (before(view.version, '1.27.0'))
    return {
      ...never,
      says: 'nothing is ever committed: the session has no Commit before 1.27.0',
      citation: 'sarama v1.25.0, offset_manager.go (flushToBroker)',
    }
  if (before(view.version, '1.28.0'))
    return {
      ...never,
      onClose: true,
      onRevoke: true,
      says: 'marks are committed where the program calls the session’s Commit, and at the end of a session all the same',
      citation: 'sarama v1.27.0 … v1.27.2, offset_manager.go (Close)',
    }
  return { ...never, says: 'marks are committed only where the program calls the session’s Commit', citation: SESSION }
}

/** What Validate and the constructors refuse, in their words. */
export function saramaProblems(view: SettingsView): readonly SettingProblem[] {
  return view.role === 'producer' ? producerProblems(view) : consumerProblems(view)
}

function refused(view: SettingsView, keys: readonly string[], says: string, fix: string, citation = VALIDATE) {
  return problemAt(view, keys, { effect: 'raises', says: `the constructor fails: ${says}`, fix, citation })
}

function producerProblems(view: SettingsView): readonly SettingProblem[] {
  const acks = literalOf(view.effective('acks'))
  const flight = effectiveNumber(view, 'max.in.flight.requests.per.connection')
  const retries = effectiveNumber(view, 'retries')
  const problems: SettingProblem[] = []
  if (isEffectively(view, 'enable.idempotence', true)) {
    const says = (what: string) => `Idempotent producer requires ${what}`
    if (speaksBefore(view, '0.11.0.0'))
      problems.push(
        ...refused(view, ['enable.idempotence', PROTOCOL], says('Version >= V0_11_0_0'), 'set Version to V0_11_0_0 or later'),
      )
    if (retries === 0) problems.push(...refused(view, ['retries'], says('Producer.Retry.Max >= 1'), 'let it retry'))
    if (acks !== undefined && acks !== 'all')
      problems.push(
        ...refused(
          view,
          ['enable.idempotence', 'acks'],
          says('Producer.RequiredAcks to be WaitForAll'),
          'set Producer.RequiredAcks to sarama.WaitForAll',
        ),
      )
    if (flight !== undefined && flight > 1)
      problems.push(
        ...refused(
          view,
          ['enable.idempotence', 'max.in.flight.requests.per.connection'],
          says('Net.MaxOpenRequests to be 1'),
          'set Net.MaxOpenRequests to 1',
        ),
      )
  }
  if (isGiven(view, 'transactional.id') && isEffectively(view, 'enable.idempotence', false))
    problems.push(
      ...refused(
        view,
        ['transactional.id'],
        'Transactional producer requires Idempotent to be true',
        'set Producer.Idempotent to true, and what it requires',
      ),
    )
  return problems
}

function consumerProblems(view: SettingsView): readonly SettingProblem[] {
  const heartbeat = effectiveNumber(view, 'heartbeat.interval.ms')
  const session = effectiveNumber(view, 'session.timeout.ms')
  const problems: SettingProblem[] = []
  if (isEffectively(view, 'isolation.level', 'read_committed') && speaksBefore(view, '0.11.0.0'))
    problems.push(
      ...refused(
        view,
        ['isolation.level', PROTOCOL],
        'ReadCommitted requires Version >= V0_11_0_0',
        'set Version to V0_11_0_0 or later',
      ),
    )
  if (isGiven(view, 'group.id') && speaksBefore(view, '0.10.2.0'))
    problems.push(
      ...refused(
        view,
        [PROTOCOL, 'group.id'],
        'consumer groups require Version to be >= V0_10_2_0',
        'set Version to V0_10_2_0 or later',
        'sarama v1.20.0 … v1.61.1, consumer_group.go (newConsumerGroup)',
      ),
    )
  if (isGiven(view, 'group.instance.id') && speaksBefore(view, '2.3.0.0'))
    problems.push(
      ...refused(
        view,
        ['group.instance.id', PROTOCOL],
        'Consumer.Group.InstanceId need Version >= 2.3',
        'set Version to V2_3_0_0 or later',
      ),
    )
  if (heartbeat !== undefined && session !== undefined && heartbeat >= session)
    problems.push(
      ...refused(
        view,
        ['heartbeat.interval.ms', 'session.timeout.ms'],
        'Consumer.Group.Heartbeat.Interval must be < Consumer.Group.Session.Timeout',
        'set Consumer.Group.Heartbeat.Interval to a third of Consumer.Group.Session.Timeout',
      ),
    )
  return problems
}
