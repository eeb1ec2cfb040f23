import type { Reader } from './reader.ts'
import type { WireRequest } from './request.ts'

export interface MetadataInput {
  /** Null for all topics. */
  readonly topics: readonly string[] | null
  /** Adds to each topic what the principal may do with it, from version 8 on. */
  readonly authorizedOperations: boolean
}

export interface MetadataBroker {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
}

export interface MetadataPartition {
  readonly error: number
  readonly id: number
  /** −1 for none. */
  readonly leader: number
  /** −1 before version 7. */
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly offline: readonly number[]
}

export interface MetadataTopic {
  readonly error: number
  readonly name: string
  readonly internal: boolean
  readonly partitions: readonly MetadataPartition[]
  /** Bits by operation code; the least 32-bit integer where it was not asked for. */
  readonly authorizedOperations?: number
}

export interface MetadataAnswer {
  readonly brokers: readonly MetadataBroker[]
  readonly clusterId: string | null
  readonly controllerId: number
  readonly topics: readonly MetadataTopic[]
}

const NO_TOPIC_ID = Buffer.alloc(16)

/** Brokers, topics, leaders and in-sync replicas. Never lets the broker create a topic (before version 4 ask for all, which creates none). */
export const metadata: WireRequest<MetadataInput, MetadataAnswer> = {
  api: 'Metadata',
  min: 1,
  max: 12,
  flexibleFrom: 9,
  encode(writer, { topics, authorizedOperations }, version) {
    writer.nullableArray(topics, (name) => {
      if (version >= 10) writer.raw(NO_TOPIC_ID).nullableString(name)
      else writer.string(name)
      writer.end()
    })
    if (version >= 4) writer.boolean(false)
    if (version >= 8 && version <= 10) writer.boolean(false)
    if (version >= 8) writer.boolean(authorizedOperations)
    writer.end()
  },
  decode(reader, version) {
    if (version >= 3) reader.int32()
    const brokers = reader.array(() => broker(reader))
    const clusterId = version >= 2 ? reader.nullableString() : null
    const controllerId = reader.int32()
    const topics = reader.array(() => topic(reader, version))
    if (version >= 8 && version <= 10) reader.int32()
    reader.end()
    return { brokers, clusterId, controllerId, topics }
  },
}

function broker(reader: Reader): MetadataBroker {
  const one = { id: reader.int32(), host: reader.string(), port: reader.int32(), rack: reader.nullableString() }
  reader.end()
  return one
}

function topic(reader: Reader, version: number): MetadataTopic {
  const error = reader.int16()
  const name = reader.string()
  if (version >= 10) reader.uuid()
  const internal = reader.boolean()
  const partitions = reader.array(() => partition(reader, version))
  const authorizedOperations = version >= 8 ? reader.int32() : undefined
  reader.end()
  return { error, name, internal, partitions, ...(authorizedOperations === undefined ? {} : { authorizedOperations }) }
}

function partition(reader: Reader, version: number): MetadataPartition {
  const error = reader.int16()
  const id = reader.int32()
  const leader = reader.int32()
  const leaderEpoch = version >= 7 ? reader.int32() : -1
  const replicas = reader.array(() => reader.int32())
  const isr = reader.array(() => reader.int32())
  const offline = version >= 5 ? reader.array(() => reader.int32()) : []
  reader.end()
  return { error, id, leader, leaderEpoch, replicas, isr, offline }
}
