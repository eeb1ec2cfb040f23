import type { Asked, Configs, Listing, Partition, PartitionOffsets, Topic } from '../../model/cluster.ts'
import type { Link } from '../link.ts'
import { describeConfigs } from '../wire/describe-configs.ts'
import { errorName } from '../wire/errors.ts'
import { listOffsets } from '../wire/list-offsets.ts'
import { metadata } from '../wire/metadata.ts'
import { absent, known, refusal } from './asked.ts'
import { configsOf, TOPIC_RESOURCE } from './brokers.ts'
import { operationsOf } from './operations.ts'
import { askInParts, grouped, type Reached } from './reached.ts'

/** The topic settings that decide what is delivered and kept. */
const SETTINGS = [
  'cleanup.policy',
  'message.timestamp.type',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
  'unclean.leader.election.enable',
]

/** Topics or partitions in one request: some hundred kilobytes of answer. */
const TOPICS_AT_ONCE = 1000
const PARTITIONS_AT_ONCE = 5000

const LATEST = -1
const EARLIEST = -2
const READ_UNCOMMITTED = 0
const READ_COMMITTED = 1

export type MetadataAnswer = Awaited<ReturnType<typeof askMetadata>>

/** All topics that the principal may see; `named` alone are asked what it may do with them, and are told where it may not see them. */
export async function askMetadata(link: Link, named: readonly string[]) {
  const all = await link.ask(metadata, { topics: null, authorizedOperations: false })
  // before version 4 a broker may create what it is asked for by name
  const names = (link.versions.get(3)?.max ?? 0) >= 4 ? named : []
  const about = names.length === 0 ? [] : (await link.ask(metadata, { topics: names, authorizedOperations: true })).topics
  return { ...all, named: about }
}

/** The topics without what takes further questions: configurations and offsets. */
export function bareTopics({ topics, named }: MetadataAnswer): readonly Topic[] {
  const about = new Map(named.map((topic) => [topic.name, topic]))
  const seen = new Set(topics.map(({ name }) => name))
  const unseen = named.filter(({ name, error }) => !seen.has(name) && errorName(error) !== 'UNKNOWN_TOPIC_OR_PARTITION')
  return [...topics, ...unseen].map(({ name, internal, error, partitions }) => {
    const allowed = operationsOf(about.get(name)?.authorizedOperations)
    return {
      name,
      internal,
      error: error === 0 ? null : errorName(error),
      partitions: partitions
        .map(
          (p): Partition => ({
            id: p.id,
            leader: p.leader,
            leaderEpoch: p.leaderEpoch,
            replicas: p.replicas,
            isr: p.isr,
            offline: p.offline,
            error: p.error === 0 ? null : errorName(p.error),
            offsets: absent('not asked'),
          }),
        )
        .sort((a, b) => a.id - b.id),
      configs: absent('not asked'),
      ...(allowed ? { allowed } : {}),
    }
  })
}

/** Adds configurations and offsets. */
export async function completeTopics(topics: readonly Topic[], reached: Reached, anyBroker: number): Promise<readonly Topic[]> {
  const [configs, offsets] = await Promise.all([
    topicConfigs(
      topics.map(({ name }) => name),
      reached,
      anyBroker,
    ),
    partitionOffsets(topics, reached),
  ])
  return topics.map((topic) => ({
    ...topic,
    configs: configs.get(topic.name) ?? absent('no broker told it'),
    partitions: topic.partitions.map((p) => ({
      ...p,
      offsets:
        offsets.get(`${topic.name} ${p.id}`) ?? absent(p.leader < 0 ? 'the partition has no leader' : 'its leader did not tell'),
    })),
  }))
}

async function topicConfigs(
  names: readonly string[],
  reached: Reached,
  broker: number,
): Promise<ReadonlyMap<string, Asked<Configs>>> {
  const answers = await askInParts(reached, broker, describeConfigs, names, TOPICS_AT_ONCE, (part) => ({
    resources: part.map((name) => ({ type: TOPIC_RESOURCE, name, keys: SETTINGS })),
  }))
  return new Map(
    answers.flatMap(({ results }) =>
      results.map(({ name, error, message, entries }) => [
        name,
        error === 0 ? known(configsOf(entries)) : refusal<Configs>(error, `DescribeConfigs on Topic ${name}`, message),
      ]),
    ),
  )
}

/** A partition at its leader. */
export interface Led {
  readonly topic: string
  readonly partition: number
  readonly leader: number
}

export function ledPartitions(topics: readonly Topic[]): readonly Led[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions.filter(({ leader }) => leader >= 0).map(({ id, leader }) => ({ topic: name, partition: id, leader })),
  )
}

async function partitionOffsets(
  topics: readonly Topic[],
  reached: Reached,
): Promise<ReadonlyMap<string, Asked<PartitionOffsets>>> {
  const led = ledPartitions(topics)
  const [start, highWatermark, lastStable] = await Promise.all([
    offsetsAt(led, reached, EARLIEST, READ_UNCOMMITTED),
    offsetsAt(led, reached, LATEST, READ_UNCOMMITTED),
    offsetsAt(led, reached, LATEST, READ_COMMITTED),
  ])
  const found = new Map<string, Asked<PartitionOffsets>>()
  for (const [key, first] of start) {
    const [high, stable] = [highWatermark.get(key), lastStable.get(key)]
    if (!high || !stable) continue
    const failed = [first, high, stable].find(({ error }) => error !== 0)
    const topic = key.slice(0, key.lastIndexOf(' '))
    found.set(
      key,
      failed
        ? refusal(failed.error, `Describe on Topic ${topic}`)
        : known({ start: first.offset, highWatermark: high.offset, lastStable: stable.offset }),
    )
  }
  return found
}

export interface OffsetAnswer {
  readonly error: number
  /** −1 where no record is that young. */
  readonly offset: number
}

/** An offset of each partition, by `topic partition`: of a time in ms since the epoch, or −1 for the end, −2 for the start. */
export async function offsetsAt(
  led: readonly Led[],
  reached: Reached,
  timestamp: number | ((partition: Led) => number),
  isolation: 0 | 1,
): Promise<ReadonlyMap<string, OffsetAnswer>> {
  const at = typeof timestamp === 'number' ? () => timestamp : timestamp
  const answers = await Promise.all(
    [...grouped(led, ({ leader }) => leader)].map(([broker, partitions]) =>
      askInParts(reached, broker, listOffsets, partitions, PARTITIONS_AT_ONCE, (part) => ({
        isolation,
        topics: [...grouped(part, ({ topic }) => topic)].map(([name, of]) => ({
          name,
          partitions: of.map((one) => ({ id: one.partition, timestamp: at(one) })),
        })),
      })),
    ),
  )
  return new Map(
    answers
      .flat()
      .flatMap(({ topics }) =>
        topics.flatMap(({ name, partitions }) =>
          partitions.map(({ id, error, offset }) => [`${name} ${id}`, { error, offset }] as const),
        ),
      ),
  )
}

/** Every topic is among those told only to who may see them all, and no answer says whether that is so. */
export function topicListing(items: readonly Topic[], seesAll: boolean | undefined): Listing<Topic> {
  if (seesAll === true) return { items, complete: true }
  return { items, complete: false, reason: 'topics that the principal may not describe are not shown' }
}
