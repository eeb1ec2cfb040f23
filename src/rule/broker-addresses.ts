import type { Broker, ClusterFacts } from '../model/cluster.ts'
import { isOnline, replicatesByBrokers } from './cluster.ts'
import { type Coordinated, idsKeptIn, internalTopic, placesOf, tellIds } from './coordinated.ts'
import type { Finding, Subject } from './finding.ts'
import { byKey } from './joins.ts'

/** Addresses that lead nowhere, or to another broker than they name. */
export function* addressRisks(cluster: ClusterFacts, kinds: readonly Coordinated[]): Generator<Finding> {
  const shared = [...byKey(cluster.brokers, ({ host, port }) => `${host}:${port}`)].filter(([, brokers]) => brokers.length > 1)
  for (const [address, brokers] of shared) yield sharedAddress(address, brokers, cluster, kinds)
  const sharing = new Set(shared.flatMap(([, brokers]) => brokers.map(({ id }) => id)))
  // a partition that has no leader because of a broker's silence tells of the broker
  const told = new Set(leaderless(cluster, kinds))
  for (const broker of cluster.brokers) {
    if (sharing.has(broker.id)) continue
    if (broker.reach.kind === 'other') yield otherAnswers(broker, broker.reach.id, cluster, kinds)
    if (broker.reach.kind === 'silent' && !told.has(broker.id)) yield silent(broker, broker.reach.failure.reason, cluster, kinds)
  }
}

/** Brokers that hold partitions without a leader of the internal topics that count here. */
function leaderless(cluster: ClusterFacts, kinds: readonly Coordinated[]): readonly number[] {
  if (!replicatesByBrokers(cluster.service)) return []
  return kinds.flatMap((coordinated) =>
    (internalTopic(cluster, coordinated)?.partitions ?? []).flatMap((p) => (isOnline(p) ? [] : p.replicas)),
  )
}

function sharedAddress(
  address: string,
  brokers: readonly Broker[],
  cluster: ClusterFacts,
  kinds: readonly Coordinated[],
): Finding {
  const ids = brokers.map(({ id }) => id)
  return {
    ...about(brokers, cluster, kinds),
    severity: 'error',
    message: `brokers ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)} advertise one address, ${address}`,
    why: 'A client that is sent to a coordinator or leader reaches whichever of them answers there. The wrong one says NOT_COORDINATOR or NOT_LEADER_OR_FOLLOWER, and the client comes back to the same address.',
    fix: 'Give every broker an advertised address of its own, and no load balancer in front of them but for the first contact.',
    key: 'shared-address',
  }
}

function otherAnswers(broker: Broker, other: number | null, cluster: ClusterFacts, kinds: readonly Coordinated[]): Finding {
  return {
    ...about([broker], cluster, kinds),
    severity: 'error',
    message: `at the address of broker ${broker.id}, ${broker.host}:${broker.port}, ${other === null ? 'another broker' : `broker ${other}`} answers`,
    why: 'Clients that are sent to this broker as coordinator or leader meet NOT_COORDINATOR or NOT_LEADER_OR_FOLLOWER, again and again.',
    fix: `Correct advertised.listeners of broker ${broker.id}, or the proxy behind that address.`,
    key: 'other-answers',
  }
}

function silent(broker: Broker, reason: string, cluster: ClusterFacts, kinds: readonly Coordinated[]): Finding {
  const kept = keptBy([broker], cluster, kinds)
  const coordinates = kept.map(({ coordinated, ids }) => tellIds(coordinated, ids)).join(' and ')
  return {
    ...about([broker], cluster, kinds),
    // one that has just died looks the same for some seconds: the audit is incomplete, and says so by its exit code
    severity: 'warning',
    message: `broker ${broker.id} does not answer at the address it advertises: ${reason}${coordinates === '' ? '' : `; it coordinates ${coordinates}`}`,
    why: 'Either it has just died and another broker will take over, or its advertised address is wrong: then it stays coordinator and leader of what no client can reach.',
    fix: `Look again in a minute. If it stays, correct advertised.listeners of broker ${broker.id}, or what lies between it and its clients.`,
    key: 'silent',
  }
}

function about(
  brokers: readonly Broker[],
  cluster: ClusterFacts,
  kinds: readonly Coordinated[],
): Pick<Finding, 'kind' | 'subject' | 'confidence' | 'location' | 'related'> {
  const id = brokers.map((broker) => broker.id).join(',')
  const subject: Subject = { kind: 'broker', id, name: id }
  const related = keptBy(brokers, cluster, kinds).flatMap(({ coordinated, ids }) => placesOf(coordinated, ids))
  return {
    kind: 'finding',
    subject,
    confidence: kinds.some((one) => one.confidence === 'high') ? 'high' : 'medium',
    location: null,
    related,
  }
}

/** Of the project's ids, those whose coordinator these brokers are. */
function keptBy(
  brokers: readonly Broker[],
  cluster: ClusterFacts,
  kinds: readonly Coordinated[],
): readonly { readonly coordinated: Coordinated; readonly ids: readonly string[] }[] {
  const leaders = new Set(brokers.map(({ id }) => id))
  return kinds.flatMap((coordinated) => {
    const led = (internalTopic(cluster, coordinated)?.partitions ?? []).filter(({ leader }) => leaders.has(leader))
    const ids = idsKeptIn(cluster, coordinated, new Set(led.map(({ id }) => id)))
    return ids && ids.length > 0 ? [{ coordinated, ids }] : []
  })
}
