import type { WireRequest } from './request.ts'

export interface ListOffsetsInput {
  /** 0 up to the high watermark, 1 up to the last stable offset. */
  readonly isolation: 0 | 1
  readonly topics: readonly {
    readonly name: string
    /** `timestamp` in ms since the epoch, or −1 for the end, −2 for the start, −3 for the greatest time (from version 7 on). */
    readonly partitions: readonly { readonly id: number; readonly timestamp: number }[]
  }[]
}

export interface ListOffsetsAnswer {
  readonly topics: readonly {
    readonly name: string
    readonly partitions: readonly {
      readonly id: number
      readonly error: number
      /** Of the record found; −1 for the start and the end. */
      readonly timestamp: number
      /** The first offset at or after the time; −1 where there is none. */
      readonly offset: number
      /** −1 where it is not known, and before version 4. */
      readonly leaderEpoch: number
    }[]
  }[]
}

/** An ordinary client's replica id. */
const NO_REPLICA = -1

/** Offsets by time, of partitions that the broker leads. */
export const listOffsets: WireRequest<ListOffsetsInput, ListOffsetsAnswer> = {
  api: 'ListOffsets',
  min: 1,
  max: 7,
  flexibleFrom: 6,
  encode(writer, { isolation, topics }, version) {
    writer.int32(NO_REPLICA)
    if (version >= 2) writer.int8(isolation)
    writer.array(topics, ({ name, partitions }) => {
      writer.string(name)
      writer.array(partitions, ({ id, timestamp }) => {
        writer.int32(id)
        if (version >= 4) writer.int32(-1)
        writer.int64(timestamp).end()
      })
      writer.end()
    })
    writer.end()
  },
  decode(reader, version) {
    if (version >= 2) reader.int32()
    const topics = reader.array(() => {
      const name = reader.string()
      const partitions = reader.array(() => {
        const id = reader.int32()
        const error = reader.int16()
        const timestamp = reader.int64()
        const offset = reader.int64()
        const leaderEpoch = version >= 4 ? reader.int32() : -1
        reader.end()
        return { id, error, timestamp, offset, leaderEpoch }
      })
      reader.end()
      return { name, partitions }
    })
    reader.end()
    return { topics }
  },
}
