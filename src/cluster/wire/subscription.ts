import { Reader } from './reader.ts'

/** The topics of a consumer's subscription, as the consumer protocol embeds it in a group; undefined where it is something else. */
export function subscribedTopics(metadata: Buffer): readonly string[] | undefined {
  return attempt(metadata, (reader) => {
    reader.int16()
    return reader.array(() => reader.string())
  })
}

/** The partitions assigned to a member, from the same protocol. */
export function assignedPartitions(
  assignment: Buffer,
): readonly { readonly topic: string; readonly partitions: readonly number[] }[] | undefined {
  return attempt(assignment, (reader) => {
    reader.int16()
    return reader.array(() => ({ topic: reader.string(), partitions: reader.array(() => reader.int32()) }))
  })
}

/** Members of other protocols (Connect, registries) embed what they like. */
function attempt<T>(bytes: Buffer, read: (reader: Reader) => T): T | undefined {
  if (bytes.length === 0) return undefined
  try {
    return read(new Reader(bytes, false))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
