import type { ClusterFacts, Topic } from '../model/cluster.ts'
import type { Facts } from '../model/facts.ts'
import type { Related } from '../model/location.ts'
import { possibleLiterals } from '../model/value.ts'
import { type Claim, claimsOn, coordinatorPartition, topicNamed } from './cluster.ts'
import type { Confidence } from './finding.ts'
import { isGiven, isTransactional, transactionalId } from './transactional.ts'

/** What a coordinator keeps for the project: groups in one internal topic, transactional ids in the other. */
export interface Coordinated {
  readonly what: 'group' | 'transactional id'
  readonly topic: '__consumer_offsets' | '__transaction_state'
  /** Broker settings that the topic is made with. */
  readonly replicas: string
  readonly partitions: string
  /** The ids that the project names, with the client that names each first; none where it has such clients but names no id. */
  readonly ids: ReadonlyMap<string, Claim>
  readonly confidence: Confidence
}

const RANK = { high: 2, medium: 1, low: 0 } as const

/** The kinds of coordinator that the project's clients need. */
export function coordinatedBy(facts: Facts): readonly Coordinated[] {
  const claims = claimsOn(facts)
  const consumers = claims.filter(({ client }) => client.role === 'consumer' && client.group.kind !== 'absent')
  const producers = claims.filter(({ client }) => isTransactional(client))
  const groups = consumers.flatMap((claim) =>
    claim.client.group.kind === 'named' ? [[claim.client.group.id, claim] as const] : [],
  )
  const ids = producers.flatMap((claim) => idsOf(claim).map((id) => [id, claim] as const))
  return [
    ...kept(consumers, {
      what: 'group',
      topic: '__consumer_offsets',
      replicas: 'offsets.topic.replication.factor',
      partitions: 'offsets.topic.num.partitions',
      ids: firstOfEach(groups),
    }),
    ...kept(producers, {
      what: 'transactional id',
      topic: '__transaction_state',
      replicas: 'transaction.state.log.replication.factor',
      partitions: 'transaction.state.log.num.partitions',
      ids: firstOfEach(ids),
    }),
  ]
}

function kept(claims: readonly Claim[], one: Omit<Coordinated, 'confidence'>): readonly Coordinated[] {
  if (claims.length === 0) return []
  return [{ ...one, confidence: claims.map(({ confidence }) => confidence).reduce((a, b) => (RANK[b] > RANK[a] ? b : a)) }]
}

function firstOfEach(pairs: readonly (readonly [string, Claim])[]): ReadonlyMap<string, Claim> {
  const first = new Map<string, Claim>()
  for (const [id, claim] of pairs) if (!first.has(id)) first.set(id, claim)
  return first
}

function idsOf({ client }: Claim): readonly string[] {
  return client.variants.flatMap((variant) => {
    const effective = transactionalId(variant)
    const literals = isGiven(effective) ? possibleLiterals(effective.value) : undefined
    return (literals ?? []).filter((literal): literal is string => typeof literal === 'string' && literal !== '')
  })
}

/** The ids that these partitions of the internal topic keep; undefined where the service places them by a way of its own. */
export function idsKeptIn(
  cluster: ClusterFacts,
  { ids, topic }: Coordinated,
  partitions: ReadonlySet<number>,
): readonly string[] | undefined {
  if (cluster.service !== 'kafka') return undefined
  const count = topicNamed(cluster, topic)?.partitions.length ?? 0
  if (count === 0) return undefined
  return [...ids.keys()].filter((id) => partitions.has(coordinatorPartition(id, count)))
}

/** The topic, where the metadata has more on it than an error. */
export function internalTopic(cluster: ClusterFacts, { topic }: Coordinated): Topic | undefined {
  const found = topicNamed(cluster, topic)
  return found && found.error === null ? found : undefined
}

const NAMED = 3

/** "group `billing`", "transactional ids `a`, `b` and 2 more", "every group". */
export function tellIds({ what }: Coordinated, ids: readonly string[] | undefined): string {
  if (ids === undefined || ids.length === 0) return `every ${what} that is kept there`
  const shown = ids.slice(0, NAMED).map((id) => `\`${id}\``)
  const rest = ids.length - shown.length
  const list =
    rest > 0
      ? `${shown.join(', ')} and ${rest} more`
      : shown.length > 1
        ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
        : shown[0]
  return `${what}${ids.length > 1 ? 's' : ''} ${list}`
}

/** Where the project names these ids. */
export function placesOf({ ids: claims, what }: Coordinated, ids: readonly string[] | undefined): readonly Related[] {
  const wanted = ids ?? [...claims.keys()]
  return wanted.slice(0, NAMED).flatMap((id) => {
    const client = claims.get(id)?.client
    if (!client) return []
    const location = client.group.kind === 'named' ? (client.group.location ?? client.location) : client.location
    return [{ label: `${what} \`${id}\` of ${client.name}`, location }]
  })
}
