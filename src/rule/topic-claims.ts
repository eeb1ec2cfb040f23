import type { ClusterFacts, Topic } from '../model/cluster.ts'
import type { Facts } from '../model/facts.ts'
import type { Related } from '../model/location.ts'
import { type Claim, claimsOn, replicatesByBrokers, topicNamed } from './cluster.ts'
import { type Confidence, type Finding, type NotEvaluated, notEvaluated, type Subject } from './finding.ts'

/** A topic of the cluster that clients of the project name. */
export interface ClaimedTopic {
  readonly topic: Topic
  readonly claims: readonly Claim[]
  readonly confidence: Confidence
}

const RANK = { high: 2, medium: 1, low: 0 } as const

/** The topics that the project names and the cluster shows, in the order of their names; the internal ones left out. */
export function claimedTopics(facts: Facts, cluster: ClusterFacts): readonly ClaimedTopic[] {
  return claimedNames(facts).flatMap(([name, claims]) => {
    const topic = topicNamed(cluster, name)
    return topic && !topic.internal && topic.error === null && topic.partitions.length > 0
      ? [{ topic, claims, confidence: surest(claims) }]
      : []
  })
}

/** Those that it names and the cluster does not show: nothing can be said of them. */
export function* unseenTopics(facts: Facts, cluster: ClusterFacts): Generator<NotEvaluated> {
  if (cluster.brokers.length === 0) return
  for (const [name] of claimedNames(facts)) {
    const topic = topicNamed(cluster, name)
    if (topic && topic.error === null) continue
    const reason = topic ? `the broker answers ${topic.error}` : 'it does not exist, or the principal may not see it'
    yield notEvaluated(topicSubject(name), 'cluster.metadata', `the cluster does not show topic \`${name}\`: ${reason}`)
  }
}

function claimedNames(facts: Facts): readonly (readonly [string, readonly Claim[]])[] {
  const byName = new Map<string, Claim[]>()
  for (const claim of claimsOn(facts)) {
    if (claim.client.topics.kind !== 'known') continue
    for (const name of claim.client.topics.names) byName.set(name, [...(byName.get(name) ?? []), claim])
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1))
}

export function surest(claims: readonly Claim[]): Confidence {
  return claims.map(({ confidence }) => confidence).reduce<Confidence>((a, b) => (RANK[b] > RANK[a] ? b : a), 'low')
}

export function topicSubject(name: string): Subject {
  return { kind: 'topic', id: name, name }
}

const SHOWN = 3

/** Where the project names the topic. */
export function topicPlaces({ topic, claims }: ClaimedTopic): readonly Related[] {
  return claims.slice(0, SHOWN).flatMap(({ client }) => {
    const verb = client.role === 'producer' ? 'writes' : 'reads'
    return client.topics.kind === 'known'
      ? [{ label: `${client.name} ${verb} \`${topic.name}\``, location: client.topics.location }]
      : []
  })
}

/** Where replicas do not mean what they mean on Apache Kafka. */
export function* whereServiceDecides(topics: readonly ClaimedTopic[], cluster: ClusterFacts): Generator<NotEvaluated> {
  for (const { topic } of topics)
    yield notEvaluated(
      topicSubject(topic.name),
      'cluster.metadata',
      `not applicable: ${cluster.service} keeps data in a way of its own`,
    )
}

export const replicated = (cluster: ClusterFacts): boolean => replicatesByBrokers(cluster.service)

/** A finding about a topic, which stands in no file. */
export function aboutTopic(
  claimed: ClaimedTopic,
  statement: Pick<Finding, 'severity' | 'message' | 'why' | 'fix' | 'key'> & { readonly confidence?: Confidence },
): Finding {
  const { topic, confidence } = claimed
  return {
    kind: 'finding',
    subject: topicSubject(topic.name),
    confidence,
    location: null,
    related: topicPlaces(claimed),
    ...statement,
  }
}
