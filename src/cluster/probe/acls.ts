import type { AclEntry, Asked } from '../../model/cluster.ts'
import { describeAcls } from '../wire/describe-acls.ts'
import { absent, known, refusal } from './asked.ts'
import { operationName } from './operations.ts'
import { ask, type Reached } from './reached.ts'

const RESOURCES: Readonly<Record<number, AclEntry['resource']>> = { 2: 'topic', 3: 'group', 4: 'cluster', 5: 'transactional-id' }
const PREFIXED = 4
const ALLOW = 3

/** Every ACL of the cluster, which only a principal with Describe on Cluster may read. */
export async function seeAcls(reached: Reached, broker: number): Promise<Asked<readonly AclEntry[]>> {
  const answer = await ask(reached, broker, describeAcls, {})
  if (!answer) return absent('the broker does not describe ACLs')
  if (answer.error !== 0) return refusal(answer.error, 'Describe on Cluster', answer.message)
  return known(
    answer.resources.flatMap(({ type, name, patternType, acls }) =>
      acls.map(
        ({ principal, host, operation, permission }): AclEntry => ({
          resource: RESOURCES[type] ?? 'other',
          name,
          pattern: patternType === PREFIXED ? 'prefixed' : 'literal',
          principal,
          host,
          operation: operationName(operation),
          permission: permission === ALLOW ? 'allow' : 'deny',
        }),
      ),
    ),
  )
}
