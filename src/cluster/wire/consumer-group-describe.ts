import type { Reader } from './reader.ts'
import type { WireRequest } from './request.ts'

export interface ConsumerGroupDescribeInput {
  readonly groups: readonly string[]
  readonly authorizedOperations: boolean
}

export interface ConsumerGroupMember {
  readonly memberId: string
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly topics: readonly string[]
  /** A regular expression of topics; null or empty where there is none. */
  readonly pattern: string | null
  readonly assigned: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
}

export interface ConsumerGroupDescribeAnswer {
  readonly groups: readonly {
    readonly error: number
    readonly message: string | null
    readonly id: string
    readonly state: string
    readonly assignor: string
    readonly members: readonly ConsumerGroupMember[]
    readonly authorizedOperations: number
  }[]
}

/** Groups of the new protocol (KIP-848). */
export const consumerGroupDescribe: WireRequest<ConsumerGroupDescribeInput, ConsumerGroupDescribeAnswer> = {
  api: 'ConsumerGroupDescribe',
  min: 0,
  max: 1,
  flexibleFrom: 0,
  encode(writer, { groups, authorizedOperations }) {
    writer
      .array(groups, (group) => writer.string(group))
      .boolean(authorizedOperations)
      .end()
  },
  decode(reader, version) {
    reader.int32()
    const groups = reader.array(() => {
      const error = reader.int16()
      const message = reader.nullableString()
      const id = reader.string()
      const state = reader.string()
      reader.int32()
      reader.int32()
      const assignor = reader.string()
      const members = reader.array(() => member(reader, version))
      const authorizedOperations = reader.int32()
      reader.end()
      return { error, message, id, state, assignor, members, authorizedOperations }
    })
    reader.end()
    return { groups }
  },
}

function member(reader: Reader, version: number): ConsumerGroupMember {
  const memberId = reader.string()
  const instanceId = reader.nullableString()
  reader.nullableString()
  reader.int32()
  const clientId = reader.string()
  const clientHost = reader.string()
  const topics = reader.array(() => reader.string())
  const pattern = reader.nullableString()
  const assigned = assignment(reader)
  assignment(reader)
  if (version >= 1) reader.int8()
  reader.end()
  return { memberId, instanceId, clientId, clientHost, topics, pattern, assigned }
}

function assignment(reader: Reader): { topic: string; partitions: number[] }[] {
  const topics = reader.array(() => {
    reader.uuid()
    const topic = reader.string()
    const partitions = reader.array(() => reader.int32())
    reader.end()
    return { topic, partitions }
  })
  reader.end()
  return topics
}
