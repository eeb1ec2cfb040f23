import { describeTopicPartitions } from '../../../src/cluster/wire/describe-topic-partitions.ts'
import { listOffsets } from '../../../src/cluster/wire/list-offsets.ts'
import { metadata } from '../../../src/cluster/wire/metadata.ts'
import { describeWire } from './frames.ts'

const NOT_ASKED = -(2 ** 31)
const GREAT = 2 ** 52 + 1

describeWire(metadata, {
  sends: {
    'all topics': { topics: null, authorizedOperations: false },
    'no topic': { topics: [], authorizedOperations: false },
    'two topics': { topics: ['payments', 'zürich-€'], authorizedOperations: false },
    'what one may do': { topics: ['payments'], authorizedOperations: true },
  },
  answers: {
    'a sick cluster': (version) => {
      const epoch = (known: number) => (version >= 7 ? known : -1)
      const offline = (known: readonly number[]) => (version >= 5 ? known : [])
      const allowed = (bits: number) => (version >= 8 ? { authorizedOperations: bits } : {})
      return {
        brokers: [
          { id: 1, host: 'one.example', port: 9092, rack: null },
          { id: 2, host: 'two.example', port: 19092, rack: 'eu-west-1a' },
        ],
        clusterId: version >= 2 ? 'Wq3TzzlmQ5mjBzHxJuWc0g' : null,
        controllerId: 2,
        topics: [
          {
            error: 0,
            name: 'payments',
            internal: false,
            partitions: [
              { error: 0, id: 0, leader: 1, leaderEpoch: epoch(5), replicas: [1, 2, 3], isr: [1, 2], offline: offline([3]) },
              { error: 5, id: 1, leader: -1, leaderEpoch: epoch(6), replicas: [3], isr: [3], offline: offline([3]) },
            ],
            ...allowed(3400),
          },
          {
            error: 0,
            name: '__consumer_offsets',
            internal: true,
            partitions: [{ error: 9, id: 0, leader: 2, leaderEpoch: epoch(0), replicas: [2], isr: [2], offline: [] }],
            ...allowed(NOT_ASKED),
          },
          { error: 29, name: 'secret', internal: false, partitions: [], ...allowed(NOT_ASKED) },
        ],
      }
    },
    nothing: { brokers: [], clusterId: null, controllerId: -1, topics: [] },
    'a topic without a name': {
      brokers: [],
      clusterId: null,
      controllerId: -1,
      topics: [{ error: 100, name: '', internal: false, partitions: [], authorizedOperations: NOT_ASKED }],
    },
  },
})

describeWire(describeTopicPartitions, {
  sends: {
    'from the start': { topics: ['audit', 'payments'], limit: 2000, cursor: null },
    'from a partition': { topics: [], limit: 5, cursor: { topic: 'payments', partition: 300 } },
  },
  answers: {
    'the first part': {
      topics: [
        {
          error: 0,
          name: 'payments',
          internal: false,
          partitions: [
            {
              error: 0,
              id: 0,
              leader: 1,
              leaderEpoch: 5,
              replicas: [1, 2, 3],
              isr: [1],
              eligible: [2],
              lastKnownEligible: [3],
              offline: [2, 3],
            },
            {
              error: 0,
              id: 1,
              leader: 2,
              leaderEpoch: 8,
              replicas: [2],
              isr: [2],
              eligible: [],
              lastKnownEligible: [],
              offline: [],
            },
          ],
          authorizedOperations: 264,
        },
        { error: 3, name: 'absent', internal: false, partitions: [], authorizedOperations: NOT_ASKED },
      ],
      next: { topic: 'payments', partition: 2 },
    },
    'the last part': { topics: [], next: null },
  },
})

const asking = (isolation: 0 | 1, timestamp: number) => ({
  isolation,
  topics: [{ name: 'payments', partitions: [{ id: 0, timestamp }] }],
})

describeWire(listOffsets, {
  sends: {
    'the end and the start': {
      isolation: 0,
      topics: [
        {
          name: 'payments',
          partitions: [
            { id: 0, timestamp: -1 },
            { id: 300, timestamp: -2 },
          ],
        },
        { name: 'audit', partitions: [{ id: 1, timestamp: 1_765_000_000_000 }] },
      ],
    },
    'the last stable offset': asking(1, -1),
    'the greatest time': asking(0, -3),
  },
  answers: {
    some: (version) => ({
      topics: [
        {
          name: 'payments',
          partitions: [
            { id: 0, error: 0, timestamp: 1_765_000_000_000, offset: GREAT, leaderEpoch: version >= 4 ? 5 : -1 },
            { id: 1, error: 6, timestamp: -1, offset: -1, leaderEpoch: -1 },
          ],
        },
        { name: 'audit', partitions: [] },
      ],
    }),
  },
})
