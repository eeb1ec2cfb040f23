import type { AclEntry, ClusterFacts } from '../model/cluster.ts'
import { answerOf, groupNamed, topicNamed } from './cluster.ts'

/** Something that a client does, as the brokers ask it of its principal. */
export interface Right {
  readonly resource: 'topic' | 'group' | 'transactional-id' | 'cluster'
  readonly name: string
  readonly operation: 'Read' | 'Write' | 'IdempotentWrite' | 'Describe'
}

/**
 * `missing`: nothing allows it; `refused`: an ACL denies it; `undecided`: no ACL is about the resource, and what brokers do then is not told.
 */
export type Verdict = { readonly kind: 'allowed' | 'missing' | 'undecided' } | { readonly kind: 'refused'; readonly by: AclEntry }

const ALLOWED: Verdict = { kind: 'allowed' }
const MISSING: Verdict = { kind: 'missing' }

/** What the brokers themselves say of the principal who asked; undefined where they do not tell. */
export function toldRight(cluster: ClusterFacts, { resource, name, operation }: Right): Verdict | undefined {
  const among = (allowed: readonly string[]) => (allowed.includes(operation) ? ALLOWED : MISSING)
  if (resource === 'topic') {
    const topic = topicNamed(cluster, name)
    if (topic?.error === 'TOPIC_AUTHORIZATION_FAILED') return MISSING
    return topic?.allowed && among(topic.allowed)
  }
  if (resource === 'group') {
    const group = groupNamed(cluster, name)
    if (group?.allowed) return among(group.allowed)
    // who may read may describe
    return group?.description.state === 'denied' || group?.coordinator.state === 'denied' ? MISSING : undefined
  }
  const transaction = resource === 'cluster' ? undefined : cluster.transactions.items.find(({ id }) => id === name)
  return transaction?.description.state === 'denied' || transaction?.coordinator.state === 'denied' ? MISSING : undefined
}

/** What the ACLs say, by the rules of Kafka's own authorizer: one that denies wins over all that allow. */
export function rightByAcls(cluster: ClusterFacts, acls: readonly AclEntry[], principal: string, right: Right): Verdict {
  if (superUsers(cluster).includes(principal) || showsToBeSuper(cluster, acls, principal)) return ALLOWED
  return judge(cluster, acls, principal, right)
}

/** Who was shown the ACLs, and by them may not see them, is a super user. */
function showsToBeSuper(cluster: ClusterFacts, acls: readonly AclEntry[], principal: string): boolean {
  const sight = { resource: 'cluster', name: 'kafka-cluster', operation: 'Describe' } as const
  return principal === cluster.principal && judge(cluster, acls, principal, sight).kind === 'missing'
}

function judge(cluster: ClusterFacts, acls: readonly AclEntry[], principal: string, right: Right): Verdict {
  const about = acls.filter((acl) => isAbout(acl, right))
  if (about.length === 0) return opensToAll(cluster) ? { kind: 'undecided' } : MISSING
  const mine = about.filter((acl) => acl.principal === principal || acl.principal === 'User:*')
  // what is denied for one host only may not be denied here
  const by = mine.find((acl) => acl.permission === 'deny' && acl.host === '*' && denies(acl, right))
  if (by) return { kind: 'refused', by }
  return mine.some((acl) => acl.permission === 'allow' && IMPLIED[right.operation].includes(acl.operation)) ? ALLOWED : MISSING
}

const IMPLIED: Readonly<Record<Right['operation'], readonly string[]>> = {
  Read: ['Read', 'All'],
  Write: ['Write', 'All'],
  IdempotentWrite: ['IdempotentWrite', 'All'],
  Describe: ['Describe', 'Read', 'Write', 'Delete', 'Alter', 'All'],
}

/** Nobody reads or writes what he may not describe. */
function denies({ operation, resource }: AclEntry, right: Right): boolean {
  return operation === 'All' || operation === right.operation || (operation === 'Describe' && resource !== 'cluster')
}

function isAbout({ resource, name, pattern }: AclEntry, right: Right): boolean {
  if (resource !== right.resource) return false
  if (resource === 'cluster') return true
  return pattern === 'prefixed' ? right.name.startsWith(name) : name === right.name || name === '*'
}

/** Whether brokers may let everybody use what no ACL is about. They keep the value to themselves; that it is set at all shows. */
function opensToAll({ brokers }: ClusterFacts): boolean {
  return brokers.some(({ configs }) => {
    const setting = answerOf(configs)?.['allow.everyone.if.no.acl.found']
    return setting !== undefined && setting.value !== 'false'
  })
}

function superUsers({ brokers }: ClusterFacts): readonly string[] {
  return brokers.flatMap(
    ({ configs }) =>
      answerOf(configs)
        ?.['super.users']?.value?.split(';')
        .map((one) => one.trim()) ?? [],
  )
}
