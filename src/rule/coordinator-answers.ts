import type { Asked, ClusterFacts } from '../model/cluster.ts'
import { coordinatorPartition, isOnline, topicSetting } from './cluster.ts'
import { type Coordinated, idsKeptIn, internalTopic, placesOf, tellIds } from './coordinated.ts'
import { type Finding, type NotEvaluated, notEvaluated, type Subject } from './finding.ts'

const WAITING = 'COORDINATOR_LOAD_IN_PROGRESS'
const ELSEWHERE = 'NOT_COORDINATOR'
const UNAVAILABLE = 'COORDINATOR_NOT_AVAILABLE'
const TOLD = [WAITING, ELSEWHERE, UNAVAILABLE] as const
type Told = (typeof TOLD)[number]

interface Answer {
  readonly id: string
  readonly coordinator: Asked<number>
  readonly asked: Asked<unknown>
}

/** What the coordinators themselves answered about the ids that the project names. */
export function* coordinatorAnswers(cluster: ClusterFacts, coordinated: Coordinated): Generator<Finding | NotEvaluated> {
  const troubled = troubledPartitions(cluster, coordinated)
  const explained = new Set(idsKeptIn(cluster, coordinated, troubled) ?? [])
  const answers = answersOf(cluster, coordinated).filter(({ id }) => !explained.has(id))
  for (const error of TOLD) {
    const ids = answers.filter((answer) => errorOf(answer) === error).map(({ id }) => id)
    if (ids.length > 0) yield aboutAnswer(error, ids, coordinated)
  }
  for (const { id, coordinator, asked } of answers) {
    const denied = [coordinator, asked].find((one) => one.state === 'denied')
    const subject: Subject = { kind: coordinated.what === 'group' ? 'group' : 'transactional-id', id, name: id }
    const need = coordinated.what === 'group' ? 'cluster.groups' : 'cluster.transactions'
    if (denied?.state === 'denied') yield notEvaluated(subject, need, `its coordinator cannot be asked: needs ${denied.needs}`)
  }
  if (!answers.some((answer) => errorOf(answer) === WAITING)) yield* stillLoading(cluster, coordinated, troubled)
  yield* disagreement(
    cluster,
    coordinated,
    answers.filter((answer) => errorOf(answer) === undefined),
  )
}

/** Brokers that load partitions of the internal topic which may keep ids of the project. */
function* stillLoading(cluster: ClusterFacts, coordinated: Coordinated, troubled: ReadonlySet<number>): Generator<Finding> {
  const topic = internalTopic(cluster, coordinated)
  if (!topic) return
  const loading = cluster.brokers.filter((broker) =>
    coordinated.what === 'group' ? broker.loadingGroups : broker.loadingTransactions,
  )
  const answered = new Set(
    answersOf(cluster, coordinated)
      .filter(({ asked }) => asked.state === 'known')
      .map(({ id }) => id),
  )
  for (const broker of loading) {
    const led = topic.partitions.filter(({ leader, id }) => leader === broker.id && !troubled.has(id)).map(({ id }) => id)
    if (led.length === 0) continue
    const kept = idsKeptIn(cluster, coordinated, new Set(led))?.filter((id) => !answered.has(id))
    // where every id of the project is known, only those that are kept there and have not answered can be concerned
    if (coordinated.ids.size > 0 && (kept ?? []).length === 0) continue
    yield {
      kind: 'finding',
      subject: { kind: 'broker', id: String(broker.id), name: String(broker.id) },
      severity: 'warning',
      confidence: coordinated.confidence,
      message: `broker ${broker.id} is still loading partitions of \`${topic.name}\`: it may keep ${tellIds(coordinated, kept)} waiting`,
      why: `Until it has read them, it answers ${WAITING} to the clients that they keep, and these can only wait.`,
      fix: `Look again in a minute; if it stays, look at the size of \`${topic.name}\` on that broker and whether its log cleaner runs.`,
      location: null,
      related: placesOf(coordinated, kept),
      key: `loading ${topic.name}`,
    }
  }
}

function answersOf({ groups, transactions }: ClusterFacts, { what, ids }: Coordinated): readonly Answer[] {
  const of = (
    items: readonly { readonly id: string; readonly coordinator: Asked<number>; readonly description: Asked<unknown> }[],
  ) => items.filter(({ id }) => ids.has(id)).map(({ id, coordinator, description }) => ({ id, coordinator, asked: description }))
  return what === 'group' ? of(groups.items) : of(transactions.items)
}

function errorOf({ coordinator, asked }: Answer): Told | undefined {
  const error = [coordinator, asked].flatMap((one) => (one.state === 'absent' && one.error ? [one.error] : []))[0]
  return TOLD.find((told) => told === error)
}

/** Partitions whose own state, or that of their broker, already tells why their ids are not served. */
function troubledPartitions(cluster: ClusterFacts, coordinated: Coordinated): ReadonlySet<number> {
  const topic = internalTopic(cluster, coordinated)
  if (!topic) return new Set()
  const minimum = Number(topicSetting(topic.configs, 'min.insync.replicas') ?? 0)
  const silent = new Set(cluster.brokers.filter(({ reach }) => reach.kind === 'silent').map(({ id }) => id))
  const troubled = topic.partitions.filter((p) => !isOnline(p) || p.isr.length < minimum || silent.has(p.leader))
  return new Set(troubled.map(({ id }) => id))
}

function aboutAnswer(error: Told, ids: readonly string[], coordinated: Coordinated): Finding {
  const who = tellIds(coordinated, ids)
  const said = {
    [WAITING]: {
      severity: 'warning',
      message: `the coordinator of ${who} is still loading (${WAITING})`,
      why: `After an election or a restart the coordinator reads its partition of \`${coordinated.topic}\` before it answers; until then clients can only wait. It takes long where the log is not compacted.`,
      fix: `Look again in a minute; if it stays, look at the size of \`${coordinated.topic}\` on that broker and whether its log cleaner runs.`,
    },
    [ELSEWHERE]: {
      severity: 'error',
      message: `the broker that is named coordinator of ${who} says it is not (${ELSEWHERE})`,
      why: 'Either brokers disagree on the leader, as in the moment of an election, or the address leads to another broker than it names. Clients go round in circles.',
      fix: "Look again in a minute; if it stays, check that every broker's advertised address leads to that broker, and restart brokers whose metadata is stale.",
    },
    [UNAVAILABLE]: {
      severity: 'error',
      message: `no coordinator is available for ${who} (${UNAVAILABLE})`,
      why: `The partition of \`${coordinated.topic}\` that keeps it has no leader that can be reached through this listener, or its broker is shutting down.`,
      fix: 'Look again in a minute; if it stays, check the brokers that hold the partition and that each has the listener you connect through.',
    },
  } as const
  return {
    kind: 'finding',
    subject: { kind: 'topic', id: coordinated.topic, name: coordinated.topic },
    confidence: coordinated.confidence,
    location: null,
    related: placesOf(coordinated, ids),
    key: error,
    ...said[error],
  }
}

/** FindCoordinator names another broker than the leader of the partition that the id's hash gives: metadata that is not the same everywhere. */
function* disagreement(cluster: ClusterFacts, coordinated: Coordinated, answers: readonly Answer[]): Generator<Finding> {
  const topic = internalTopic(cluster, coordinated)
  if (cluster.service !== 'kafka' || !topic) return
  const count = topic.partitions.length
  const wrong = answers.filter(({ id, coordinator }) => {
    const leader = topic.partitions.find((p) => p.id === coordinatorPartition(id, count))?.leader ?? -1
    return coordinator.state === 'known' && leader >= 0 && coordinator.value !== leader
  })
  if (wrong.length === 0) return
  const ids = wrong.map(({ id }) => id)
  yield {
    kind: 'finding',
    subject: { kind: 'topic', id: topic.name, name: topic.name },
    severity: 'warning',
    confidence: 'medium',
    message: `the coordinator that is named for ${tellIds(coordinated, ids)} does not lead the partition of \`${topic.name}\` that keeps it`,
    why: 'Brokers disagree on who leads, as during an election, or partitions were added to the topic and not every broker was restarted since: clients meet NOT_COORDINATOR.',
    fix: 'Look again in a minute; if it stays, restart every broker once.',
    location: null,
    related: placesOf(coordinated, ids),
    key: 'disagreement',
  }
}
