import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apiVersions } from '../../../src/cluster/wire/api-versions.ts'
import { consumerGroupDescribe } from '../../../src/cluster/wire/consumer-group-describe.ts'
import { describeAcls } from '../../../src/cluster/wire/describe-acls.ts'
import { describeCluster } from '../../../src/cluster/wire/describe-cluster.ts'
import { describeConfigs } from '../../../src/cluster/wire/describe-configs.ts'
import { describeGroups } from '../../../src/cluster/wire/describe-groups.ts'
import { describeProducers } from '../../../src/cluster/wire/describe-producers.ts'
import { describeTopicPartitions } from '../../../src/cluster/wire/describe-topic-partitions.ts'
import { describeTransactions } from '../../../src/cluster/wire/describe-transactions.ts'
import { findCoordinator } from '../../../src/cluster/wire/find-coordinator.ts'
import { listGroups } from '../../../src/cluster/wire/list-groups.ts'
import { listOffsets } from '../../../src/cluster/wire/list-offsets.ts'
import { listTransactions } from '../../../src/cluster/wire/list-transactions.ts'
import { metadata } from '../../../src/cluster/wire/metadata.ts'
import { offsetFetch } from '../../../src/cluster/wire/offset-fetch.ts'
import { API, type WireRequest } from '../../../src/cluster/wire/request.ts'
import { decoded, framesOf } from './frames.ts'

const ALL: readonly WireRequest<never, unknown>[] = [
  apiVersions,
  consumerGroupDescribe,
  describeAcls,
  describeCluster,
  describeConfigs,
  describeGroups,
  describeProducers,
  describeTopicPartitions,
  describeTransactions,
  findCoordinator,
  listGroups,
  listOffsets,
  listTransactions,
  metadata,
  offsetFetch,
]

/** An answer that says no more than its error. */
const SHORT = 'too new for the broker'

it('is about every request but those of SASL, which kafkajs sends', () => {
  const sasl = ['SaslHandshake', 'SaslAuthenticate']
  expect(ALL.map(({ api }) => api).sort()).toEqual(
    Object.keys(API)
      .filter((api) => !sasl.includes(api))
      .sort(),
  )
})

describe.each(ALL.map((request) => ({ api: request.api, request })))('a broken answer to $api', ({ api, request }) => {
  const frames = framesOf(`${api}Response`).filter(({ name }) => name !== SHORT)

  /** What the bytes are read as; undefined for the one error that says that they cannot be. */
  const attempted = (bytes: Buffer, version: number): unknown => {
    try {
      return decoded(request, bytes, version)
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  }

  it('that ends early is always noticed', () => {
    for (const { version, bytes } of frames)
      for (let length = 0; length < bytes.length; length++)
        expect(() => decoded(request, bytes.subarray(0, length), version)).toThrow(RangeError)
  })

  it('with some other bytes is read or refused', () => {
    const changes = fc.array(fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.constantFrom(...frames), changes, ({ version, bytes }, some) => {
        const changed = Buffer.from(bytes)
        for (const { at, byte } of some) changed[at % changed.length] = byte
        attempted(changed, version)
      }),
    )
  })

  it('of any bytes is read or refused, and is not made larger than they are', () => {
    const versions = fc.integer({ min: request.min, max: request.max })
    fc.assert(
      fc.property(versions, fc.uint8Array({ maxLength: 2000 }), (version, bytes) => {
        const text = JSON.stringify(attempted(Buffer.from(bytes), version) ?? null)
        // the least structures take some bytes each and are named in JSON
        expect(text.length).toBeLessThan(1000 + 500 * bytes.length)
      }),
    )
  })
})
