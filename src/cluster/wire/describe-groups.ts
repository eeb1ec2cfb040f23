import type { Reader } from './reader.ts'
import type { WireRequest } from './request.ts'

export interface DescribeGroupsInput {
  readonly groups: readonly string[]
  /** From version 3 on. */
  readonly authorizedOperations: boolean
}

export interface GroupMember {
  readonly memberId: string
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  /** By the group's protocol: for consumers their subscription. */
  readonly metadata: Buffer
  readonly assignment: Buffer
}

export interface DescribedGroup {
  readonly error: number
  readonly id: string
  readonly state: string
  readonly protocolType: string
  readonly protocol: string
  readonly members: readonly GroupMember[]
  readonly authorizedOperations?: number
}

export interface DescribeGroupsAnswer {
  readonly groups: readonly DescribedGroup[]
}

/** Classic groups. One of the new protocol (KIP-848) looks `Dead` here. */
export const describeGroups: WireRequest<DescribeGroupsInput, DescribeGroupsAnswer> = {
  api: 'DescribeGroups',
  min: 0,
  max: 5,
  flexibleFrom: 5,
  encode(writer, { groups, authorizedOperations }, version) {
    writer.array(groups, (group) => writer.string(group))
    if (version >= 3) writer.boolean(authorizedOperations)
    writer.end()
  },
  decode(reader, version) {
    if (version >= 1) reader.int32()
    const groups = reader.array(() => {
      const error = reader.int16()
      const id = reader.string()
      const state = reader.string()
      const protocolType = reader.string()
      const protocol = reader.string()
      const members = reader.array(() => member(reader, version))
      const allowed = version >= 3 ? { authorizedOperations: reader.int32() } : {}
      reader.end()
      return { error, id, state, protocolType, protocol, members, ...allowed }
    })
    reader.end()
    return { groups }
  },
}

function member(reader: Reader, version: number): GroupMember {
  const memberId = reader.string()
  const instanceId = version >= 4 ? reader.nullableString() : null
  const clientId = reader.string()
  const clientHost = reader.string()
  const metadata = reader.bytes()
  const assignment = reader.bytes()
  reader.end()
  return { memberId, instanceId, clientId, clientHost, metadata, assignment }
}
