import type { ClusterFacts } from '../src/model/cluster.ts'
import { topicNamed, topicSetting } from '../src/rule/cluster.ts'
import { type Finding, notEvaluated } from '../src/rule/finding.ts'
import {
  aboutGroup,
  type ClaimedGroup,
  claimedGroups,
  offsetsOf,
  type Progress,
  progressOf,
  tellMessages,
  tellPartitions,
} from '../src/rule/group-claims.ts'
import { byKey } from '../src/rule/joins.ts'
import { tellSpan } from '../src/rule/moment.ts'
import { defineRule } from '../src/rule/rule.ts'
import { complete, stagedCluster, stagedGroup, stagedTopic } from '../src/rule/staged.ts'
import { stagedConsumer } from '../src/rule/staged-project.ts'
import { topicSubject } from '../src/rule/topic-claims.ts'

const HOUR = 3_600_000
/** One shift: nobody may look before it is too late. */
const SOON = 6 * HOUR

const idle = stagedGroup('billing', { description: { state: 'known', value: { state: 'Empty', assignor: '', members: [] } } })

export default defineRule({
  id: 'retention-overtakes-lag',
  summary: 'messages will be deleted before the group has read them',
  severities: ['error', 'warning'],
  needs: ['settings', 'cluster.configs', 'cluster.groups', 'cluster.offsets'],
  why: 'Retention deletes by age, whether a message was read or not. A group that lags as far as its topic keeps messages loses the oldest ones, and nothing is logged on its side but a reset.',
  fix: 'Keep messages longer until the group has caught up, then find out why it lags.',
  ignoreWhen: 'the group is meant to lose what it does not read in time.',
  references: [
    'https://kafka.apache.org/documentation/#topicconfigs_retention.ms',
    'https://kafka.apache.org/documentation/#topicconfigs_cleanup.policy',
  ],
  examples: {
    bad: stagedConsumer(),
    good: stagedConsumer(),
    cluster: {
      bad: {
        says: 'group `billing` is empty at 90 of 100, and `orders` deletes the messages up to 95 within six hours.',
        cluster: stagedCluster({
          topics: complete([stagedTopic('orders', { partition: { expiring: [{ within: SOON, below: 95 }] } })]),
          groups: complete([idle]),
        }),
      },
      good: {
        says: 'group `billing` is at 90 of 100, and `orders` deletes the messages up to 20 within three days.',
        cluster: stagedCluster({
          topics: complete([stagedTopic('orders', { partition: { expiring: [{ within: 72 * HOUR, below: 20 }] } })]),
          groups: complete([idle]),
        }),
      },
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
    const threatened = progress.flatMap((one) => {
      const threat = threatOf(one)
      return threat ? [threat] : []
    })
    if (threatened.length > 0) yield finding(claimed, cluster, topic, threatened)
    else if (progress.some(({ partition }) => partition.expiring) && limitedBySize(cluster, topic))
      yield notEvaluated(
        topicSubject(topic),
        'cluster.configs',
        `\`${topic}\` also deletes by size (retention.bytes), and how large its partitions are is not asked`,
      )
  }
}

function limitedBySize(cluster: ClusterFacts, topic: string): boolean {
  const found = topicNamed(cluster, topic)
  const bytes = found && topicSetting(found.configs, 'retention.bytes')
  return bytes !== undefined && bytes !== '-1'
}

interface Threat {
  readonly progress: Progress
  /** Milliseconds until the first message is gone, at most. */
  readonly within: number
  /** Messages that are gone by then. */
  readonly count: number
}

/** The nearest horizon at which retention has passed the group, which is not yet past the start of the log. */
function threatOf(progress: Progress): Threat | undefined {
  const { partition, committed } = progress
  if (partition.offsets.state !== 'known' || committed < partition.offsets.value.start) return undefined
  const nearest = [...(partition.expiring ?? [])].sort((a, b) => a.within - b.within).find(({ below }) => committed < below)
  return nearest && { progress, within: nearest.within, count: nearest.below - committed }
}

function finding(claimed: ClaimedGroup, cluster: ClusterFacts, topic: string, threats: readonly Threat[]): Finding {
  const nearest = Math.min(...threats.map(({ within }) => within))
  const first = threats.filter(({ within }) => within === nearest)
  const { id, description } = claimed.group
  const reading = description.state === 'known' && description.value.members.length > 0
  const count = first.reduce((sum, threat) => sum + threat.count, 0)
  const found = topicNamed(cluster, topic)
  const retention = Number((found && topicSetting(found.configs, 'retention.ms')) ?? Number.NaN)
  return aboutGroup(claimed, {
    // a group that reads may still catch up
    severity: nearest <= (reading ? HOUR : SOON) ? 'error' : 'warning',
    message: `group \`${id}\` loses ${tellMessages(count)} of \`${topic}\` within ${tellSpan(nearest)} unless it reads them: retention reaches it in ${tellPartitions(first.map(({ progress }) => progress.partition.id))}`,
    why: `${Number.isNaN(retention) ? 'The topic' : `The topic keeps messages for ${tellSpan(retention)} and`} deletes what is older whether it was read or not. ${reading ? 'The group is reading, and may catch up or not.' : `Nobody is reading: the group is ${description.state === 'known' ? description.value.state : 'not described'}.`}`,
    fix: `Keep them longer at once: kafka-configs.sh --alter --entity-type topics --entity-name ${topic} --add-config retention.ms=${Number.isNaN(retention) ? '<longer>' : retention * 2}; then let the group catch up.`,
    key: topic,
  })
}
