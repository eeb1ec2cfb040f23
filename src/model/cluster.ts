/**
 * What a live cluster says, as plain JSON: the snapshot file holds exactly this. Nothing in it is a secret. Times are milliseconds since the
 * epoch, error names are those of Kafka's protocol (`COORDINATOR_NOT_AVAILABLE`).
 */
export interface ClusterFacts {
  readonly schemaVersion: 1
  /** When the looking began. */
  readonly takenAt: number
  /** The addresses that were named, `host:port`, and what became of each. */
  readonly bootstrap: readonly Bootstrap[]
  readonly clusterId: string | null
  readonly service: Service
  /** Finalized features by level: `transaction.version`, `group.version`, `eligible.leader.replicas.version`. */
  readonly features: Readonly<Record<string, number>>
  /** Who asked: `User:auditor`, where the connection's settings say it. */
  readonly principal: string | null
  readonly brokers: readonly Broker[]
  readonly topics: Listing<Topic>
  readonly groups: Listing<Group>
  /** Transactional ids: those the project names, and those the listing shows. */
  readonly transactions: Listing<Transaction>
  readonly acls: Asked<readonly AclEntry[]>
  /** What kept the picture from being whole: the audit is then incomplete. */
  readonly problems: readonly ClusterProblem[]
}

/**
 * The answer to one question. `denied`: the principal lacks a right, `needs` says which (`Describe on Group billing`);
 * `absent`: there is no answer to be had, and why; `error` is Kafka's name where the broker gave one.
 */
export type Asked<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'denied'; readonly needs: string }
  | { readonly state: 'absent'; readonly reason: string; readonly error?: string }

/** Things of a kind. `complete` only when every one that exists is among them; otherwise `reason` says what hides the rest. */
export interface Listing<T> {
  readonly items: readonly T[]
  readonly complete: boolean
  readonly reason?: string
}

/** Whose Kafka it is. Replication, internal topics and coordinators mean what they mean only on `kafka`, `msk` and `unknown`. */
export type Service =
  | 'kafka'
  | 'confluent-cloud'
  | 'msk'
  | 'msk-serverless'
  | 'event-hubs'
  | 'redpanda'
  | 'warpstream'
  | 'unknown'

export interface Bootstrap {
  readonly address: string
  /** Absent when it answered. */
  readonly failure?: Failure
}

/** Why an address could not be used, and what to try. */
export interface Failure {
  readonly kind:
    | 'dns'
    | 'refused'
    | 'timeout'
    | 'closed'
    | 'tls'
    | 'tls-name'
    | 'tls-untrusted'
    | 'protocol'
    | 'sasl'
    | 'too-old'
    | 'other'
  readonly reason: string
  readonly hint: string
}

export interface Broker {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly reach: Reach
  /** The settings that matter here, by name. */
  readonly configs: Asked<Configs>
  /** True while any partition of the internal topic is being loaded there; undefined where not known. */
  readonly loadingGroups?: boolean
  readonly loadingTransactions?: boolean
  /** `4.1`: the least release whose requests it all speaks; absent where the range tells nothing. */
  readonly atLeast?: string
}

/**
 * What its advertised address leads to. `itself`: it answered as this broker; `unconfirmed`: something answered, which one could not be asked;
 * `other`: another broker answered.
 */
export type Reach =
  | { readonly kind: 'itself' }
  | { readonly kind: 'unconfirmed'; readonly reason: string }
  | { readonly kind: 'other'; readonly id: number | null }
  | { readonly kind: 'silent'; readonly failure: Failure }

export type Configs = Readonly<Record<string, ConfigValue>>

export interface ConfigValue {
  readonly value: string | null
  /** `topic`: set on the topic itself; `broker`, `cluster`: dynamic; `static`: in the broker's file; `default`: nobody set it. */
  readonly source: 'topic' | 'broker' | 'cluster' | 'static' | 'default' | 'group' | 'unknown'
}

export interface Topic {
  readonly name: string
  readonly internal: boolean
  /** Kafka's error name, when the metadata has nothing else on it. */
  readonly error: string | null
  readonly partitions: readonly Partition[]
  readonly configs: Asked<Configs>
  /** What the principal may do with it (`Read`, `Write`, `Describe`, …); undefined where the broker does not tell. */
  readonly allowed?: readonly string[]
}

export interface Partition {
  readonly id: number
  /** −1 where there is none. */
  readonly leader: number
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly offline: readonly number[]
  readonly error: string | null
  readonly offsets: Asked<PartitionOffsets>
  /** Offsets below which records pass out of retention within `within` ms, for partitions that a group lags in. */
  readonly expiring?: readonly { readonly within: number; readonly below: number }[]
  /** Transactions that are open in it, asked where the last stable offset lies behind the high watermark. */
  readonly open?: Asked<readonly OpenTransaction[]>
}

export interface PartitionOffsets {
  /** The first offset that is still there. */
  readonly start: number
  readonly highWatermark: number
  /** Where read_committed consumers stop. */
  readonly lastStable: number
}

/** A producer with an open transaction in one partition. */
export interface OpenTransaction {
  readonly producerId: number
  readonly producerEpoch: number
  /** Of its last record. */
  readonly lastTimestamp: number
  readonly startOffset: number
  readonly coordinatorEpoch: number
}

export interface Group {
  readonly id: string
  readonly type: 'classic' | 'consumer' | 'share' | 'streams' | 'unknown'
  readonly protocolType: string
  /** True for one that the project names. */
  readonly named: boolean
  /** Node id of its coordinator. */
  readonly coordinator: Asked<number>
  readonly description: Asked<GroupDescription>
  /** Only partitions with a committed offset. */
  readonly offsets: Asked<readonly CommittedOffset[]>
  /** What the principal may do with it; undefined where the broker does not tell. */
  readonly allowed?: readonly string[]
}

export interface GroupDescription {
  /** `Stable`, `Empty`, `Dead`, `PreparingRebalance`, `CompletingRebalance`, `Assigning`, `Reconciling`. */
  readonly state: string
  readonly assignor: string
  readonly members: readonly Member[]
}

export interface Member {
  readonly id: string
  readonly instanceId: string | null
  readonly clientId: string
  readonly host: string
  /** Undefined where its subscription could not be read. */
  readonly topics?: readonly string[]
  readonly assigned?: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
}

export interface CommittedOffset {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** A transaction has offsets pending for it. */
  readonly unstable?: boolean
}

export interface Transaction {
  readonly id: string
  /** True for one that the project names. */
  readonly named: boolean
  readonly coordinator: Asked<number>
  /** `null`: the coordinator is ready and knows no such id. */
  readonly description: Asked<TransactionDescription | null>
  /** Its producer epoch at several moments, the oldest first, where it was asked more than once. */
  readonly epochs?: readonly { readonly at: number; readonly epoch: number }[]
}

export interface TransactionDescription {
  readonly state: string
  readonly producerId: number
  readonly producerEpoch: number
  /** −1 where none is open. */
  readonly startedAt: number
  readonly timeout: number
  readonly partitions: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
}

export interface AclEntry {
  readonly resource: 'topic' | 'group' | 'cluster' | 'transactional-id' | 'other'
  readonly name: string
  readonly pattern: 'literal' | 'prefixed'
  readonly principal: string
  readonly host: string
  readonly operation: string
  readonly permission: 'allow' | 'deny'
}

/** Something that was asked for and not had, through no lack of rights. */
export interface ClusterProblem {
  /** The broker, address or request that failed. */
  readonly about: string
  readonly reason: string
  readonly hint: string
}

/** A request as it was sent: API, version, and how many of them. */
export interface SentRequest {
  readonly api: string
  readonly version: number
  readonly count: number
}

/** Asks a cluster about what the project names. `requests` are all that were sent, where that is wanted. */
export type ClusterSource = (
  plan: ProbePlan,
) => Promise<{ readonly facts: ClusterFacts; readonly requests?: readonly SentRequest[] }>

/** What the project names, and so wants to know of. Sorted, without repetition. */
export interface ProbePlan {
  readonly topics: readonly string[]
  readonly groups: readonly string[]
  readonly transactionalIds: readonly string[]
}
