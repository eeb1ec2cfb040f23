import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignedPartitions, subscribedTopics } from '../../../src/cluster/wire/subscription.ts'
import { type Frame, framesOf } from './frames.ts'

const SUBSCRIPTIONS: Readonly<Record<string, unknown>> = {
  'two topics': ['payments', 'zürich-€'],
  'no topic': [],
}
const ASSIGNMENTS: Readonly<Record<string, unknown>> = {
  'two topics': [
    { topic: 'payments', partitions: [0, 300] },
    { topic: 'audit', partitions: [] },
  ],
  nothing: [],
}

const compared = (frames: readonly Frame[]) => [...new Set(frames.map(({ version }) => version))]

describe('the consumer protocol', () => {
  const subscriptions = framesOf('ConsumerProtocolSubscription')
  const assignments = framesOf('ConsumerProtocolAssignment')

  it.each(subscriptions)('reads a subscription to $name in version $version', ({ name, bytes }) => {
    expect(subscribedTopics(bytes)).toStrictEqual(SUBSCRIPTIONS[name])
  })

  it.each(assignments)('reads an assignment of $name in version $version', ({ name, bytes }) => {
    expect(assignedPartitions(bytes)).toStrictEqual(ASSIGNMENTS[name])
  })

  it('is compared in every version', () => {
    for (const frames of [subscriptions, assignments]) expect(compared(frames)).toEqual([0, 1, 2, 3])
  })

  it('tells nothing of a member without bytes, and of what ends early', () => {
    const [{ bytes }] = subscriptions as readonly [Frame]
    for (const some of [Buffer.alloc(0), bytes.subarray(0, 1), bytes.subarray(0, 9)]) {
      expect(subscribedTopics(some)).toBeUndefined()
      expect(assignedPartitions(some)).toBeUndefined()
    }
  })

  it('tells nothing of what another protocol embeds', () => {
    const registry = Buffer.from('{"version":1,"host":"one.example","port":8081,"master_eligibility":true}')
    expect(subscribedTopics(registry)).toBeUndefined()
    expect(assignedPartitions(registry)).toBeUndefined()
  })

  it('throws on no bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        subscribedTopics(Buffer.from(bytes))
        assignedPartitions(Buffer.from(bytes))
      }),
    )
  })
})
