import { type Admin, type Consumer, Kafka, type KafkaConfig, Partitioners, type Producer, type Transaction } from 'kafkajs'

/** How to get in: `host:port` of brokers without security, or what `Cluster.kafkaJs` gives. */
export type Target = readonly string[] | KafkaConfig

export function kafkaOf(target: Target, clientId?: string): Kafka {
  const config = 'brokers' in target ? target : { brokers: [...target], logLevel: 0 }
  return new Kafka({ ...config, ...(clientId && { clientId }) })
}

export async function withAdmin<T>(target: Target, use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaOf(target).admin()
  await admin.connect()
  try {
    return await use(admin)
  } finally {
    await admin.disconnect()
  }
}

export interface TopicOptions {
  readonly partitions?: number
  readonly copies?: number
  /** Which brokers hold each partition; the first of them leads it. Instead of `partitions` and `copies`. */
  readonly replicas?: readonly (readonly number[])[]
  readonly config?: Readonly<Record<string, string>>
}

export async function createTopic(target: Target, topic: string, options: TopicOptions = {}): Promise<void> {
  const { partitions = 1, copies = 1, replicas, config = {} } = options
  const placed = replicas
    ? { replicaAssignment: replicas.map((ids, partition) => ({ partition, replicas: [...ids] })) }
    : { numPartitions: partitions, replicationFactor: copies }
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }))
  await withAdmin(target, async (admin) => {
    await admin.createTopics({ topics: [{ topic, ...placed, configEntries }], waitForLeaders: false })
    await untilLed(admin, topic)
  })
}

/** kafkajs' own waiting gives up on a broker that has not heard of the topic yet. */
async function untilLed(admin: Admin, topic: string): Promise<void> {
  let reason: unknown = new Error(`${topic} has partitions without a leader`)
  for (let tries = 0; tries < 50; tries++) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
      if (topics[0]?.partitions.every(({ leader }) => leader >= 0)) return
    } catch (error) {
      reason = error
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw reason
}

const messages = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `${i}`, value: `message ${i}` }))

export async function produce(target: Target, topic: string, count: number): Promise<void> {
  const producer = kafkaOf(target).producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  try {
    await producer.send({ topic, acks: -1, messages: messages(count) })
  } finally {
    await producer.disconnect()
  }
}

/** Offsets of a group that has no members, by partition. */
export async function commitOffsets(
  target: Target,
  groupId: string,
  topic: string,
  offsets: Readonly<Record<number, number | string>>,
): Promise<void> {
  const partitions = Object.entries(offsets).map(([partition, offset]) => ({ partition: Number(partition), offset: `${offset}` }))
  await withAdmin(target, (admin) => admin.setOffsets({ groupId, topic, partitions }))
}

export interface OpenTransaction {
  readonly transaction: Transaction
  commit(): Promise<void>
  abort(): Promise<void>
  /** The producer goes, and leaves the transaction to its timeout. */
  abandon(): Promise<void>
}

export interface TransactionOptions {
  readonly topic: string
  readonly transactionalId: string
  readonly count?: number
  readonly timeoutMs?: number
}

/** A transaction that has written and is not ended: the last stable offset stays before it. */
export async function openTransaction(
  target: Target,
  { topic, transactionalId, count = 1, timeoutMs = 600_000 }: TransactionOptions,
): Promise<OpenTransaction> {
  const producer = kafkaOf(target).producer({
    transactionalId,
    transactionTimeout: timeoutMs,
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  try {
    const transaction = await producer.transaction()
    await transaction.send({ topic, messages: messages(count) })
    return {
      transaction,
      commit: () => then(producer, () => transaction.commit()),
      abort: () => then(producer, () => transaction.abort()),
      abandon: () => producer.disconnect(),
    }
  } catch (error) {
    await producer.disconnect()
    throw error
  }
}

async function then(producer: Producer, end: () => Promise<void>): Promise<void> {
  try {
    await end()
  } finally {
    await producer.disconnect()
  }
}

export interface RunningConsumer {
  readonly consumer: Consumer
  /** How many messages it was given. */
  readonly count: number
  stop(): Promise<void>
}

export interface ConsumerOptions {
  readonly clientId?: string
  readonly autoCommit?: boolean
  readonly fromBeginning?: boolean
  readonly readUncommitted?: boolean
}

/** A member of a classic group that is in it when this resolves, and reads until it is stopped. */
export async function runConsumer(
  target: Target,
  groupId: string,
  topics: readonly string[],
  { clientId = 'test-consumer', autoCommit = true, fromBeginning = true, readUncommitted = false }: ConsumerOptions = {},
): Promise<RunningConsumer> {
  const consumer = kafkaOf(target, clientId).consumer({
    groupId,
    readUncommitted,
    sessionTimeout: 10_000,
    heartbeatInterval: 1000,
    allowAutoTopicCreation: false,
    // how long stopping waits for the last fetch
    maxWaitTimeInMs: 200,
  })
  let count = 0
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [...topics], fromBeginning })
    const joined = new Promise<void>((resolve, reject) => {
      consumer.on('consumer.group_join', () => resolve())
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error))
    })
    await consumer.run({
      autoCommit,
      eachMessage: async () => {
        count++
      },
    })
    await joined
  } catch (error) {
    await consumer.disconnect()
    throw error
  }
  return {
    consumer,
    get count() {
      return count
    },
    stop: () => consumer.disconnect(),
  }
}
