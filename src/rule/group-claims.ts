import type { ClusterFacts, CommittedOffset, Group, Partition } from '../model/cluster.ts'
import type { Client, Facts } from '../model/facts.ts'
import type { Related } from '../model/location.ts'
import { type Claim, claimsOn, groupNamed, topicNamed, whyNot } from './cluster.ts'
import { type Confidence, type Finding, type NotEvaluated, notEvaluated, type Subject } from './finding.ts'
import { surest } from './topic-claims.ts'

/** A group that consumers of the project name, as the cluster knows it. */
export interface ClaimedGroup {
  readonly group: Group
  readonly claims: readonly Claim[]
  readonly confidence: Confidence
}

/** The groups that the project names and the cluster knows, by their ids. */
export function claimedGroups(facts: Facts, cluster: ClusterFacts): readonly ClaimedGroup[] {
  const byId = new Map<string, Claim[]>()
  for (const claim of claimsOn(facts)) {
    const { client } = claim
    if (client.role !== 'consumer' || client.group.kind !== 'named') continue
    byId.set(client.group.id, [...(byId.get(client.group.id) ?? []), claim])
  }
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, claims]) => {
      const group = groupNamed(cluster, id)
      return group ? [{ group, claims, confidence: surest(claims) }] : []
    })
}

export function groupSubject(id: string): Subject {
  return { kind: 'group', id, name: id }
}

/** The offsets of a group; undefined where they are not known, which is told. */
export function* offsetsOf(claimed: ClaimedGroup): Generator<NotEvaluated, readonly CommittedOffset[] | undefined> {
  const { offsets, id } = claimed.group
  if (offsets.state === 'known') return offsets.value
  yield notEvaluated(
    groupSubject(id),
    'cluster.offsets',
    `the committed offsets of group \`${id}\` are unknown: ${whyNot(offsets)}`,
  )
  return undefined
}

/** A partition with what a group committed in it. */
export interface Progress {
  readonly topic: string
  readonly partition: Partition
  readonly committed: number
}

/** Where the group stands, in the partitions that the cluster shows. */
export function progressOf(cluster: ClusterFacts, offsets: readonly CommittedOffset[]): readonly Progress[] {
  return offsets.flatMap(({ topic, partition, offset }) => {
    const found = topicNamed(cluster, topic)?.partitions.find(({ id }) => id === partition)
    return found ? [{ topic, partition: found, committed: offset }] : []
  })
}

/** The consumers of the group that read a topic: those that name it, or where none does, those whose topics are not known. */
export function readersOf({ claims }: ClaimedGroup, topic: string): readonly Client[] {
  const clients = claims.map(({ client }) => client)
  const named = clients.filter(({ topics }) => topics.kind === 'known' && topics.names.includes(topic))
  return named.length > 0 ? named : clients.filter(({ topics }) => topics.kind !== 'known')
}

const SHOWN = 3

/** Where the project names the group. */
export function groupPlaces({ claims }: ClaimedGroup): readonly Related[] {
  return claims.slice(0, SHOWN).flatMap(({ client }) => {
    if (client.group.kind !== 'named') return []
    return [{ label: `group of ${client.name}`, location: client.group.location ?? client.location }]
  })
}

/** A finding about a group, which stands in no file. */
export function aboutGroup(
  claimed: ClaimedGroup,
  statement: Pick<Finding, 'severity' | 'message' | 'why' | 'fix' | 'key'> & { readonly confidence?: Confidence },
): Finding {
  const { group, confidence } = claimed
  return {
    kind: 'finding',
    subject: groupSubject(group.id),
    confidence,
    location: null,
    related: groupPlaces(claimed),
    ...statement,
  }
}

/** "partition 2", "partitions 0, 1 and 2", "12 partitions". */
export function tellPartitions(of: readonly number[]): string {
  const sorted = [...of].sort((a, b) => a - b)
  if (sorted.length === 1) return `partition ${sorted[0]}`
  if (sorted.length > 6) return `${sorted.length} partitions`
  return `partitions ${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`
}

/** `1 message`, `1,204 messages`. */
export function tellMessages(count: number): string {
  return `${count.toLocaleString('en-US')} message${count === 1 ? '' : 's'}`
}
