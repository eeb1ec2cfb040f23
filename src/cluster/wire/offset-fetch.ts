import type { Reader } from './reader.ts'
import { only, type WireRequest } from './request.ts'
import type { Writer } from './writer.ts'

export interface OffsetFetchInput {
  /** One group before version 8. Topics null for all, from version 2 on. */
  readonly groups: readonly {
    readonly id: string
    readonly topics: readonly { readonly name: string; readonly partitions: readonly number[] }[] | null
  }[]
  /** Answers UNSTABLE_OFFSET_COMMIT where a transaction with offsets is open, from version 7 on. */
  readonly requireStable: boolean
}

export interface FetchedOffset {
  readonly id: number
  /** −1 where nothing is committed. */
  readonly offset: number
  /** Of the last record read; −1 where it is not known, and before version 5. */
  readonly leaderEpoch: number
  readonly error: number
}

export interface FetchedGroup {
  /** Empty before version 8, where the answer does not name it. */
  readonly id: string
  readonly error: number
  readonly topics: readonly { readonly name: string; readonly partitions: readonly FetchedOffset[] }[]
}

export interface OffsetFetchAnswer {
  readonly groups: readonly FetchedGroup[]
}

/** The offsets that groups have committed; offsets of open transactions do not count. */
export const offsetFetch: WireRequest<OffsetFetchInput, OffsetFetchAnswer> = {
  api: 'OffsetFetch',
  min: 1,
  max: 8,
  flexibleFrom: 6,
  encode(writer, { groups, requireStable }, version) {
    if (version >= 8) {
      writer.array(groups, (group) => {
        writer.string(group.id)
        writeTopics(writer, group.topics)
        writer.end()
      })
    } else {
      const group = only(groups)
      writer.string(group.id)
      writeTopics(writer, group.topics)
    }
    if (version >= 7) writer.boolean(requireStable)
    writer.end()
  },
  decode(reader, version) {
    if (version >= 3) reader.int32()
    if (version >= 8) {
      const groups = reader.array(() => {
        const id = reader.string()
        const topics = readTopics(reader, version)
        const error = reader.int16()
        reader.end()
        return { id, error, topics }
      })
      reader.end()
      return { groups }
    }
    const topics = readTopics(reader, version)
    const error = version >= 2 ? reader.int16() : 0
    reader.end()
    return { groups: [{ id: '', error, topics }] }
  },
}

function writeTopics(writer: Writer, topics: OffsetFetchInput['groups'][number]['topics']): void {
  writer.nullableArray(topics, ({ name, partitions }) => {
    writer
      .string(name)
      .array(partitions, (partition) => writer.int32(partition))
      .end()
  })
}

function readTopics(reader: Reader, version: number): FetchedGroup['topics'] {
  return reader.array(() => {
    const name = reader.string()
    const partitions = reader.array(() => {
      const id = reader.int32()
      const offset = reader.int64()
      const leaderEpoch = version >= 5 ? reader.int32() : -1
      reader.nullableString()
      const error = reader.int16()
      reader.end()
      return { id, offset, leaderEpoch, error }
    })
    reader.end()
    return { name, partitions }
  })
}
