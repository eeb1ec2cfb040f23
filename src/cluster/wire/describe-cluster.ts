import type { WireRequest } from './request.ts'

export interface DescribeClusterInput {
  /** Adds what the principal may do with the cluster. */
  readonly authorizedOperations: boolean
}

export interface DescribeClusterAnswer {
  readonly error: number
  readonly message: string | null
  readonly clusterId: string
  /** With KRaft any broker that is alive. */
  readonly controllerId: number
  readonly brokers: readonly {
    readonly id: number
    readonly host: string
    readonly port: number
    readonly rack: string | null
  }[]
  /** Bits by operation code; the least 32-bit integer where it was not asked for. */
  readonly authorizedOperations: number
}

/** Brokers, not controllers. */
const BROKERS = 1

/** The brokers that are alive, and what the principal may do with the cluster. */
export const describeCluster: WireRequest<DescribeClusterInput, DescribeClusterAnswer> = {
  api: 'DescribeCluster',
  min: 0,
  max: 1,
  flexibleFrom: 0,
  encode(writer, { authorizedOperations }, version) {
    writer.boolean(authorizedOperations)
    if (version >= 1) writer.int8(BROKERS)
    writer.end()
  },
  decode(reader, version) {
    reader.int32()
    const error = reader.int16()
    const message = reader.nullableString()
    if (version >= 1) reader.int8()
    const clusterId = reader.string()
    const controllerId = reader.int32()
    const brokers = reader.array(() => {
      const broker = { id: reader.int32(), host: reader.string(), port: reader.int32(), rack: reader.nullableString() }
      reader.end()
      return broker
    })
    const authorizedOperations = reader.int32()
    reader.end()
    return { error, message, clusterId, controllerId, brokers, authorizedOperations }
  },
}
