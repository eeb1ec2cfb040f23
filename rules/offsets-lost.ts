import type { ClusterFacts } from '../src/model/cluster.ts'
import { resetOf, tellReset } from '../src/rule/consumption.ts'
import type { Finding } from '../src/rule/finding.ts'
import {
  aboutGroup,
  type ClaimedGroup,
  claimedGroups,
  offsetsOf,
  type Progress,
  progressOf,
  readersOf,
  tellMessages,
  tellPartitions,
} from '../src/rule/group-claims.ts'
import { byKey } from '../src/rule/joins.ts'
import { defineRule } from '../src/rule/rule.ts'
import { complete, offsets, stagedCluster, stagedTopic } from '../src/rule/staged.ts'
import { stagedConsumer } from '../src/rule/staged-project.ts'

export default defineRule({
  id: 'offsets-lost',
  summary: 'a committed offset points to messages that are no longer there, or not yet',
  severities: ['error'],
  needs: ['settings', 'cluster.groups', 'cluster.offsets'],
  why: 'Below the start of the log, the messages between were deleted before the group read them. Beyond its end, the log was cut after an unclean election, or the topic was deleted and made anew. Either way the next fetch is out of range, and the reset policy decides what is read next.',
  fix: 'Decide where the group is to go on, and set its offsets there while it is stopped.',
  ignoreWhen: 'the group is meant to lose what it does not read in time.',
  references: [
    'https://kafka.apache.org/documentation/#topicconfigs_retention.ms',
    'https://kafka.apache.org/documentation/#consumerconfigs_auto.offset.reset',
    'KIP-320: detecting log truncation',
  ],
  examples: {
    bad: stagedConsumer(),
    good: stagedConsumer(),
    cluster: {
      bad: {
        says: 'group `billing` committed 90 in `orders`, whose first message is now 95.',
        cluster: stagedCluster({ topics: complete([stagedTopic('orders', { partition: { offsets: offsets(95, 100) } })]) }),
      },
      good: { says: 'group `billing` committed 90 in `orders`, which has messages 0 to 99.', cluster: stagedCluster() },
    },
  },
  *check(facts) {
    const { cluster } = facts
    if (!cluster) return
    for (const claimed of claimedGroups(facts, cluster)) yield* judge(claimed, cluster)
  },
})

function* judge(claimed: ClaimedGroup, cluster: ClusterFacts) {
  const committed = yield* offsetsOf(claimed)
  if (!committed) return
  for (const [topic, progress] of byKey(progressOf(cluster, committed), (one) => one.topic)) {
    const deleted = progress.filter((one) => gapOf(one) > 0)
    if (deleted.length > 0) yield deletedUnread(claimed, topic, deleted)
    const beyond = progress.filter(({ partition, committed: at }) => known(partition.offsets, (o) => at > o.highWatermark))
    if (beyond.length > 0) yield beyondEnd(claimed, topic, beyond)
  }
}

function known<T>(asked: { readonly state: string; readonly value?: T }, holds: (value: T) => boolean): boolean {
  return asked.state === 'known' && holds(asked.value as T)
}

/** Messages that were deleted between the group and the start of the log. */
function gapOf({ partition, committed }: Progress): number {
  return partition.offsets.state === 'known' ? partition.offsets.value.start - committed : 0
}

function deletedUnread(claimed: ClaimedGroup, topic: string, of: readonly Progress[]): Finding {
  const lost = of.reduce((sum, one) => sum + gapOf(one), 0)
  const readers = readersOf(claimed, topic)
  return aboutGroup(claimed, {
    severity: 'error',
    message: `group \`${claimed.group.id}\` has lost ${tellMessages(lost)} of \`${topic}\`: its offsets in ${tellPartitions(of.map((p) => p.partition.id))} lie before the start of the log`,
    why: `They were deleted before the group read them. ${readers.map(tellReset).join(' ')}`.trim(),
    fix: readers.some((reader) => resetOf(reader) === 'latest')
      ? `Stop the group and move it to the start of what is left: kafka-consumer-groups.sh --group ${claimed.group.id} --topic ${topic} --reset-offsets --to-earliest --execute; then keep messages longer (retention.ms).`
      : 'Keep messages longer than the group may lag or be down (retention.ms).',
    key: `${topic} deleted`,
  })
}

function beyondEnd(claimed: ClaimedGroup, topic: string, of: readonly Progress[]): Finding {
  return aboutGroup(claimed, {
    severity: 'error',
    message: `group \`${claimed.group.id}\` has committed beyond the end of \`${topic}\` in ${tellPartitions(of.map((p) => p.partition.id))}`,
    why: `The log was cut by an unclean election, or the topic was deleted and made anew: offsets of the old one mean nothing in the new one. ${readersOf(claimed, topic).map(tellReset).join(' ')}`.trim(),
    fix: `Find out which of the two it was, then stop the group and set its offsets: kafka-consumer-groups.sh --group ${claimed.group.id} --topic ${topic} --reset-offsets --to-earliest --execute.`,
    key: `${topic} beyond`,
  })
}
