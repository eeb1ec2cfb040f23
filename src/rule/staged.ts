import type {
  AclEntry,
  Broker,
  ClusterFacts,
  Configs,
  ConfigValue,
  Group,
  Member,
  Partition,
  PartitionOffsets,
  Topic,
  Transaction,
} from '../model/cluster.ts'
import { coordinatorPartition } from './cluster.ts'

/**
 * A cluster for the examples of rules and for tests: three Apache Kafka brokers that answer, internal topics with three replicas, the topic
 * `orders` with three partitions, and the group `billing`, whose one member reads it and has committed. Each part can be replaced.
 */
export function stagedCluster(changes: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    schemaVersion: 1,
    takenAt: Date.UTC(2026, 0, 1),
    bootstrap: [{ address: 'kafka.example.com:9092' }],
    clusterId: 'staged',
    service: 'kafka',
    features: { 'transaction.version': 2, 'group.version': 1 },
    principal: null,
    brokers: [stagedBroker(1), stagedBroker(2), stagedBroker(3)],
    topics: complete([
      stagedTopic('orders'),
      stagedTopic('__consumer_offsets', { internal: true }),
      stagedTopic('__transaction_state', { internal: true, configs: configs({ 'min.insync.replicas': '2' }, 'topic') }),
    ]),
    groups: complete([stagedGroup('billing')]),
    transactions: complete<Transaction>([]),
    acls: { state: 'absent', reason: 'the cluster has no authorizer', error: 'SECURITY_DISABLED' },
    problems: [],
    ...changes,
  }
}

export function complete<T>(items: readonly T[]) {
  return { items, complete: true }
}

/** Settings as the cluster tells them, all from one source. */
export function configs(values: Readonly<Record<string, string>>, source: ConfigValue['source'] = 'static') {
  const value: Configs = Object.fromEntries(Object.entries(values).map(([name, one]) => [name, { value: one, source }]))
  return { state: 'known', value } as const
}

export function stagedBroker(id: number, changes: Partial<Broker> = {}): Broker {
  return {
    id,
    host: 'kafka.example.com',
    port: 9091 + id,
    rack: null,
    reach: { kind: 'itself' },
    configs: configs({
      'min.insync.replicas': '2',
      'default.replication.factor': '3',
      'unclean.leader.election.enable': 'false',
      'auto.create.topics.enable': 'false',
      'offsets.topic.replication.factor': '3',
      'offsets.topic.num.partitions': '3',
      'offsets.retention.minutes': '10080',
      'transaction.state.log.replication.factor': '3',
      'transaction.state.log.min.isr': '2',
      'transaction.state.log.num.partitions': '3',
      'transaction.max.timeout.ms': '900000',
      'transactional.id.expiration.ms': '604800000',
    }),
    loadingGroups: false,
    loadingTransactions: false,
    ...changes,
  }
}

export interface TopicChanges extends Partial<Topic> {
  /** Applied to each of its three partitions. */
  readonly partition?: Partial<Partition>
}

export function stagedTopic(name: string, { partition, ...changes }: TopicChanges = {}): Topic {
  return {
    name,
    internal: false,
    error: null,
    partitions: [0, 1, 2].map((id) => ({ ...stagedPartition(id), ...partition })),
    configs: configs({
      'min.insync.replicas': '2',
      'unclean.leader.election.enable': 'false',
      'cleanup.policy': changes.internal ? 'compact' : 'delete',
      'retention.ms': '604800000',
      'retention.bytes': '-1',
    }),
    ...changes,
  }
}

function stagedPartition(id: number): Partition {
  return {
    id,
    leader: id + 1,
    leaderEpoch: 0,
    replicas: [1, 2, 3],
    isr: [1, 2, 3],
    offline: [],
    error: null,
    offsets: offsets(0, 100),
  }
}

/** What a partition holds: from its first offset to its end, of which `lastStable` read_committed consumers may see. */
export function offsets(start: number, highWatermark: number, lastStable = highWatermark) {
  const value: PartitionOffsets = { start, highWatermark, lastStable }
  return { state: 'known', value } as const
}

export function allow(principal: string, operation: string, resource: AclEntry['resource'], name: string): AclEntry {
  return { resource, name, pattern: 'literal', principal, host: '*', operation, permission: 'allow' }
}

/** A stable classic group with one member that reads `orders` and is 10 messages behind in each partition. */
export function stagedGroup(id: string, changes: Partial<Group> = {}): Group {
  return {
    id,
    type: 'classic',
    protocolType: 'consumer',
    named: true,
    coordinator: { state: 'known', value: coordinatorPartition(id, 3) + 1 },
    description: { state: 'known', value: { state: 'Stable', assignor: 'range', members: [stagedMember()] } },
    offsets: { state: 'known', value: [0, 1, 2].map((partition) => ({ topic: 'orders', partition, offset: 90 })) },
    ...changes,
  }
}

export function stagedMember(changes: Partial<Member> = {}): Member {
  return {
    id: 'billing-1',
    instanceId: null,
    clientId: 'billing',
    host: '/10.0.0.1',
    topics: ['orders'],
    assigned: [{ topic: 'orders', partitions: [0, 1, 2] }],
    ...changes,
  }
}
