import type { ClusterFacts, Partition, Topic } from '../model/cluster.ts'
import { brokerSetting, isOnline, replicatesByBrokers, topicNamed, topicSetting, whyNot } from './cluster.ts'
import { type Coordinated, idsKeptIn, internalTopic, placesOf, tellIds } from './coordinated.ts'
import { type Finding, type NotEvaluated, notEvaluated, type Subject } from './finding.ts'

type Said = Finding | NotEvaluated
type Statement = Pick<Finding, 'severity' | 'message' | 'why' | 'fix'>

/** What keeps, or may soon keep, the coordinators of one kind from answering: the state of their internal topic, gravest first. */
export function* internalTopicRisks(cluster: ClusterFacts, coordinated: Coordinated): Generator<Said> {
  const subject: Subject = { kind: 'topic', id: coordinated.topic, name: coordinated.topic }
  if (!replicatesByBrokers(cluster.service)) {
    yield notEvaluated(
      subject,
      'cluster.metadata',
      `not applicable: ${cluster.service} keeps ${coordinated.what}s in a way of its own`,
    )
    return
  }
  const topic = internalTopic(cluster, coordinated)
  if (!topic) {
    yield* whereMissing(cluster, coordinated, subject)
    return
  }
  const finding = (key: string, partitions: readonly Partition[], statement: Statement): Finding => {
    const ids = idsKeptIn(cluster, coordinated, new Set(partitions.map(({ id }) => id)))
    const related = placesOf(coordinated, ids)
    return { kind: 'finding', subject, confidence: coordinated.confidence, location: null, related, key, ...statement }
  }
  const least = topicSetting(topic.configs, 'min.insync.replicas')
  const minimum = least === undefined ? undefined : Number(least)
  if (minimum === undefined)
    yield notEvaluated(subject, 'cluster.configs', `its min.insync.replicas is unknown: ${whyNot(topic.configs)}`)
  const gravest = replicaState(cluster, coordinated, topic, minimum)
  if (gravest) yield finding(gravest.key, gravest.partitions, gravest.statement)
  yield* whereCountChanged(cluster, coordinated, topic, finding)
  yield* whereDeleted(coordinated, topic, finding)
}

function* whereMissing(cluster: ClusterFacts, coordinated: Coordinated, subject: Subject): Generator<Said> {
  const found = topicNamed(cluster, coordinated.topic)
  if (found || !cluster.topics.complete) {
    const reason = found?.error ?? cluster.topics.reason ?? 'it is not shown'
    yield notEvaluated(
      subject,
      'cluster.metadata',
      `${coordinated.topic} is not seen (needs Describe on Topic ${coordinated.topic}): ${reason}`,
    )
    return
  }
  const replicas = brokerSetting(cluster, coordinated.replicas)
  if (replicas.state !== 'known') {
    yield notEvaluated(
      subject,
      'cluster.configs',
      `${coordinated.topic} does not exist yet, and \`${coordinated.replicas}\` is unknown: ${whyNot(replicas)}`,
    )
    return
  }
  const brokers = cluster.brokers.length
  if (Number(replicas.value) <= brokers) return
  yield {
    kind: 'finding',
    subject,
    severity: 'error',
    confidence: coordinated.confidence,
    message: `\`${coordinated.topic}\` cannot be created: \`${coordinated.replicas}\` is ${replicas.value}, and there ${brokers === 1 ? 'is 1 broker' : `are ${brokers} brokers`}`,
    why: `The topic is made when the first ${coordinated.what} asks for its coordinator, and that fails every time: clients meet COORDINATOR_NOT_AVAILABLE for ever.`,
    fix: `Set \`${coordinated.replicas}=${brokers}\` on every broker and restart them, or start the brokers that are missing.`,
    location: null,
    related: placesOf(coordinated, undefined),
    key: 'missing',
  }
}

interface State {
  readonly key: string
  readonly partitions: readonly Partition[]
  readonly statement: Statement
}

/** The gravest thing that is true of the topic's replicas. */
function replicaState(
  cluster: ClusterFacts,
  coordinated: Coordinated,
  topic: Topic,
  minimum: number | undefined,
): State | undefined {
  const { partitions } = topic
  const name = `\`${topic.name}\``
  const kept = (of: readonly Partition[]) =>
    tellIds(coordinated, idsKeptIn(cluster, coordinated, new Set(of.map(({ id }) => id))))
  const offline = partitions.filter((partition) => !isOnline(partition))
  if (offline.length > 0)
    return { key: 'offline', partitions: offline, statement: offlineStatement(cluster, topic, offline, kept(offline)) }
  if (minimum !== undefined) {
    const impossible = partitions.filter(({ replicas }) => minimum > replicas.length)
    if (impossible.length > 0)
      return {
        key: 'impossible',
        partitions: impossible,
        statement: impossibleStatement(topic, coordinated, minimum, impossible, kept(impossible)),
      }
    const under = partitions.filter(({ isr }) => isr.length < minimum)
    if (under.length > 0)
      return {
        key: 'under-min-isr',
        partitions: under,
        statement: underStatement(name, minimum, under, kept(under), partitions.length),
      }
  }
  const single = partitions.filter(({ replicas }) => replicas.length === 1)
  if (single.length > 0)
    return { key: 'one-replica', partitions: single, statement: singleStatement(name, coordinated, single, kept(single)) }
  if (minimum === undefined) return undefined
  const noMargin = partitions.filter(({ isr }) => isr.length <= Math.max(1, minimum))
  if (noMargin.length === 0) return undefined
  return { key: 'no-margin', partitions: noMargin, statement: noMarginStatement(name, minimum, noMargin, kept(noMargin)) }
}

const some = (of: readonly Partition[], all: number) =>
  of.length === all ? `all ${all} partitions` : `${of.length} of ${all} partitions`

function offlineStatement(cluster: ClusterFacts, topic: Topic, offline: readonly Partition[], kept: string): Statement {
  const name = `\`${topic.name}\``
  const which = `${some(offline, topic.partitions.length)} of ${name}`
  if (offline.some(({ error }) => error === 'LISTENER_NOT_FOUND'))
    return {
      severity: 'error',
      message: `${which} have a leader that lacks the listener you connect through: there is no coordinator for ${kept}`,
      why: NO_LEADER,
      fix: 'Give every broker the same listeners, with an advertised address for each.',
    }
  const holders = [...new Set(offline.flatMap(({ replicas }) => replicas))].sort((a, b) => a - b)
  const silent = cluster.brokers.flatMap(({ id, reach }) =>
    reach.kind === 'silent' && holders.includes(id) ? [` Broker ${id} does not answer: ${reach.failure.reason}.`] : [],
  )
  return {
    severity: 'error',
    message: `${which} have no leader: there is no coordinator for ${kept}`,
    why: `${NO_LEADER}${silent.join('')}`,
    fix: `Start the brokers that hold its replicas: ${holders.join(', ')}.`,
  }
}

const NO_LEADER =
  'The coordinator is the leader of that partition. While there is none, every join, commit and transaction of these meets COORDINATOR_NOT_AVAILABLE.'

function impossibleStatement(
  { name }: Topic,
  { topic }: Coordinated,
  minimum: number,
  of: readonly Partition[],
  kept: string,
): Statement {
  const replicas = Math.min(...of.map((p) => p.replicas.length))
  const inherited = topic === '__consumer_offsets'
  return {
    severity: 'error',
    message: `\`${name}\` has ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}, and min.insync.replicas asks for ${minimum}: nothing can be written for ${kept}`,
    why: `${inherited ? 'The topic has no min.insync.replicas of its own and takes that of the brokers. ' : ''}The coordinator cannot write what it has to keep, and answers COORDINATOR_NOT_AVAILABLE for ever: ${inherited ? 'no offset can be committed' : 'no transaction can begin'}.`,
    fix: `Give it more replicas with kafka-reassign-partitions.sh, or set its own minimum: kafka-configs.sh --alter --entity-type topics --entity-name ${name} --add-config min.insync.replicas=${Math.max(1, replicas - 1)}.`,
  }
}

function underStatement(name: string, minimum: number, under: readonly Partition[], kept: string, all: number): Statement {
  const missing = [...new Set(under.flatMap(({ replicas, isr }) => replicas.filter((id) => !isr.includes(id))))].sort(
    (a, b) => a - b,
  )
  return {
    severity: 'error',
    message: `${some(under, all)} of ${name} have fewer in-sync replicas than min.insync.replicas=${minimum}: ${kept} cannot be served`,
    why: 'The coordinator cannot write what it has to keep. Clients see COORDINATOR_NOT_AVAILABLE, again and again, though every broker that is asked answers.',
    fix: `Bring back the replicas that are behind: broker ${missing.join(', ')}.`,
  }
}

function singleStatement(name: string, { what }: Coordinated, single: readonly Partition[], kept: string): Statement {
  const brokers = [...new Set(single.flatMap(({ replicas }) => replicas))].sort((a, b) => a - b)
  return {
    severity: 'warning',
    message: `${name} has one replica only: while broker ${brokers.join(' or ')} is down, there is no coordinator for ${kept}`,
    why: `Every restart of that broker is COORDINATOR_NOT_AVAILABLE for its clients, and with its disk go ${what === 'group' ? 'the committed offsets: the reset policy then decides, and messages are skipped or all read again' : 'the open transactions and the epochs that fence zombies'}.`,
    fix: `Give it three replicas with kafka-reassign-partitions.sh; the setting for new clusters changes nothing once the topic exists.`,
  }
}

function noMarginStatement(name: string, minimum: number, of: readonly Partition[], kept: string): Statement {
  const full = of.every(({ isr, replicas }) => isr.length === replicas.length)
  const count = Math.min(...of.map(({ isr }) => isr.length))
  return {
    severity: 'warning',
    message: `${name} has ${count} in-sync ${count === 1 ? 'replica' : 'replicas'} with min.insync.replicas=${minimum}: one broker less, and ${kept} cannot be served`,
    why: 'No broker can be restarted or lost: the coordinator then cannot write, and answers COORDINATOR_NOT_AVAILABLE until it is back.',
    fix: full
      ? 'Add a replica with kafka-reassign-partitions.sh, so that it has one more than it needs.'
      : `Bring back the replicas that are behind: broker ${[...new Set(of.flatMap(({ replicas, isr }) => replicas.filter((id) => !isr.includes(id))))].sort((a, b) => a - b).join(', ')}.`,
  }
}

function* whereCountChanged(
  cluster: ClusterFacts,
  coordinated: Coordinated,
  topic: Topic,
  finding: (key: string, partitions: readonly Partition[], statement: Statement) => Finding,
): Generator<Finding> {
  const configured = brokerSetting(cluster, coordinated.partitions)
  if (configured.state !== 'known' || Number(configured.value) === topic.partitions.length) return
  yield finding('partitions', [], {
    severity: 'warning',
    message: `\`${topic.name}\` has ${topic.partitions.length} partitions, and \`${coordinated.partitions}\` is ${configured.value}: it was changed after the topic was made`,
    why: `The partition that keeps a ${coordinated.what} is its hash modulo the count. If partitions were added, brokers that have not been restarted since look elsewhere than the others, and clients meet NOT_COORDINATOR.`,
    fix: `Set \`${coordinated.partitions}=${topic.partitions.length}\` on every broker; if partitions were added to the topic, restart every broker once.`,
  })
}

/** An internal topic is a table: what is deleted from it by age is forgotten though it still holds. */
function* whereDeleted(
  { what }: Coordinated,
  { name, configs, partitions }: Topic,
  finding: (key: string, partitions: readonly Partition[], statement: Statement) => Finding,
): Generator<Finding> {
  const policy = topicSetting(configs, 'cleanup.policy')
  if (policy === undefined || policy.split(',').every((one) => one.trim() !== 'delete')) return
  yield finding('cleanup', partitions, {
    severity: 'error',
    message: `\`${name}\` has cleanup.policy=${policy}: what it keeps is deleted by age`,
    why:
      what === 'group'
        ? 'The last commit of a partition that is older than the retention is gone once its coordinator moves or restarts: the reset policy then decides, and messages are skipped or all read again.'
        : 'The coordinator forgets epochs and open transactions that are older than the retention once it moves or restarts: zombies are no longer fenced, and transactions hang.',
    fix: `Run kafka-configs.sh --alter --entity-type topics --entity-name ${name} --add-config cleanup.policy=compact.`,
  })
}
