import type { Asked, Broker, ClusterFacts, Configs, Group, Partition, Service, Topic } from '../model/cluster.ts'
import type { Client, Facts } from '../model/facts.ts'
import type { Confidence } from './finding.ts'
import { type ClusterRelation, relationOf } from './joins.ts'

/** Every `host:port` that leads to the cluster: those that were named, and those its brokers advertise. */
export function addressesOf(cluster: ClusterFacts): readonly string[] {
  const advertised = cluster.brokers.map(({ host, port }) => `${host.toLowerCase()}:${port}`)
  return [...new Set([...cluster.bootstrap.map((b) => b.address.toLowerCase()), ...advertised])]
}

/** How sure it is that a client talks to this cluster; undefined where it plainly talks to another. */
export function belongs(client: Client, cluster: ClusterFacts): Confidence | undefined {
  const relation: ClusterRelation =
    client.cluster === undefined ? 'unknown' : relationOf(client.cluster.split(','), addressesOf(cluster), false)
  if (relation === 'different') return undefined
  // the user named the cluster for this project: a local name is then its name too
  return relation === 'unknown' ? 'medium' : 'high'
}

/** A client of the project that may talk to the cluster. */
export interface Claim {
  readonly client: Client
  readonly confidence: Confidence
}

/** The clients that talk to the cluster, or may. */
export function claimsOn(facts: Facts): readonly Claim[] {
  const { cluster } = facts
  if (!cluster) return []
  return facts.clients.flatMap((client) => {
    const confidence = belongs(client, cluster)
    return confidence === undefined ? [] : [{ client, confidence }]
  })
}

/** Those of them that name a topic as one they read or write. */
export function claimsOnTopic(facts: Facts, topic: string): readonly Claim[] {
  return claimsOn(facts).filter(({ client }) => client.topics.kind === 'known' && client.topics.names.includes(topic))
}

/** The consumers among them that are in a group. */
export function claimsOnGroup(facts: Facts, group: string): readonly Claim[] {
  return claimsOn(facts).filter(
    ({ client }) => client.role === 'consumer' && client.group.kind === 'named' && client.group.id === group,
  )
}

export const topicNamed = (cluster: ClusterFacts, name: string): Topic | undefined =>
  cluster.topics.items.find((topic) => topic.name === name)

export const groupNamed = (cluster: ClusterFacts, id: string): Group | undefined =>
  cluster.groups.items.find((group) => group.id === id)

/** Brokers that can be reached; a partition's replicas elsewhere count for nothing. */
export const aliveBrokers = (cluster: ClusterFacts): readonly Broker[] =>
  cluster.brokers.filter((broker) => broker.reach.kind !== 'silent')

/** Whether replicas and in-sync replicas are how this service keeps data, so that their numbers mean something. */
export function replicatesByBrokers(service: Service): boolean {
  return service === 'kafka' || service === 'msk' || service === 'unknown'
}

/** A broker setting, where all brokers that told it agree; else why there is none. */
export function brokerSetting(cluster: ClusterFacts, name: string): Asked<string> {
  const told = cluster.brokers.flatMap(({ id, configs }) =>
    configs.state === 'known' && configs.value[name]?.value != null ? [{ id, value: configs.value[name].value as string }] : [],
  )
  const [first] = told
  if (!first) {
    const denied = cluster.brokers.find((b) => b.configs.state === 'denied')?.configs
    return denied?.state === 'denied' ? denied : { state: 'absent', reason: `no broker tells its \`${name}\`` }
  }
  const other = told.find(({ value }) => value !== first.value)
  if (other)
    return {
      state: 'absent',
      reason: `\`${name}\` is ${first.value} on broker ${first.id} and ${other.value} on broker ${other.id}`,
    }
  return { state: 'known', value: first.value }
}

/** A setting of a topic as it takes effect there; undefined where the broker did not tell it. */
export function topicSetting(configs: Asked<Configs>, name: string): string | undefined {
  return configs.state === 'known' ? (configs.value[name]?.value ?? undefined) : undefined
}

/**
 * The partition of the internal topic that keeps a group or transactional id: Java's String.hashCode, its absolute value (0 for the least
 * integer, as Kafka's Utils.abs), modulo the partition count. Apache Kafka only.
 */
export function coordinatorPartition(id: string, partitions: number): number {
  let hash = 0
  for (let i = 0; i < id.length; i++) hash = (Math.imul(31, hash) + id.charCodeAt(i)) | 0
  return (hash === -2147483648 ? 0 : Math.abs(hash)) % partitions
}

/** Of the answers, what is known, and why not otherwise. */
export function answerOf<T>(asked: Asked<T>): T | undefined {
  return asked.state === 'known' ? asked.value : undefined
}

/** "needs Describe on Group billing", "broker 2 does not answer". */
export function whyNot(asked: Asked<unknown>): string {
  if (asked.state === 'denied') return `needs ${asked.needs}`
  return asked.state === 'absent' ? asked.reason : ''
}

export const isOnline = ({ leader, error }: Partition): boolean => leader >= 0 && error === null
