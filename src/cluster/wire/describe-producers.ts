import type { Reader } from './reader.ts'
import type { WireRequest } from './request.ts'

export interface DescribeProducersInput {
  readonly topics: readonly { readonly name: string; readonly partitions: readonly number[] }[]
}

export interface ProducerState {
  readonly producerId: number
  readonly producerEpoch: number
  /** Milliseconds since the epoch. */
  readonly lastTimestamp: number
  readonly coordinatorEpoch: number
  /** −1 where no transaction is open. */
  readonly transactionStart: number
}

export interface DescribeProducersAnswer {
  readonly topics: readonly {
    readonly name: string
    readonly partitions: readonly {
      readonly id: number
      readonly error: number
      readonly message: string | null
      readonly producers: readonly ProducerState[]
    }[]
  }[]
}

/** Idempotent and transactional producers that a partition's leader knows. Takes the right to read the topic. */
export const describeProducers: WireRequest<DescribeProducersInput, DescribeProducersAnswer> = {
  api: 'DescribeProducers',
  min: 0,
  max: 0,
  flexibleFrom: 0,
  encode(writer, { topics }) {
    writer.array(topics, ({ name, partitions }) => {
      writer
        .string(name)
        .array(partitions, (partition) => writer.int32(partition))
        .end()
    })
    writer.end()
  },
  decode(reader) {
    reader.int32()
    const topics = reader.array(() => {
      const name = reader.string()
      const partitions = reader.array(() => {
        const id = reader.int32()
        const error = reader.int16()
        const message = reader.nullableString()
        const producers = reader.array(() => producer(reader))
        reader.end()
        return { id, error, message, producers }
      })
      reader.end()
      return { name, partitions }
    })
    reader.end()
    return { topics }
  },
}

function producer(reader: Reader): ProducerState {
  const producerId = reader.int64()
  const producerEpoch = reader.int32()
  reader.int32()
  const lastTimestamp = reader.int64()
  const coordinatorEpoch = reader.int32()
  const transactionStart = reader.int64()
  reader.end()
  return { producerId, producerEpoch, lastTimestamp, coordinatorEpoch, transactionStart }
}
