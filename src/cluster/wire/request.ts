import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

/** API keys of the requests that semcheck may send, all read-only; the numbers are those of Kafka's protocol guide. */
export const API = {
  ListOffsets: 2,
  Metadata: 3,
  OffsetFetch: 9,
  FindCoordinator: 10,
  DescribeGroups: 15,
  ListGroups: 16,
  SaslHandshake: 17,
  ApiVersions: 18,
  DescribeAcls: 29,
  DescribeConfigs: 32,
  SaslAuthenticate: 36,
  DescribeCluster: 60,
  DescribeProducers: 61,
  DescribeTransactions: 65,
  ListTransactions: 66,
  ConsumerGroupDescribe: 69,
  DescribeTopicPartitions: 75,
} as const

export type ApiName = keyof typeof API

/**
 * One request of the Kafka protocol in the versions that semcheck speaks. `encode` writes the body after the header, `decode` reads the body
 * after the header; both take the version in use. Errors of single items stay with their items: `decode` throws only where the bytes end early.
 */
export interface WireRequest<Input, Output> {
  readonly api: ApiName
  readonly min: number
  readonly max: number
  /** The first version with compact strings and tagged fields; above `max` where none of ours has them. */
  readonly flexibleFrom: number
  encode(writer: Writer, input: Input, version: number): void
  decode(reader: Reader, version: number): Output
}

/** The versions of each request that a broker speaks, by API key. */
export type BrokerVersions = ReadonlyMap<number, { readonly min: number; readonly max: number }>

/** The highest version that both sides speak, or undefined where there is none. */
export function commonVersion(
  request: { readonly api: ApiName; readonly min: number; readonly max: number },
  broker: BrokerVersions,
): number | undefined {
  const range = broker.get(API[request.api])
  if (!range) return undefined
  const version = Math.min(request.max, range.max)
  return version >= Math.max(request.min, range.min) ? version : undefined
}

/** The item of a request that takes one at a time in its version: to leave out the others would look as if they had no answer. */
export function only<T>(items: readonly T[]): T {
  if (items.length !== 1) throw new RangeError(`one item at a time in this version, not ${items.length}`)
  return items[0] as T
}
