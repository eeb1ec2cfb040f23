import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Literal } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import { effectiveNumber, isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, Reading, SettingsView } from '../profile.ts'
import { pythonLiteral, pythonTruth } from './python-values.ts'

const RUN = 'run: aiokafka 0.8.1, 0.10.0, 0.14.0'
const PRODUCER = 'aiokafka/producer/producer.py (__init__); run'

/** How aiokafka takes a value: it checks acks at the construction, and the enumerations when the consumer starts. */
export function aiokafkaRead(canonical: string, literal: Literal): Reading {
  switch (canonical) {
    case 'enable.auto.commit':
    case 'enable.idempotence':
      return pythonTruth(literal, RUN)
    case 'auto.offset.reset':
      return readReset(literal)
    case 'isolation.level':
      if (literal === 'read_committed' || literal === 'read_uncommitted') return { kind: 'value', value: known(literal) }
      return {
        kind: 'rejected',
        effect: 'fails-later',
        says: `start() raises ValueError: Incorrect isolation level ${literal === null ? 'None' : literal}`,
        citation: RUN,
      }
    case 'acks':
      return readAcks(literal)
    default:
      return { kind: 'value', value: known(literal) }
  }
}

function readReset(literal: Literal): Reading {
  if (typeof literal !== 'string') {
    const says = `start() raises AttributeError: '${typeName(literal)}' object has no attribute 'lower'`
    return { kind: 'rejected', effect: 'fails-later', says, citation: RUN }
  }
  const word = literal.toLowerCase()
  if (word === 'earliest' || word === 'latest' || word === 'none') return { kind: 'value', value: known(word) }
  return {
    kind: 'becomes',
    value: known('none'),
    says: 'the consumer logs "Unrecognized ``auto_offset_reset`` config, using NONE", and where it finds no committed offset it raises NoOffsetForPartitionError',
    citation: RUN,
  }
}

function typeName(literal: Literal): string {
  if (literal === null) return 'NoneType'
  if (typeof literal === 'boolean') return 'bool'
  return Number.isInteger(literal) ? 'int' : 'float'
}

function readAcks(literal: Literal): Reading {
  if (literal === 'all' || literal === -1) return { kind: 'value', value: known('all') }
  // True and False are 1 and 0 to `in`
  if (literal === 0 || literal === 1 || typeof literal === 'boolean') return { kind: 'value', value: known(Number(literal)) }
  const says = `the constructor raises ValueError: Invalid ACKS parameter (acks=${pythonLiteral(literal)}; it takes 0, 1, -1 and 'all')`
  return { kind: 'rejected', effect: 'raises', says, citation: RUN }
}

/** acks and idempotence follow from a transactional id; without a group id nothing is committed. */
export function aiokafkaDerive(view: SettingsView): readonly Derived[] {
  if (view.role === 'consumer') {
    if (!isEffectively(view, 'group.id', null)) return []
    return [
      {
        key: 'enable.auto.commit',
        value: known(false),
        because: 'group.id',
        says: 'there is no group id: nothing is committed',
        citation: 'aiokafka/consumer/consumer.py (NoGroupCoordinator)',
        overridesGiven: true,
      },
    ]
  }
  if (compareVersions(view.version, '0.5.0') < 0) return []
  const transactional = isGiven(view, 'transactional.id')
  if (!transactional && literalOf(view.given('enable.idempotence')) !== true) return []
  const because = transactional ? 'transactional.id' : 'enable.idempotence'
  const cause = transactional ? 'a transactional id is given' : '`enable_idempotence` is True'
  const derived: Derived[] = [{ key: 'acks', value: known('all'), because, says: `all, since ${cause}`, citation: PRODUCER }]
  if (transactional) {
    // an explicit False is overruled without a word
    const says = `True, since ${cause}`
    derived.push({ key: 'enable.idempotence', value: known(true), because, says, citation: PRODUCER, overridesGiven: true })
  }
  return derived
}

/** Combinations that aiokafka refuses. */
export function aiokafkaProblems(view: SettingsView): readonly SettingProblem[] {
  return view.role === 'producer' ? producerProblems(view) : consumerProblems(view)
}

function producerProblems(view: SettingsView): readonly SettingProblem[] {
  if (compareVersions(view.version, '0.5.0') < 0) return []
  const transactional = isGiven(view, 'transactional.id')
  const wanted = literalOf(view.given('enable.idempotence'))
  const problems: SettingProblem[] = []
  if (transactional && wanted === false) {
    problems.push(
      ...problemAt(view, ['enable.idempotence', 'transactional.id'], {
        effect: 'replaced',
        says: 'a transactional id switches idempotence on, whatever `enable_idempotence` says',
        fix: 'remove `enable_idempotence`',
        citation: PRODUCER,
      }),
    )
  }
  const acks = literalOf(view.given('acks'))
  if ((transactional || wanted === true) && acks !== undefined && acks !== 'all') {
    problems.push(
      ...problemAt(view, ['acks', wanted === true ? 'enable.idempotence' : 'transactional.id'], {
        effect: 'raises',
        says: `the constructor raises ValueError: acks=${acks} not supported if enable_idempotence=True`,
        fix: "remove `acks`, or set it to 'all'",
        citation: PRODUCER,
      }),
    )
  }
  return problems
}

function consumerProblems(view: SettingsView): readonly SettingProblem[] {
  const records = effectiveNumber(view, 'max.poll.records')
  if (records === undefined || (Number.isInteger(records) && records >= 1)) return []
  return problemAt(view, ['max.poll.records'], {
    effect: 'raises',
    says: 'the constructor raises ValueError: `max_poll_records` should be positive Integer',
    fix: 'give `max_poll_records` a positive number, or leave it out',
    citation: 'aiokafka/consumer/consumer.py (__init__); run',
  })
}

/** When an aiokafka consumer commits by itself: a task in the background commits the position, which moves as a message is handed over. */
export function aiokafkaCommits(view: SettingsView): CommitBehaviour {
  const citation = `${RUN}, handler of 2 s, interval 0.5 s; aiokafka/consumer/group_coordinator.py (_maybe_do_autocommit)`
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
    when: 'background',
    what: 'position',
    onClose: true,
    onRevoke: true,
    loses: 'yes',
    says: 'A task in the background commits every message that aiokafka has handed over, while the handler still awaits: a crash then skips it, and stop() after an exception commits the message that failed.',
    citation,
  }
}
