import { describeProducers } from '../../../src/cluster/wire/describe-producers.ts'
import { describeTransactions } from '../../../src/cluster/wire/describe-transactions.ts'
import { listTransactions } from '../../../src/cluster/wire/list-transactions.ts'
import { describeWire } from './frames.ts'

const GREAT = 2 ** 52 + 1

describeWire(listTransactions, {
  sends: { all: {} },
  answers: {
    two: {
      error: 0,
      transactions: [
        { id: 'tx-1', producerId: GREAT, state: 'Ongoing' },
        { id: 'tx-2', producerId: 0, state: 'CompleteCommit' },
      ],
    },
    loading: { error: 14, transactions: [] },
  },
})

describeWire(describeTransactions, {
  sends: { two: { ids: ['tx-1', 'tx-2'] } },
  answers: {
    'one open and one unknown': {
      transactions: [
        {
          error: 0,
          id: 'tx-1',
          state: 'Ongoing',
          timeout: 60_000,
          startedAt: 1_765_000_000_000,
          producerId: GREAT,
          producerEpoch: 12,
          topics: [
            { topic: 'payments', partitions: [0, 300] },
            { topic: '__consumer_offsets', partitions: [4] },
          ],
        },
        { error: 105, id: 'tx-2', state: '', timeout: 0, startedAt: -1, producerId: -1, producerEpoch: -1, topics: [] },
      ],
    },
  },
})

describeWire(describeProducers, {
  sends: {
    'of two topics': {
      topics: [
        { name: 'payments', partitions: [0, 300] },
        { name: 'audit', partitions: [] },
      ],
    },
  },
  answers: {
    'one known and one refused': {
      topics: [
        {
          name: 'payments',
          partitions: [
            {
              id: 0,
              error: 0,
              message: null,
              producers: [
                {
                  producerId: GREAT,
                  producerEpoch: 12,
                  lastTimestamp: 1_765_000_000_000,
                  coordinatorEpoch: 3,
                  transactionStart: 1000,
                },
                { producerId: 7, producerEpoch: 0, lastTimestamp: -1, coordinatorEpoch: -1, transactionStart: -1 },
              ],
            },
            { id: 1, error: 29, message: 'Topic authorization failed.', producers: [] },
          ],
        },
      ],
    },
  },
})
