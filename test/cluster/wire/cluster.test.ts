import { expect, it } from 'vitest'
import { apiVersions } from '../../../src/cluster/wire/api-versions.ts'
import { describeCluster } from '../../../src/cluster/wire/describe-cluster.ts'
import { describeConfigs } from '../../../src/cluster/wire/describe-configs.ts'
import { decoded, describeWire, framesOf } from './frames.ts'

const TOO_NEW = 'too new for the broker'
const UNSUPPORTED = { error: 35, apis: [], features: [] }

describeWire(apiVersions, {
  sends: { 'of a client': { software: 'semcheck', version: '1.2.3' } },
  answers: {
    'without features': {
      error: 0,
      apis: [
        { key: 3, min: 0, max: 13 },
        { key: 18, min: 0, max: 5 },
      ],
      features: [],
    },
    'with features': {
      error: 0,
      apis: [
        { key: 3, min: 0, max: 13 },
        { key: 18, min: 0, max: 5 },
        { key: 66, min: 1, max: 2 },
      ],
      features: [
        { name: 'group.version', level: 1 },
        { name: 'transaction.version', level: 2 },
      ],
    },
    [TOO_NEW]: UNSUPPORTED,
  },
})

it.each([1, 2, 3])('reads an answer in version 0 to a question in version %i that is too new for the broker', (asked) => {
  const { bytes } = framesOf('ApiVersionsResponse').find(({ name }) => name === TOO_NEW)!
  expect(decoded(apiVersions, bytes, asked)).toStrictEqual(UNSUPPORTED)
})

describeWire(describeCluster, {
  sends: { brokers: { authorizedOperations: false }, 'what one may do': { authorizedOperations: true } },
  answers: {
    'two brokers': {
      error: 0,
      message: null,
      clusterId: 'Wq3TzzlmQ5mjBzHxJuWc0g',
      controllerId: 3,
      brokers: [
        { id: 1, host: 'one.example', port: 9092, rack: 'a' },
        { id: 2, host: 'two.example', port: 9093, rack: null },
      ],
      authorizedOperations: 3968,
    },
    'an error': {
      error: 31,
      message: 'Cluster authorization failed.',
      clusterId: '',
      controllerId: -1,
      brokers: [],
      authorizedOperations: -(2 ** 31),
    },
  },
})

describeWire(describeConfigs, {
  sends: {
    'of a topic, a broker and a group': {
      resources: [
        { type: 2, name: 'payments', keys: ['min.insync.replicas', 'retention.ms'] },
        { type: 4, name: '1', keys: null },
        { type: 32, name: 'billing', keys: [] },
      ],
    },
  },
  answers: {
    'one known and one refused': {
      results: [
        {
          error: 0,
          message: null,
          type: 4,
          name: '1',
          entries: [
            { name: 'min.insync.replicas', value: '2', readOnly: false, source: 2, sensitive: false },
            { name: 'ssl.keystore.password', value: null, readOnly: true, source: 4, sensitive: true },
          ],
        },
        {
          error: 42,
          message: 'Unexpected broker id, expected 1 or empty string, but received 2',
          type: 4,
          name: '2',
          entries: [],
        },
      ],
    },
  },
})
