import type { ClusterFacts, OpenTransaction, Partition, Topic, Transaction, TransactionDescription } from '../model/cluster.ts'
import { isOnline, topicNamed, topicSetting, whyNot } from './cluster.ts'
import type { Confidence } from './finding.ts'

/** The Java client's default transaction timeout: a transaction that lasts longer is no ordinary one. */
export const LONG = 60_000

/** What a coordinator may take to see that a transaction has timed out, and to write its end. */
const GRACE = 60_000

/** transaction.max.timeout.ms, the broker's default. */
const MAXIMUM = 900_000

/** One transaction that is open in a partition and holds its last stable offset back. */
export interface Held {
  readonly topic: Topic
  readonly partition: Partition
  readonly producerId: number
  /** Where it begins there; the last stable offset where the leader did not tell. */
  readonly startOffset: number
  /** What its coordinator keeps of the producer, where it shows it. */
  readonly transaction?: Transaction & { readonly known: TransactionDescription }
  readonly state: HeldState
}

/**
 * `ongoing`: its coordinator knows it and will end it at the latest when it times out; `overdue`: it should have; `deciding`: its outcome is
 * decided and not written everywhere for longer than that; `abandoned`: its coordinator has nothing of it that could end it; `unseen`: open
 * for long, and who coordinates it is not shown.
 */
export type HeldState =
  | { readonly kind: 'ongoing' | 'overdue' | 'deciding'; readonly since: number; readonly until: number }
  | { readonly kind: 'abandoned' | 'unseen'; readonly since: number; readonly confidence: Confidence }

/** Open transactions of the partitions whose last stable offset lies behind, but for the young; and the partitions that do not tell. */
export function heldBack(cluster: ClusterFacts, topics: readonly Topic[]): { held: readonly Held[]; untold: readonly Untold[] } {
  const producers = byProducer(cluster)
  const held: Held[] = []
  const untold: Untold[] = []
  for (const topic of topics)
    for (const partition of topic.partitions) {
      const { offsets } = partition
      if (offsets.state !== 'known' || offsets.value.lastStable >= offsets.value.highWatermark) continue
      const opened = openedIn(topic, partition, producers)
      if (opened.length === 0 && partition.open?.state !== 'known')
        untold.push({ topic, partition, reason: partition.open ? whyNot(partition.open) : 'its leader was not asked' })
      for (const one of opened) {
        const transaction = producers.get(one.producerId)
        const state = stateOf(one, topic, partition, transaction, cluster)
        if (state)
          held.push({
            topic,
            partition,
            producerId: one.producerId,
            startOffset: one.startOffset,
            ...(transaction ? { transaction } : {}),
            state,
          })
      }
    }
  return { held, untold }
}

/** A partition whose last stable offset lies behind, and nobody says for whom. */
export interface Untold {
  readonly topic: Topic
  readonly partition: Partition
  readonly reason: string
}

type Described = Transaction & { readonly known: TransactionDescription }

function byProducer({ transactions }: ClusterFacts): ReadonlyMap<number, Described> {
  return new Map(
    transactions.items.flatMap((one) =>
      one.description.state === 'known' && one.description.value
        ? [[one.description.value.producerId, { ...one, known: one.description.value }] as const]
        : [],
    ),
  )
}

/** What the leader tells, and where it does not, what the coordinators say is open there. */
function openedIn(
  topic: Topic,
  partition: Partition,
  producers: ReadonlyMap<number, Described>,
): readonly Pick<OpenTransaction, 'producerId' | 'startOffset' | 'lastTimestamp'>[] {
  if (partition.open?.state === 'known') return partition.open.value
  const stable = partition.offsets.state === 'known' ? partition.offsets.value.lastStable : -1
  return [...producers.values()]
    .filter(({ known }) => isUnfinished(known) && takesIn(known, topic, partition))
    .map(({ known }) => ({ producerId: known.producerId, startOffset: stable, lastTimestamp: known.startedAt }))
}

const isUnfinished = ({ state }: TransactionDescription) => state === 'Ongoing' || state.startsWith('Prepare')

const takesIn = ({ partitions }: TransactionDescription, topic: Topic, partition: Partition) =>
  partitions.some((one) => one.topic === topic.name && one.partitions.includes(partition.id))

function stateOf(
  open: Pick<OpenTransaction, 'lastTimestamp'>,
  topic: Topic,
  partition: Partition,
  transaction: Described | undefined,
  cluster: ClusterFacts,
): HeldState | undefined {
  const { takenAt } = cluster
  const dated = topicSetting(topic.configs, 'message.timestamp.type') === 'LogAppendTime'
  if (!transaction) {
    const age = takenAt - open.lastTimestamp
    if (age < LONG) return undefined
    // ids may be hidden, but no coordinator keeps a transaction open for longer than the greatest timeout; a producer may write records of
    // the past, so that it takes the broker's own timestamps to tell how long
    const isLost = tellsAll(cluster) || (dated && age > maximumTimeout(cluster) + GRACE)
    return { kind: isLost ? 'abandoned' : 'unseen', since: open.lastTimestamp, confidence: dated ? 'high' : 'medium' }
  }
  const { known } = transaction
  if (isUnfinished(known) && takesIn(known, topic, partition)) {
    const since = known.startedAt
    const until = since + known.timeout
    if (takenAt > until + GRACE) return { kind: known.state === 'Ongoing' ? 'overdue' : 'deciding', since, until }
    return known.state === 'Ongoing' && takenAt - since >= LONG ? { kind: 'ongoing', since, until } : undefined
  }
  // a producer that ends one transaction after another was asked about between two of them
  if (takenAt - known.startedAt < LONG || takenAt - open.lastTimestamp < LONG) return undefined
  return { kind: 'abandoned', since: open.lastTimestamp, confidence: dated ? 'high' : 'medium' }
}

/** Whether every coordinator has told every transaction that it keeps: one that is down or loading may keep more. */
function tellsAll(cluster: ClusterFacts): boolean {
  const { transactions, brokers } = cluster
  const state = topicNamed(cluster, '__transaction_state')
  return (
    transactions.complete &&
    transactions.items.every(({ description }) => description.state === 'known') &&
    brokers.every(
      ({ reach, loadingTransactions }) => reach.kind !== 'silent' && reach.kind !== 'other' && !loadingTransactions,
    ) &&
    (state === undefined || state.partitions.every(isOnline))
  )
}

/** The longest that any broker lets a transaction last. */
function maximumTimeout({ brokers }: ClusterFacts): number {
  const told = brokers.flatMap(({ configs }) => {
    const value = topicSetting(configs, 'transaction.max.timeout.ms')
    return value === undefined ? [] : [Number(value)]
  })
  return told.length > 0 ? Math.max(...told) : MAXIMUM
}

/** Who is seen to write a topic in transactions, in words: "transactional id `ledger`", "producer 7". */
export function writersOf(cluster: ClusterFacts, name: string): readonly string[] {
  const topic = topicNamed(cluster, name)
  const producers = byProducer(cluster)
  const coordinated = [...producers.values()].filter(({ known }) => known.partitions.some((one) => one.topic === name))
  const led = (topic?.partitions ?? []).flatMap(({ open }) =>
    open?.state === 'known' ? open.value.map(({ producerId }) => producerId) : [],
  )
  const ids = new Set([...coordinated.map(({ known }) => known.producerId), ...led])
  return [...ids].map((producer) => {
    const id = producers.get(producer)?.id
    return id === undefined ? `producer ${producer}` : `transactional id \`${id}\``
  })
}
