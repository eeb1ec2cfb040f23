import type { Asked, Listing, OpenTransaction, Topic, Transaction, TransactionDescription } from '../../model/cluster.ts'
import { describeProducers, type ProducerState } from '../wire/describe-producers.ts'
import { describeTransactions } from '../wire/describe-transactions.ts'
import { errorName } from '../wire/errors.ts'
import { listTransactions } from '../wire/list-transactions.ts'
import { absent, known, refusal } from './asked.ts'
import { findCoordinators, TRANSACTION_KEY } from './coordinators.ts'
import { askEach, askInParts, grouped, type Reached } from './reached.ts'
import { type Led, ledPartitions } from './topics.ts'

const IDS_AT_ONCE = 500
const PARTITIONS_AT_ONCE = 1000

const LOADING = 14
const NOT_FOUND = 105

export interface TransactionsSeen {
  readonly transactions: Listing<Transaction>
  readonly loading: ReadonlySet<number>
}

/**
 * Every transactional id that the principal may see, and those the project names, as their coordinators know them. `seesAll` where nothing is
 * kept from anybody.
 */
export async function seeTransactions(
  reached: Reached,
  named: readonly string[],
  findable: boolean,
  seesAll: boolean,
): Promise<TransactionsSeen> {
  const lists = await askEach(reached, reached.links.keys(), listTransactions, () => ({}))
  const loading = new Set(lists.filter(({ answer }) => answer.error === LOADING).map(({ broker }) => broker))
  const coordinators = new Map<string, Asked<number>>(
    lists.flatMap(({ broker, answer }) => answer.transactions.map(({ id }) => [id, known(broker)] as const)),
  )
  for (const [id, coordinator] of await findCoordinators(reached, TRANSACTION_KEY, named, findable))
    coordinators.set(id, coordinator)
  const descriptions = await describe(reached, coordinators)
  const items = [...coordinators]
    .map(
      ([id, coordinator]): Transaction => ({
        id,
        named: named.includes(id),
        coordinator,
        description:
          descriptions.get(id) ??
          (coordinator.state === 'known' ? absent(`broker ${coordinator.value} did not describe it`) : coordinator),
      }),
    )
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  return { transactions: listing(items, lists, reached, seesAll), loading }
}

function listing(
  items: readonly Transaction[],
  lists: readonly { readonly answer: { readonly error: number } }[],
  reached: Reached,
  seesAll: boolean,
): Listing<Transaction> {
  if (lists.length === 0) return { items, complete: false, reason: 'the brokers do not list transactions (Kafka before 3.0)' }
  const failed = lists.find(({ answer }) => answer.error !== 0)
  if (failed) return { items, complete: false, reason: `a broker answers ${errorName(failed.answer.error)}` }
  if (lists.length < reached.links.size) return { items, complete: false, reason: 'not every broker listed its transactions' }
  if (seesAll) return { items, complete: true }
  return { items, complete: false, reason: 'transactional ids that the principal may not describe are not shown' }
}

async function describe(
  reached: Reached,
  coordinators: ReadonlyMap<string, Asked<number>>,
): Promise<ReadonlyMap<string, Asked<TransactionDescription | null>>> {
  const findable = [...coordinators].flatMap(([id, at]) => (at.state === 'known' ? [{ id, broker: at.value }] : []))
  const found = new Map<string, Asked<TransactionDescription | null>>()
  await Promise.all(
    [...grouped(findable, ({ broker }) => broker)].map(async ([broker, ids]) => {
      const answers = await askInParts(reached, broker, describeTransactions, ids, IDS_AT_ONCE, (part) => ({
        ids: part.map(({ id }) => id),
      }))
      for (const { transactions } of answers)
        for (const { id, error, state, producerId, producerEpoch, startedAt, timeout, topics } of transactions) {
          if (error === NOT_FOUND) found.set(id, known(null))
          else if (error !== 0) found.set(id, refusal(error, `Describe on TransactionalId ${id}`))
          else found.set(id, known({ state, producerId, producerEpoch, startedAt, timeout, partitions: topics }))
        }
    }),
  )
  return found
}

/** Who holds the last stable offset back, in the partitions where it lies behind the end. */
export async function addOpenTransactions(topics: readonly Topic[], reached: Reached): Promise<readonly Topic[]> {
  const behind = new Set(
    topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ offsets }) => offsets.state === 'known' && offsets.value.lastStable < offsets.value.highWatermark)
        .map(({ id }) => `${name} ${id}`),
    ),
  )
  if (behind.size === 0) return topics
  const asked = ledPartitions(topics).filter(({ topic, partition }) => behind.has(`${topic} ${partition}`))
  const found = await openTransactions(asked, reached)
  return topics.map((topic) => ({
    ...topic,
    partitions: topic.partitions.map((partition) => {
      const key = `${topic.name} ${partition.id}`
      return behind.has(key)
        ? { ...partition, open: found.get(key) ?? absent('its leader does not describe producers') }
        : partition
    }),
  }))
}

async function openTransactions(
  asked: readonly Led[],
  reached: Reached,
): Promise<ReadonlyMap<string, Asked<readonly OpenTransaction[]>>> {
  const found = new Map<string, Asked<readonly OpenTransaction[]>>()
  await Promise.all(
    [...grouped(asked, ({ leader }) => leader)].map(async ([broker, at]) => {
      const answers = await askInParts(reached, broker, describeProducers, at, PARTITIONS_AT_ONCE, (part) => ({
        topics: [...grouped(part, ({ topic }) => topic)].map(([name, of]) => ({
          name,
          partitions: of.map(({ partition }) => partition),
        })),
      }))
      for (const { topics } of answers)
        for (const { name, partitions } of topics)
          for (const { id, error, message, producers } of partitions)
            found.set(`${name} ${id}`, error === 0 ? known(open(producers)) : refusal(error, `Read on Topic ${name}`, message))
    }),
  )
  return found
}

function open(producers: readonly ProducerState[]): readonly OpenTransaction[] {
  return producers
    .filter(({ transactionStart }) => transactionStart >= 0)
    .map(({ producerId, producerEpoch, lastTimestamp, coordinatorEpoch, transactionStart }) => ({
      producerId,
      producerEpoch,
      lastTimestamp,
      startOffset: transactionStart,
      coordinatorEpoch,
    }))
}
