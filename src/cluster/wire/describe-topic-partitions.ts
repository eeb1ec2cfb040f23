import type { Reader } from './reader.ts'
import type { WireRequest } from './request.ts'

/** Where an answer begins, or the next one would. */
export interface PartitionCursor {
  readonly topic: string
  readonly partition: number
}

export interface DescribeTopicPartitionsInput {
  /** None for all. */
  readonly topics: readonly string[]
  /** The most partitions that the broker puts into one answer. */
  readonly limit: number
  /** Null for the start. */
  readonly cursor: PartitionCursor | null
}

export interface DescribedPartition {
  readonly error: number
  readonly id: number
  /** −1 for none. */
  readonly leader: number
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  /** Replicas outside the ISR that have every committed record (KIP-966). */
  readonly eligible: readonly number[]
  /** Those that had every committed record before they went down uncleanly. */
  readonly lastKnownEligible: readonly number[]
  readonly offline: readonly number[]
}

export interface DescribeTopicPartitionsAnswer {
  readonly topics: readonly {
    readonly error: number
    readonly name: string
    readonly internal: boolean
    readonly partitions: readonly DescribedPartition[]
    /** Bits by operation code. */
    readonly authorizedOperations: number
  }[]
  /** Null where nothing is left. */
  readonly next: PartitionCursor | null
}

/** Partitions with the replicas that may lead them, by parts. */
export const describeTopicPartitions: WireRequest<DescribeTopicPartitionsInput, DescribeTopicPartitionsAnswer> = {
  api: 'DescribeTopicPartitions',
  min: 0,
  max: 0,
  flexibleFrom: 0,
  encode(writer, { topics, limit, cursor }) {
    writer.array(topics, (name) => writer.string(name).end()).int32(limit)
    writer.nullable(cursor, ({ topic, partition }) => writer.string(topic).int32(partition).end())
    writer.end()
  },
  decode(reader) {
    reader.int32()
    const topics = reader.array(() => {
      const error = reader.int16()
      const name = reader.string()
      reader.uuid()
      const internal = reader.boolean()
      const partitions = reader.array(() => partition(reader))
      const authorizedOperations = reader.int32()
      reader.end()
      return { error, name, internal, partitions, authorizedOperations }
    })
    const next = reader.nullable(() => {
      const cursor = { topic: reader.string(), partition: reader.int32() }
      reader.end()
      return cursor
    })
    reader.end()
    return { topics, next }
  },
}

function partition(reader: Reader): DescribedPartition {
  const error = reader.int16()
  const id = reader.int32()
  const leader = reader.int32()
  const leaderEpoch = reader.int32()
  const replicas = reader.array(() => reader.int32())
  const isr = reader.array(() => reader.int32())
  const eligible = reader.array(() => reader.int32())
  const lastKnownEligible = reader.array(() => reader.int32())
  const offline = reader.array(() => reader.int32())
  reader.end()
  return { error, id, leader, leaderEpoch, replicas, isr, eligible, lastKnownEligible, offline }
}
