import type { ClusterFacts, OpenTransaction } from '../src/model/cluster.ts'
import type { Facts } from '../src/model/facts.ts'
import type { Related } from '../src/model/location.ts'
import { isOnline, whyNot } from '../src/rule/cluster.ts'
import { type Concerned, concernedTopics } from '../src/rule/concerned-topics.ts'
import { coordinatedBy, placesOf } from '../src/rule/coordinated.ts'
import { leastConfidence } from '../src/rule/decide.ts'
import { type Finding, type NotEvaluated, notEvaluated, type Subject } from '../src/rule/finding.ts'
import { tellPartitions } from '../src/rule/group-claims.ts'
import { byKey } from '../src/rule/joins.ts'
import { tellMoment, tellSpan } from '../src/rule/moment.ts'
import { type Held, type HeldState, heldBack, type Untold } from '../src/rule/open-transactions.ts'
import { defineRule } from '../src/rule/rule.ts'
import { complete, offsets, stagedCluster, stagedTopic } from '../src/rule/staged.ts'
import { stagedConsumer } from '../src/rule/staged-project.ts'
import { topicSubject } from '../src/rule/topic-claims.ts'

const TAKEN_AT = stagedCluster().takenAt

/** An hour old, and known to no coordinator. */
const left: OpenTransaction = {
  producerId: 7,
  producerEpoch: 0,
  lastTimestamp: TAKEN_AT - 3_600_000,
  startOffset: 90,
  coordinatorEpoch: 0,
}

export default defineRule({
  id: 'hanging-transaction',
  summary: 'an open transaction keeps consumers from reading on',
  severities: ['error', 'warning'],
  needs: ['topics', 'cluster.offsets', 'cluster.groups', 'cluster.transactions'],
  why: 'Consumers that read committed records stop at the first record of the oldest open transaction, whoever wrote what comes after it. A producer that went away keeps them waiting until its transaction times out; a transaction that its coordinator has lost is never ended, and neither consumers nor the log cleaner get past it.',
  fix: 'End the transaction: let its producer start again with the same transactional id, or abort it by kafka-transactions.sh where no coordinator knows it any more.',
  ignoreWhen: 'transactions of that length are meant, and their consumers may wait.',
  references: [
    'KIP-664: tooling to find and abort hanging transactions',
    'KIP-890: transactions server-side defense',
    'https://kafka.apache.org/documentation/#brokerconfigs_transaction.max.timeout.ms',
  ],
  examples: {
    bad: stagedConsumer(),
    good: stagedConsumer(),
    cluster: {
      bad: {
        says: 'For an hour, `orders` has had a transaction open that no coordinator knows; `billing` stands before it.',
        cluster: stagedCluster({
          topics: complete([
            stagedTopic('orders', { partition: { offsets: offsets(0, 100, 90), open: { state: 'known', value: [left] } } }),
            stagedTopic('__consumer_offsets', { internal: true }),
          ]),
        }),
      },
      good: { says: 'No transaction is open.', cluster: stagedCluster() },
    },
  },
  *check(facts) {
    const { cluster } = facts
    if (!cluster) return
    const concerned = concernedTopics(facts, cluster)
    const { held, untold } = heldBack(
      cluster,
      concerned.map(({ topic }) => topic),
    )
    for (const of of byKey(held, ({ producerId }) => String(producerId)).values()) yield finding(of, concerned, facts, cluster)
    yield* undecided(concerned, untold)
  },
})

const GRAVITY: Readonly<Record<HeldState['kind'], number>> = { abandoned: 4, overdue: 3, deciding: 2, unseen: 1, ongoing: 0 }

/** One finding per producer, however many partitions it holds back. */
function finding(all: readonly Held[], concerned: readonly Concerned[], facts: Facts, cluster: ClusterFacts): Finding {
  const gravest = all.reduce((a, b) => (GRAVITY[b.state.kind] > GRAVITY[a.state.kind] ? b : a))
  const of = all.filter(({ state }) => state.kind === gravest.state.kind)
  const { transaction, producerId, state, topic } = gravest
  const topics = concerned.filter((one) => of.some((held) => held.topic === one.topic))
  const subject: Subject = transaction
    ? { kind: 'transactional-id', id: transaction.id, name: transaction.id }
    : topicSubject(topic.name)
  const who = transaction ? `\`${transaction.id}\`` : `producer ${producerId}`
  const where = [...byKey(of, (one) => one.topic.name)]
    .map(([name, held]) => `${tellPartitions(held.map((one) => one.partition.id))} of \`${name}\``)
    .join(' and ')
  const waiting = waitingGroups(of, cluster)
  const waits = waiting.length > 0 ? `, and ${tellGroups(waiting)} ${waiting.length > 1 ? 'wait' : 'waits'} there` : ''
  const sure = topics.map(({ confidence }) => confidence).find((one) => one === 'high') ?? 'medium'
  return {
    kind: 'finding',
    subject,
    severity: state.kind === 'unseen' || state.kind === 'ongoing' ? 'warning' : 'error',
    confidence: 'confidence' in state ? leastConfidence(sure, state.confidence) : sure,
    message: `${tellState(state, who, cluster.takenAt)}: it holds back ${where}${waits}`,
    ...advice(state, of),
    location: null,
    related: [...writers(facts, transaction?.id), ...topics.flatMap(({ places }) => places)],
    key: transaction ? 'open' : `open ${producerId}`,
  }
}

function tellState(state: HeldState, who: string, takenAt: number): string {
  const since = tellMoment(state.since)
  switch (state.kind) {
    case 'ongoing':
      return `a transaction of ${who} has been open for ${tellSpan(takenAt - state.since)}, since ${since}`
    case 'overdue':
      return `a transaction of ${who} is open since ${since}, though it timed out at ${tellMoment(state.until)}`
    case 'deciding':
      return `a transaction of ${who} that began at ${since} is decided, but its end is not written everywhere`
    case 'abandoned':
      return `a transaction of ${who} hangs since ${since}: no coordinator will end it`
    case 'unseen':
      return `a transaction of ${who} has been open since ${since} or longer, and whose it is, is not shown`
  }
}

function advice(state: HeldState, of: readonly Held[]): Pick<Finding, 'why' | 'fix'> {
  const stop = 'Consumers that read committed records stop at its first record'
  switch (state.kind) {
    case 'ongoing':
      return {
        why: `${stop} until it ends: at ${tellMoment(state.until)} at the latest, when it times out and is aborted.`,
        fix: 'Let the producer commit or abort; if it is gone, start it again with the same transactional id: its first call aborts what it left open. Nothing that its coordinator still counts as open may be aborted by hand.',
      }
    case 'overdue':
    case 'deciding': {
      const coordinator = of[0]?.transaction?.coordinator
      const broker = coordinator?.state === 'known' ? `broker ${coordinator.value}` : 'its coordinator'
      return {
        why: `${stop}, and its coordinator has not got to the end of it: most often a partition that it wrote to has no leader, or the coordinator itself is stuck.`,
        fix: `Bring every partition that it wrote to back online, and look into the log of ${broker}; a restart of that broker makes another one finish it.`,
      }
    }
    case 'abandoned':
      return {
        why: `${stop} for good: no timeout applies to what the coordinator does not count as open. Neither compaction nor any other transaction gets past it.`,
        fix: `Make sure that no producer is still writing it, then run ${of.slice(0, SHOWN).map(abort).join(', ')}${of.length > SHOWN ? `, and the same for ${of.length - SHOWN} more partitions` : ''}.`,
      }
    case 'unseen':
      return {
        why: `${stop} until it ends. Transactional ids that the principal of the audit may not describe are not shown, so that nobody can say when this one times out, or whether it does.`,
        fix: 'Grant Describe on TransactionalId * to the principal of the audit and look again: it then says whose it is and when it times out.',
      }
  }
}

const SHOWN = 3

const abort = ({ topic, partition, startOffset }: Held) =>
  `kafka-transactions.sh abort --topic ${topic.name} --partition ${partition.id} --start-offset ${startOffset}`

/** Groups whose committed offset is the last stable one: as far as a reader of committed records gets. */
function waitingGroups(of: readonly Held[], cluster: ClusterFacts): readonly string[] {
  return cluster.groups.items.flatMap(({ id, offsets: asked }) =>
    asked.state === 'known' &&
    asked.value.some(({ topic, partition, offset }) =>
      of.some(
        (held) =>
          held.topic.name === topic &&
          held.partition.id === partition &&
          held.partition.offsets.state === 'known' &&
          held.partition.offsets.value.lastStable === offset,
      ),
    )
      ? [id]
      : [],
  )
}

function tellGroups(ids: readonly string[]): string {
  const shown = ids.slice(0, SHOWN).map((id) => `\`${id}\``)
  const rest = ids.length - shown.length
  return `${ids.length > 1 ? 'groups' : 'group'} ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** The project's own producer with that id. */
function writers(facts: Facts, id: string | undefined): readonly Related[] {
  const ids = coordinatedBy(facts).find(({ what }) => what === 'transactional id')
  return ids && id !== undefined && ids.ids.has(id) ? placesOf(ids, [id]) : []
}

function* undecided(concerned: readonly Concerned[], untold: readonly Untold[]): Generator<NotEvaluated> {
  for (const { topic } of concerned) {
    const silent = topic.partitions.find((partition) => isOnline(partition) && partition.offsets.state !== 'known')
    if (silent)
      yield notEvaluated(
        topicSubject(topic.name),
        'cluster.offsets',
        `where read_committed consumers of \`${topic.name}\` stop is unknown: ${whyNot(silent.offsets)}`,
      )
    const of = untold.filter((one) => one.topic === topic)
    const [one] = of
    if (one)
      yield notEvaluated(
        topicSubject(topic.name),
        'cluster.transactions',
        `an open transaction holds back ${tellPartitions(of.map(({ partition }) => partition.id))} of \`${topic.name}\`, and whose it is cannot be told: ${one.reason}`,
      )
  }
}
