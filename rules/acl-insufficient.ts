import type { ClusterFacts } from '../src/model/cluster.ts'
import type { Client } from '../src/model/facts.ts'
import { possibleLiterals } from '../src/model/value.ts'
import { clientSubject } from '../src/rule/across.ts'
import { type Claim, claimsOn, whyNot } from '../src/rule/cluster.ts'
import { leastConfidence } from '../src/rule/decide.ts'
import { type Finding, type NotEvaluated, notEvaluated } from '../src/rule/finding.ts'
import { together } from '../src/rule/judge.ts'
import { type Principal, principalOf } from '../src/rule/principal.ts'
import { type Right, rightByAcls, toldRight, type Verdict } from '../src/rule/rights.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { allow, stagedCluster } from '../src/rule/staged.ts'
import { isGiven, transactionalId } from '../src/rule/transactional.ts'

const project = {
  'requirements.txt': 'confluent-kafka==2.6.0\n',
  'worker.py': `import os
from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.username': 'billing',
    'sasl.password': os.environ['KAFKA_PASSWORD'],
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
`,
}

export default defineRule({
  id: 'acl-insufficient',
  summary: 'a client lacks the right to do what it is written to do',
  severities: ['warning', 'error'],
  needs: ['settings', 'topics', 'cluster.acls'],
  why: 'A consumer needs Read on its topics and on its group, a producer Write on its topics, and on its transactional id where it has one. Without them it starts and connects, and then fails with an authorization error that no retry mends.',
  fix: 'Grant the rights that are missing to the principal that the client connects as.',
  ignoreWhen: 'the principal is a super user, or the rights come from an authorizer that keeps no ACLs.',
  references: [
    'https://kafka.apache.org/documentation/#security_authz',
    'https://kafka.apache.org/documentation/#operations_resources_and_protocols',
  ],
  examples: {
    bad: project,
    good: project,
    cluster: {
      bad: {
        says: '`User:billing` may read the topic and not the group.',
        cluster: stagedCluster({ acls: { state: 'known', value: [allow('User:billing', 'Read', 'topic', 'orders')] } }),
      },
      good: {
        says: '`User:billing` may read the topic and the group.',
        cluster: stagedCluster({
          acls: {
            state: 'known',
            value: [allow('User:billing', 'Read', 'topic', 'orders'), allow('User:billing', 'Read', 'group', 'billing')],
          },
        }),
      },
    },
  },
  *check(facts) {
    const { cluster } = facts
    if (!cluster || cluster.brokers.length === 0) return
    if (cluster.acls.state === 'absent' && cluster.acls.error === 'SECURITY_DISABLED') return
    yield* together(claimsOn(facts).flatMap((claim) => [...judge(claim, cluster)]))
  },
})

function* judge(claim: Claim, cluster: ClusterFacts): Generator<Finding | NotEvaluated> {
  const { client } = claim
  const rights = rightsOf(client, cluster)
  if (rights.length === 0) return
  const principal = principalOf(client, cluster.service)
  const undecided = (reason: string) => notEvaluated(clientSubject(client), 'cluster.acls', reason, client.location)
  if (principal.kind === 'unknown') {
    yield undecided(`whom the brokers take it for is not known: ${principal.reason}`)
    return
  }
  const judged = rights.map((right) => judgeRight(right, principal.name, cluster))
  const lacking = judged.filter(({ verdict }) => verdict?.kind === 'missing' || verdict?.kind === 'refused')
  if (lacking.length > 0) yield finding(claim, principal, lacking)
  const open = judged.filter(({ verdict }) => verdict === undefined || verdict.kind === 'undecided')
  if (open.length === 0) return
  const reason =
    cluster.acls.state === 'known'
      ? 'no ACL is about it, and `allow.everyone.if.no.acl.found` is set to what brokers keep to themselves'
      : `the ACLs are not known: ${whyNot(cluster.acls)}`
  yield undecided(`whether \`${principal.name}\` has ${list(open.map(({ right }) => tellRight(right)))}: ${reason}`)
}

interface Judged {
  readonly right: Right
  readonly verdict: Verdict | undefined
  /** The brokers told it of the principal itself. */
  readonly told: boolean
}

function judgeRight(right: Right, principal: string, cluster: ClusterFacts): Judged {
  const told = principal === cluster.principal ? toldRight(cluster, right) : undefined
  if (told) return { right, verdict: told, told: true }
  const verdict = cluster.acls.state === 'known' ? rightByAcls(cluster, cluster.acls.value, principal, right) : undefined
  return { right, verdict, told: false }
}

/** What the client certainly does, in every version it may be in. */
function rightsOf(client: Client, cluster: ClusterFacts): readonly Right[] {
  if (client.usage === 'none') return []
  const operation = client.role === 'consumer' ? 'Read' : 'Write'
  const topics = client.topics.kind === 'known' ? client.topics.names : []
  const rights: Right[] = topics.map((name) => ({ resource: 'topic', name, operation }))
  if (client.role === 'consumer') {
    if (client.group.kind === 'named' && client.usage !== 'assigns')
      rights.push({ resource: 'group', name: client.group.id, operation: 'Read' })
    return rights
  }
  const ids = client.variants.map((variant) => {
    const effective = transactionalId(variant)
    const literals = isGiven(effective) && variant.capabilities.transactions ? possibleLiterals(effective.value) : undefined
    return literals?.length === 1 ? literals[0] : undefined
  })
  const [id] = ids
  if (typeof id === 'string' && ids.every((other) => other === id))
    rights.push({ resource: 'transactional-id', name: id, operation: 'Write' })
  else if (wantsProducerId(client) && isBefore28(cluster))
    rights.push({ resource: 'cluster', name: 'kafka-cluster', operation: 'IdempotentWrite' })
  return rights
}

function wantsProducerId({ variants }: Client): boolean {
  return variants.every((variant) => {
    const value = setting(variant, 'enable.idempotence')?.value
    return value?.kind === 'known' && value.value === true
  })
}

/** From 2.8 on, Write on any topic lets a producer have an id. */
function isBefore28({ brokers }: ClusterFacts): boolean {
  return brokers.every(({ atLeast }) => atLeast === '2.4' || atLeast === '2.6')
}

type Known = Extract<Principal, { kind: 'known' }>

function finding({ client, confidence }: Claim, principal: Known, lacking: readonly Judged[]): Finding {
  const told = lacking.some((one) => one.told)
  return {
    kind: 'finding',
    subject: clientSubject(client),
    // super users may do everything, and brokers do not tell who they are
    severity: told ? 'error' : 'warning',
    confidence: leastConfidence(told ? 'high' : 'medium', confidence, client.confidence, principal.confidence),
    message: `\`${principal.name}\`, which ${client.name} connects as, lacks ${list(lacking.map(({ right }) => tellRight(right)))}`,
    why: `${list([...new Set(lacking.map(({ right }) => ERRORS[right.resource]))])}: the ${client.role} fails with ${lacking.length > 1 ? 'these' : 'this'} at its first use, and no retry mends it.`,
    fix: fixOf(principal, lacking),
    location: client.location,
    related: [{ label: `connects as \`${principal.name}\``, location: principal.location }],
    anchors: [client.location],
    key: 'rights',
  }
}

const ERRORS: Readonly<Record<Right['resource'], string>> = {
  topic: 'TOPIC_AUTHORIZATION_FAILED',
  group: 'GROUP_AUTHORIZATION_FAILED',
  'transactional-id': 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  cluster: 'CLUSTER_AUTHORIZATION_FAILED',
}

const SHOWN = 5

function list(parts: readonly string[]): string {
  const shown = parts.slice(0, SHOWN)
  const rest = parts.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '')
}

function tellRight({ resource, name, operation }: Right): string {
  return resource === 'cluster' ? `${operation} on the cluster` : `${operation} on ${resource.replace('-', ' ')} \`${name}\``
}

function fixOf(principal: Known, lacking: readonly Judged[]): string {
  const grants = lacking.flatMap(({ right, verdict }) =>
    verdict?.kind === 'missing'
      ? [`kafka-acls.sh --add --allow-principal ${principal.name} --operation ${right.operation} ${resource(right)}`]
      : [],
  )
  const denials = lacking.flatMap(({ verdict }) =>
    verdict?.kind === 'refused'
      ? [
          `kafka-acls.sh --remove --deny-principal ${verdict.by.principal} --operation ${verdict.by.operation} ${resource(verdict.by)}${verdict.by.pattern === 'prefixed' ? ' --resource-pattern-type prefixed' : ''}`,
        ]
      : [],
  )
  return [
    ...(grants.length > 0 ? [`Grant what is missing: ${grants.join('; ')}.`] : []),
    ...(denials.length > 0 ? [`Take away what denies it: ${[...new Set(denials)].join('; ')}.`] : []),
  ].join(' ')
}

const resource = (of: { readonly resource: string; readonly name: string }) =>
  of.resource === 'cluster' ? '--cluster' : `--${of.resource} ${of.name}`
