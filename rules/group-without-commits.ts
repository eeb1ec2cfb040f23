import type { ClusterFacts, CommittedOffset, Partition } from '../src/model/cluster.ts'
import { topicNamed } from '../src/rule/cluster.ts'
import { resetOf, tellReset } from '../src/rule/consumption.ts'
import type { Finding } from '../src/rule/finding.ts'
import {
  aboutGroup,
  type ClaimedGroup,
  claimedGroups,
  offsetsOf,
  readersOf,
  tellMessages,
  tellPartitions,
} from '../src/rule/group-claims.ts'
import { defineRule } from '../src/rule/rule.ts'
import { complete, stagedCluster, stagedGroup } from '../src/rule/staged.ts'
import { stagedConsumer } from '../src/rule/staged-project.ts'

export default defineRule({
  id: 'group-without-commits',
  summary: 'a group has no offset in some partitions, and would skip what is in them',
  severities: ['warning'],
  needs: ['settings', 'topics', 'cluster.groups', 'cluster.offsets'],
  why: 'Where a group has no committed offset, the reset policy decides where it starts. That is so for partitions that were added after the group began: with latest, what was written to them before the group noticed is never read.',
  fix: 'Reset to earliest, or set the offsets of these partitions by hand while the group is stopped.',
  ignoreWhen: 'the group wants new messages only.',
  references: [
    'https://kafka.apache.org/documentation/#consumerconfigs_auto.offset.reset',
    'https://kafka.apache.org/documentation/#basic_ops_modify_topic',
  ],
  examples: {
    bad: stagedConsumer('latest'),
    good: stagedConsumer('earliest'),
    cluster: {
      bad: {
        says: 'group `billing` has committed in partitions 0 and 1 of `orders`, and not in partition 2, which holds 100 messages.',
        cluster: stagedCluster({ groups: complete([withoutLast()]) }),
      },
      good: { says: 'the same.', cluster: stagedCluster({ groups: complete([withoutLast()]) }) },
    },
  },
  *check(facts) {
    const { cluster } = facts
    if (!cluster) return
    for (const claimed of claimedGroups(facts, cluster)) yield* judge(claimed, cluster)
  },
})

function withoutLast() {
  return stagedGroup('billing', {
    offsets: { state: 'known', value: [0, 1].map((partition) => ({ topic: 'orders', partition, offset: 90 })) },
  })
}

function* judge(claimed: ClaimedGroup, cluster: ClusterFacts) {
  const committed = yield* offsetsOf(claimed)
  if (!committed) return
  for (const topic of topicsRead(claimed)) {
    const partitions = topicNamed(cluster, topic)?.partitions ?? []
    const without = uncommitted(claimed, topic, partitions, committed)
    const found = without.length > 0 ? finding(claimed, topic, without, partitions.length) : undefined
    if (found) yield found
  }
}

function topicsRead({ claims }: ClaimedGroup): readonly string[] {
  const names = claims.flatMap(({ client }) =>
    client.topics.kind === 'known' && client.usage !== 'assigns' ? client.topics.names : [],
  )
  return [...new Set(names)].sort()
}

/**
 * Partitions with messages and no offset, in a topic that the group reads: it has committed in others of the topic, or a member of it is given
 * the partition now. A group that never started is the affair of the reset policy alone.
 */
function uncommitted(
  { group }: ClaimedGroup,
  topic: string,
  partitions: readonly Partition[],
  committed: readonly CommittedOffset[],
): readonly Partition[] {
  const done = new Set(committed.filter((one) => one.topic === topic).map(({ partition }) => partition))
  const members = group.description.state === 'known' ? group.description.value.members : []
  const given = new Set(
    members.flatMap(({ assigned }) => (assigned ?? []).filter((a) => a.topic === topic).flatMap((a) => a.partitions)),
  )
  return partitions.filter((partition) => {
    if (done.has(partition.id) || (done.size === 0 && !given.has(partition.id))) return false
    return partition.offsets.state === 'known' && partition.offsets.value.highWatermark > partition.offsets.value.start
  })
}

function finding(claimed: ClaimedGroup, topic: string, without: readonly Partition[], all: number): Finding | undefined {
  const skipping = readersOf(claimed, topic).filter((client) => resetOf(client) === 'latest')
  if (skipping.length === 0) return undefined
  const messages = without.reduce(
    (sum, { offsets }) => sum + (offsets.state === 'known' ? offsets.value.highWatermark - offsets.value.start : 0),
    0,
  )
  const { id } = claimed.group
  return aboutGroup(claimed, {
    severity: 'warning',
    message: `group \`${id}\` has no committed offset in ${tellPartitions(without.map((p) => p.id))} of ${all} of \`${topic}\`, which ${without.length === 1 ? 'holds' : 'hold'} ${tellMessages(messages)}`,
    why: `${skipping.map(tellReset).join(' ')} That is so in each partition without an offset: when they were added later, or when a member died before its first commit there.`,
    fix: `Set \`auto.offset.reset\` to earliest, or while the group is stopped: kafka-consumer-groups.sh --group ${id} --topic ${topic}:${without.map((p) => p.id).join(',')} --reset-offsets --to-earliest --execute.`,
    key: topic,
  })
}
