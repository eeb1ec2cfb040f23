import { expect, it } from 'vitest'
import { consumerGroupDescribe } from '../../../src/cluster/wire/consumer-group-describe.ts'
import { describeGroups } from '../../../src/cluster/wire/describe-groups.ts'
import { findCoordinator } from '../../../src/cluster/wire/find-coordinator.ts'
import { listGroups } from '../../../src/cluster/wire/list-groups.ts'
import { offsetFetch } from '../../../src/cluster/wire/offset-fetch.ts'
import { describeWire, encoded } from './frames.ts'

const NOT_ASKED = -(2 ** 31)
const GREAT = 2 ** 52 + 1

const nobody = { nodeId: -1, host: '', port: -1 }
const second = { nodeId: 2, host: 'two.example', port: 9092 }

describeWire(findCoordinator, {
  sends: {
    'of a group': { keyType: 0, keys: ['billing'] },
    'of a transactional id': { keyType: 1, keys: ['tx-1'] },
    'of two groups': { keyType: 0, keys: ['billing', 'audit'] },
  },
  answers: {
    found: (version) => ({
      coordinators:
        version >= 4
          ? [
              { key: 'billing', error: 0, message: 'NONE', ...second },
              { key: 'audit', error: 15, message: null, ...nobody },
            ]
          : [{ key: '', error: 0, message: version >= 1 ? 'NONE' : null, ...second }],
    }),
    'not available': (version) => ({
      coordinators: version >= 4 ? [] : [{ key: '', error: 15, message: null, ...nobody }],
    }),
  },
})

it.each([0, 2])('does not ask for the coordinators of %i keys before version 4', (count) => {
  const keys = ['billing', 'audit'].slice(0, count)
  expect(() => encoded(findCoordinator, { keyType: 0, keys }, 3)).toThrow('one item at a time')
})

describeWire(listGroups, {
  sends: { all: {} },
  answers: {
    two: (version) => {
      const more = (state: string, type: string) => ({ ...(version >= 4 ? { state } : {}), ...(version >= 5 ? { type } : {}) })
      return {
        error: 0,
        groups: [
          { id: 'billing', protocolType: 'consumer', ...more('Stable', 'classic') },
          { id: 'new', protocolType: 'consumer', ...more('Empty', 'consumer') },
        ],
      }
    },
    loading: { error: 14, groups: [] },
  },
})

describeWire(describeGroups, {
  sends: {
    two: { groups: ['billing', 'audit'], authorizedOperations: false },
    'what one may do': { groups: ['billing'], authorizedOperations: true },
  },
  answers: {
    'one of each kind': (version) => {
      const allowed = (bits: number) => (version >= 3 ? { authorizedOperations: bits } : {})
      return {
        groups: [
          {
            error: 0,
            id: 'billing',
            state: 'Stable',
            protocolType: 'consumer',
            protocol: 'range',
            members: [
              {
                memberId: 'm-1',
                instanceId: version >= 4 ? 'i-1' : null,
                clientId: 'app',
                clientHost: '/10.0.0.1',
                metadata: Buffer.from([0, 1, 2]),
                assignment: Buffer.from([3, 4, 5, 6]),
              },
              {
                memberId: 'm-2',
                instanceId: null,
                clientId: '',
                clientHost: '/::1',
                metadata: Buffer.alloc(0),
                assignment: Buffer.alloc(0),
              },
            ],
            ...allowed(328),
          },
          { error: 30, id: 'audit', state: '', protocolType: '', protocol: '', members: [], ...allowed(NOT_ASKED) },
        ],
      }
    },
  },
})

describeWire(consumerGroupDescribe, {
  sends: {
    two: { groups: ['new', 'newer'], authorizedOperations: false },
    'what one may do': { groups: ['new'], authorizedOperations: true },
  },
  answers: {
    'one known and one of the old protocol': {
      groups: [
        {
          error: 0,
          message: null,
          id: 'new',
          state: 'Reconciling',
          assignor: 'uniform',
          members: [
            {
              memberId: 'm-1',
              instanceId: 'i-1',
              clientId: 'app',
              clientHost: '/10.0.0.1',
              topics: ['audit', 'payments'],
              pattern: null,
              assigned: [{ topic: 'payments', partitions: [0, 2] }],
            },
            {
              memberId: 'm-2',
              instanceId: null,
              clientId: 'app',
              clientHost: '/10.0.0.2',
              topics: [],
              pattern: 'pay.*',
              assigned: [],
            },
          ],
          authorizedOperations: 328,
        },
        {
          error: 69,
          message: 'Group billing is not a consumer group.',
          id: 'billing',
          state: '',
          assignor: '',
          members: [],
          authorizedOperations: NOT_ASKED,
        },
      ],
    },
  },
})

const some = [{ name: 'payments', partitions: [0, 300] }]

describeWire(offsetFetch, {
  sends: {
    'some partitions': { groups: [{ id: 'billing', topics: some }], requireStable: false },
    all: { groups: [{ id: 'billing', topics: null }], requireStable: false },
    'stable ones': { groups: [{ id: 'billing', topics: null }], requireStable: true },
    'of two groups': {
      groups: [
        { id: 'billing', topics: null },
        { id: 'audit', topics: [] },
      ],
      requireStable: false,
    },
  },
  answers: {
    some: (version) => {
      const partitions = [
        { id: 0, offset: GREAT, leaderEpoch: version >= 5 ? 5 : -1, error: 0 },
        { id: 1, offset: -1, leaderEpoch: -1, error: 88 },
      ]
      const topics = [{ name: 'payments', partitions }]
      return {
        groups:
          version >= 8
            ? [
                { id: 'billing', error: 0, topics },
                { id: 'audit', error: 16, topics: [] },
              ]
            : [{ id: '', error: 0, topics }],
      }
    },
    refused: (version) => ({ groups: [{ id: version >= 8 ? 'billing' : '', error: 30, topics: [] }] }),
  },
})

it.each([0, 2])('does not ask for the offsets of %i groups before version 8', (count) => {
  const groups = ['billing', 'audit'].slice(0, count).map((id) => ({ id, topics: null }))
  expect(() => encoded(offsetFetch, { groups, requireStable: false }, 7)).toThrow('one item at a time')
})
