import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Literal, type Value } from '../../model/value.ts'
import { isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, SettingsView } from '../profile.ts'
import { commitsNever } from './kafka-clients-commits.ts'
import { consumerProblems } from './kafka-clients-consumer.ts'
import { deriveProducer, producerProblems } from './kafka-clients-producer.ts'
import { before } from './kafka-clients-versions.ts'

export const WORKER = 'kafka-connect, Worker.baseProducerConfigs and baseConsumerConfigs; run 2.3.1 … 4.3.1'
const SINK_TASK = 'kafka-connect, WorkerSinkTask.commitOffsets'
const EXACTLY_ONCE = 'kafka-connect 3.3.0, KIP-618'

const MAX_INT = 2_147_483_647

/** What the worker writes into its clients' configurations, unless its own `producer.` or `consumer.` settings say otherwise. */
export function writtenByWorker(key: string, version: string): Literal | undefined {
  switch (key) {
    case 'acks':
      return 'all'
    case 'max.in.flight.requests.per.connection':
      return 1
    case 'retries':
      return before(version, '2.1.0') ? MAX_INT : undefined
    case 'delivery.timeout.ms':
      return before(version, '2.1.0') ? undefined : MAX_INT
    case 'request.timeout.ms':
      return before(version, '3.0.0') ? MAX_INT : undefined
    case 'enable.idempotence':
      return forcesIdempotenceOff(version) ? false : undefined
    case 'enable.auto.commit':
      return false
    case 'auto.offset.reset':
      return 'earliest'
    default:
      return undefined
  }
}

/** KAFKA-13759: the worker turns idempotence off in 3.0.2, and again from 3.1.1 on. */
function forcesIdempotenceOff(version: string): boolean {
  return !before(version, '3.0.2') && (before(version, '3.1.0') || !before(version, '3.1.1'))
}

const OF_PRODUCERS = ['acks', 'max.in.flight.requests.per.connection', 'retries', 'delivery.timeout.ms', 'enable.idempotence']
const OF_CONSUMERS = ['enable.auto.commit', 'auto.offset.reset']

/** The options as the client gets them: with what the worker writes into them, and the group that it names. */
function clientView(view: SettingsView): SettingsView {
  const keys = view.role === 'producer' ? [...OF_PRODUCERS, 'request.timeout.ms'] : OF_CONSUMERS
  const added = new Map<string, Value>(
    view.role === 'consumer' ? [['group.id', { kind: 'object', text: 'connect-<connector>' }]] : [],
  )
  for (const key of keys) {
    const literal = writtenByWorker(key, view.version)
    if (literal !== undefined) added.set(key, known(literal))
  }
  return { ...view, given: (key) => view.given(key) ?? added.get(key) }
}

export function deriveConnect(view: SettingsView): readonly Derived[] {
  if (view.role === 'consumer') return []
  if (literalOf(view.given('exactly.once.support')) === 'required' && !before(view.version, '3.3.0')) {
    const because = 'exactly.once.support'
    const says =
      'a connector that requires exactly-once support runs only on a worker that has it on, with a transactional producer'
    const id: Value = { kind: 'object', text: 'connect-cluster-<group>-<connector>-<task>' }
    return [
      { key: 'transactional.id', value: id, because, says, citation: EXACTLY_ONCE },
      { key: 'enable.idempotence', value: known(true), because, says, citation: EXACTLY_ONCE },
    ]
  }
  return deriveProducer(clientView(view)).filter(({ key }) => !OF_PRODUCERS.includes(key) || key === 'enable.idempotence')
}

export function connectProblems(view: SettingsView): readonly SettingProblem[] {
  const client = clientView(view)
  const found = view.role === 'producer' ? producerProblems(client) : consumerProblems(client)
  return [...overrideProblems(view), ...found.map((problem) => ({ ...problem, effect: 'fails-later' as const }))]
}

/** Connectors may set their clients' options from 2.3 on; up to 2.8 only where the worker's policy allows it, which by default it does not. */
function overrideProblems(view: SettingsView): readonly SettingProblem[] {
  const overridden = OVERRIDABLE.filter((key) => view.declared(key)?.inheritedFrom?.includes('.override.'))
  const first = overridden[0]
  if (first === undefined || !before(view.version, '3.0.0')) return []
  if (before(view.version, '2.3.0')) {
    return problemAt(view, overridden, {
      effect: 'ignored',
      says: 'Connect lets connectors override client settings from 2.3 on (KIP-458)',
      fix: "set it in the worker's configuration, under `producer.` or `consumer.`",
      citation: 'KIP-458',
    })
  }
  const [problem] = problemAt(view, overridden, {
    effect: 'fails-later',
    says: "the REST interface refuses it unless the worker sets connector.client.config.override.policy: The 'None' policy does not allow it to be overridden",
    fix: 'set `connector.client.config.override.policy=All` on the worker',
    citation: 'kafka-connect 2.3.0, NoneConnectorClientConfigOverridePolicy; run 2.3.1 and 2.8.2',
  })
  // the worker's file may well set the policy
  return problem ? [{ ...problem, confidence: 'low' }] : []
}

const OVERRIDABLE = [
  ...OF_CONSUMERS,
  ...OF_PRODUCERS,
  'isolation.level',
  'transactional.id',
  'max.poll.records',
  'max.poll.interval.ms',
  'session.timeout.ms',
]

/** When a sink task's offsets are committed. */
export function connectCommits(view: SettingsView): CommitBehaviour {
  if (view.role === 'producer') return commitsNever('a producer commits no offsets by itself', SINK_TASK)
  const base = { what: 'position', onClose: true, onRevoke: true, citation: SINK_TASK } as const
  if (isGiven(view, 'enable.auto.commit') && !isEffectively(view, 'enable.auto.commit', false)) {
    return {
      ...base,
      when: 'on-poll',
      loses: 'yes',
      says: 'the consumer commits at the next poll() what the sink task was handed, whether it has written it out or still buffers it: a crash then skips the buffered records',
    }
  }
  const tolerant = isEffectively(view, 'errors.tolerance', 'all')
  return {
    ...base,
    when: 'after-handler',
    what: 'marked',
    loses: tolerant ? 'yes' : 'no',
    says: tolerant
      ? 'the worker commits what the task has flushed; with errors.tolerance=all records that fail conversion or a transformation are skipped and committed'
      : "every offset.flush.interval.ms (60 s) the worker commits what the task's preCommit() returns, by default all that it was handed, after flush(): a crash repeats records and skips none",
  }
}
