import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Literal } from '../../model/value.ts'
import { lookUp } from '../../text/table.ts'
import { effectiveNumber, givenNumber, isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import { entryAt } from '../history.ts'
import type { Derived, Reading, SettingsView } from '../profile.ts'
import { before } from './kafka-clients-versions.ts'
import { KAFKAJS_OPTIONS, kafkajsSettings, splitPlace } from './kafkajs-options.ts'

const RUN = 'kafkajs, src/consumer/index.js and src/producer/index.js; run 1.4.0 … 2.2.4'
const RUNNER = 'kafkajs 2.2.4, src/consumer/runner.js (processEachMessage, autoCommitOffsets)'

const MEANINGS: Readonly<Record<string, readonly [ifTrue: string, ifFalse: string]>> = {
  'isolation.level': ['read_uncommitted', 'read_committed'],
  'auto.offset.reset': ['earliest', 'latest'],
}

/** Options that JavaScript takes by their truth: a text is true, even 'false'. */
const SWITCHES: ReadonlySet<string> = new Set([
  'enable.auto.commit',
  'enable.idempotence',
  'allow.auto.create.topics',
  ...Object.keys(MEANINGS),
])

/** How kafkajs takes an option's value, for the canonical meaning that it has. */
export function readKafkajsOption(canonical: string, literal: Literal): Reading {
  if (SWITCHES.has(canonical)) return readSwitch(canonical, literal)
  if (canonical === 'acks') return readAcks(literal)
  return { kind: 'value', value: known(literal) }
}

function readSwitch(canonical: string, literal: Literal): Reading {
  const on = Boolean(literal)
  const [ifTrue, ifFalse] = lookUp(MEANINGS, canonical) ?? [true, false]
  const value = known(on ? ifTrue : ifFalse)
  if (typeof literal !== 'string' || (literal !== 'false' && literal !== '0')) return { kind: 'value', value }
  return { kind: 'becomes', value, says: `a text is true to JavaScript, whatever it says: '${literal}' too`, citation: RUN }
}

function readAcks(literal: Literal): Reading {
  if (literal === -1 || literal === '-1') return { kind: 'value', value: known('all') }
  if (literal === 0 || literal === 1) return { kind: 'value', value: known(String(literal)) }
  if (literal === null) return { kind: 'value', value: known(null) }
  const says =
    typeof literal === 'number'
      ? `the broker takes acks -1, 0 and 1, and answers ${literal} with INVALID_REQUIRED_ACKS`
      : `kafkajs takes numbers: it writes '${literal}' to the wire as 0 and then waits for an answer that the broker does not send`
  return { kind: 'rejected', effect: 'fails-later', says, citation: 'kafkajs 2.2.4, src/protocol/encoder.js (writeInt16); run' }
}

/** Options given to a call that does not take them: JavaScript drops them without a word, and the default holds. */
function misplaced(view: SettingsView): readonly { readonly key: string; readonly given: string; readonly takes: string }[] {
  return Object.entries(KAFKAJS_OPTIONS).flatMap(([option, { canonical, places }]) => {
    const declared = view.declared(canonical)
    const place = declared && splitPlace(declared.key).place
    const takes = places.map(callOf).join(' or ')
    return place === undefined || places.includes(place) || splitPlace(declared?.key ?? '').option !== option
      ? []
      : [{ key: canonical, given: callOf(place), takes }]
  })
}

const callOf = (place: string) => (place === 'client' ? 'new Kafka()' : `${place}()`)

/** Options that came with a release: `autoCommit` is read from 1.5 on. */
function tooOld(view: SettingsView): boolean {
  return before(view.version, '1.5.0') && isGiven(view, 'enable.auto.commit')
}

export function deriveKafkajs(view: SettingsView): readonly Derived[] {
  const derived: Derived[] = misplaced(view).flatMap(({ key, given, takes }) => {
    const entry = kafkajsSettings[key] && entryAt(kafkajsSettings[key].default, view.version)
    if (entry?.value === undefined) return []
    const says = `${given} does not take it, ${takes} does`
    return [{ key, value: known(entry.value as Literal), because: key, says, citation: RUN, overridesGiven: true }]
  })
  if (tooOld(view)) {
    const says = 'the option is read from 1.5.0 on'
    derived.push({
      key: 'enable.auto.commit',
      value: known(true),
      because: 'enable.auto.commit',
      says,
      citation: RUN,
      overridesGiven: true,
    })
  }
  if (
    view.role === 'producer' &&
    isGiven(view, 'transactional.id') &&
    !isGiven(view, 'enable.idempotence') &&
    !before(view.version, '1.5.0')
  ) {
    const says = 'what is sent inside a transaction is idempotent'
    derived.push({ key: 'enable.idempotence', value: known(true), because: 'transactional.id', says, citation: RUN })
  }
  return derived
}

export function kafkajsProblems(view: SettingsView): readonly SettingProblem[] {
  const problems = misplaced(view).flatMap(({ key, given, takes }) =>
    problemAt(view, [key], {
      effect: 'ignored',
      says: `${given} does not take it and drops it without a word`,
      fix: `give it to ${takes}`,
      citation: RUN,
    }),
  )
  if (tooOld(view))
    problems.push(
      ...problemAt(view, ['enable.auto.commit'], {
        effect: 'ignored',
        says: 'run() reads `autoCommit` from 1.5.0 on; before that the consumer always commits',
        fix: 'move to kafkajs 2',
        citation: RUN,
      }),
    )
  return [...problems, ...(view.role === 'producer' ? producerProblems(view) : consumerProblems(view))]
}

function producerProblems(view: SettingsView): readonly SettingProblem[] {
  if (before(view.version, '1.5.0') || literalOf(view.given('enable.idempotence')) !== true) return []
  const problems: SettingProblem[] = []
  const acks = literalOf(view.given('acks'))
  if (acks === '0' || acks === '1') {
    problems.push(
      ...problemAt(view, ['acks', 'enable.idempotence'], {
        effect: 'fails-later',
        says: "send() throws KafkaJSNonRetriableError: Not requiring ack for all messages invalidates the idempotent producer's EoS guarantees",
        fix: 'leave `acks` out, or set it to -1',
        citation: RUN,
      }),
    )
  }
  const retries = givenNumber(view, 'retries')
  if (retries !== undefined && retries < 1) {
    problems.push(
      ...problemAt(view, ['retries', 'enable.idempotence'], {
        effect: 'raises',
        says: 'KafkaJSNonRetriableError: Idempotent producer must allow retries to protect against transient errors',
        fix: 'leave `retry.retries` out',
        citation: RUN,
      }),
    )
  }
  return problems
}

function consumerProblems(view: SettingsView): readonly SettingProblem[] {
  const heartbeat = effectiveNumber(view, 'heartbeat.interval.ms')
  const session = effectiveNumber(view, 'session.timeout.ms')
  if (before(view.version, '1.4.0') || heartbeat === undefined || session === undefined || heartbeat < session) return []
  return problemAt(view, ['heartbeat.interval.ms', 'session.timeout.ms'], {
    effect: 'raises',
    says: `KafkaJSNonRetriableError: Consumer heartbeatInterval (${heartbeat}) must be lower than sessionTimeout (${session})`,
    fix: 'set `heartbeatInterval` to a third of `sessionTimeout`',
    citation: RUN,
  })
}

/** When a kafkajs consumer commits: what the handler was done with, after it returned. */
export function kafkajsCommits(view: SettingsView): CommitBehaviour {
  const never = view.role === 'producer' || isEffectively(view, 'enable.auto.commit', false)
  if (never) {
    return {
      when: 'never',
      what: 'resolved',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: view.role === 'producer' ? 'a producer commits no offsets by itself' : 'autoCommit is off: only the program commits',
      citation: RUNNER,
    }
  }
  return {
    when: 'after-handler',
    what: 'resolved',
    onClose: true,
    onRevoke: true,
    loses: 'no',
    says: 'offsets are committed after eachMessage has returned, or eachBatch has resolved them, and when the group rebalances: a crash repeats messages and skips none, as long as the handler awaits its work and lets its errors out',
    citation: RUNNER,
  }
}
