import type { WireRequest } from './request.ts'

export interface DescribeTransactionsInput {
  readonly ids: readonly string[]
}

export interface DescribeTransactionsAnswer {
  readonly transactions: readonly {
    /** Where it is not 0, the rest is empty or 0. */
    readonly error: number
    readonly id: string
    readonly state: string
    /** Milliseconds. */
    readonly timeout: number
    /** Milliseconds since the epoch; −1 where none is open. */
    readonly startedAt: number
    readonly producerId: number
    readonly producerEpoch: number
    readonly topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
  }[]
}

/** Transactional ids as their coordinator knows them: the broker looks them up as for InitProducerId, and writes nothing. */
export const describeTransactions: WireRequest<DescribeTransactionsInput, DescribeTransactionsAnswer> = {
  api: 'DescribeTransactions',
  min: 0,
  max: 0,
  flexibleFrom: 0,
  encode(writer, { ids }) {
    writer.array(ids, (id) => writer.string(id)).end()
  },
  decode(reader) {
    reader.int32()
    const transactions = reader.array(() => {
      const error = reader.int16()
      const id = reader.string()
      const state = reader.string()
      const timeout = reader.int32()
      const startedAt = reader.int64()
      const producerId = reader.int64()
      const producerEpoch = reader.int16()
      const topics = reader.array(() => {
        const one = { topic: reader.string(), partitions: reader.array(() => reader.int32()) }
        reader.end()
        return one
      })
      reader.end()
      return { error, id, state, timeout, startedAt, producerId, producerEpoch, topics }
    })
    reader.end()
    return { transactions }
  },
}
