import type { Asked, Group, PartitionOffsets, Topic } from '../../model/cluster.ts'
import type { Reached } from './reached.ts'
import { type Led, ledPartitions, offsetsAt } from './topics.ts'

const HOUR = 3_600_000

/** How far ahead retention is asked for, in milliseconds. */
const HORIZONS = [HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR]

/**
 * In the partitions that a group of the project lags in: which offsets pass out of retention within each horizon. A record is deleted once
 * it is older than `retention.ms`, so those of the next hour are the ones older than that less an hour; one batched question for each horizon.
 */
export async function addExpiring(
  topics: readonly Topic[],
  groups: readonly Group[],
  reached: Reached,
  now: number,
): Promise<readonly Topic[]> {
  const retention = new Map(topics.flatMap((topic) => retentionOf(topic)))
  const lagging = laggingPartitions(topics, groups)
  const asked = ledPartitions(topics).filter(
    ({ topic, partition }) => retention.has(topic) && lagging.has(`${topic} ${partition}`),
  )
  if (asked.length === 0) return topics
  const found = await Promise.all(HORIZONS.map((within) => below(asked, retention, within, reached, now, topics)))
  return topics.map((topic) => ({
    ...topic,
    partitions: topic.partitions.map((partition) => {
      const expiring = HORIZONS.flatMap((within, i) => {
        const offset = found[i]?.get(`${topic.name} ${partition.id}`)
        return offset === undefined ? [] : [{ within, below: offset }]
      })
      return expiring.length === 0 ? partition : { ...partition, expiring }
    }),
  }))
}

/** A topic whose records are deleted by age. */
function retentionOf({ name, configs }: Topic): [string, number][] {
  if (configs.state !== 'known') return []
  const ms = Number(configs.value['retention.ms']?.value ?? -1)
  const deletes = (configs.value['cleanup.policy']?.value ?? 'delete').includes('delete')
  return deletes && ms >= 0 ? [[name, ms]] : []
}

function laggingPartitions(topics: readonly Topic[], groups: readonly Group[]): ReadonlySet<string> {
  const ends = new Map<string, number>(
    topics.flatMap(({ name, partitions }) =>
      partitions.flatMap(({ id, offsets }) =>
        offsets.state === 'known' ? [[`${name} ${id}`, offsets.value.highWatermark] as const] : [],
      ),
    ),
  )
  return new Set(
    groups
      .filter(({ named }) => named)
      .flatMap(({ offsets }) => (offsets.state === 'known' ? offsets.value : []))
      .filter(({ topic, partition, offset }) => offset < (ends.get(`${topic} ${partition}`) ?? 0))
      .map(({ topic, partition }) => `${topic} ${partition}`),
  )
}

async function below(
  asked: readonly Led[],
  retention: ReadonlyMap<string, number>,
  within: number,
  reached: Reached,
  now: number,
  topics: readonly Topic[],
): Promise<ReadonlyMap<string, number>> {
  const answers = await offsetsAt(asked, reached, ({ topic }) => Math.max(0, now + within - (retention.get(topic) ?? 0)), 0)
  const ends = new Map<string, Asked<PartitionOffsets>>(
    topics.flatMap(({ name, partitions }) => partitions.map(({ id, offsets }) => [`${name} ${id}`, offsets] as const)),
  )
  const found = new Map<string, number>()
  for (const [key, { error, offset }] of answers) {
    const end = ends.get(key)
    if (error !== 0 || end?.state !== 'known') continue
    // no record is that young: all of them go
    found.set(key, offset < 0 ? end.value.highWatermark : offset)
  }
  return found
}
