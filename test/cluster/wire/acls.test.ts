import { describeAcls } from '../../../src/cluster/wire/describe-acls.ts'
import { describeWire } from './frames.ts'

describeWire(describeAcls, {
  sends: { 'every one': {} },
  answers: {
    'two resources': {
      error: 0,
      message: null,
      resources: [
        {
          type: 2,
          name: 'pay',
          patternType: 4,
          acls: [
            { principal: 'User:app', host: '*', operation: 4, permission: 3 },
            { principal: 'User:CN=guest', host: '10.0.0.1', operation: 2, permission: 2 },
          ],
        },
        {
          type: 5,
          name: 'tx-1',
          patternType: 3,
          acls: [{ principal: 'User:app', host: '*', operation: 8, permission: 3 }],
        },
      ],
    },
    'no authorizer': { error: 54, message: 'No Authorizer is configured on the broker', resources: [] },
  },
})
