import type { ClusterFacts } from '../src/model/cluster.ts'
import { brokerSetting, whyNot } from '../src/rule/cluster.ts'
import { tellReset } from '../src/rule/consumption.ts'
import { type Finding, notEvaluated } from '../src/rule/finding.ts'
import { aboutGroup, type ClaimedGroup, claimedGroups, groupSubject } from '../src/rule/group-claims.ts'
import { tellMoment, tellSpan } from '../src/rule/moment.ts'
import { defineRule } from '../src/rule/rule.ts'
import { complete, configs, stagedBroker, stagedCluster, stagedGroup } from '../src/rule/staged.ts'
import { stagedConsumer } from '../src/rule/staged-project.ts'

const KEY = 'offsets.retention.minutes'
const MINUTE = 60_000
const DAY = 86_400_000

/**
 * A group whose offsets outlive its last member by no more than this is lost before anyone is at work again. Kafka before 2.0 kept them for a
 * day by default, which is why 2.0 raised it to seven (KIP-186).
 */
const TOO_SHORT = DAY

const empty = stagedGroup('billing', { description: { state: 'known', value: { state: 'Empty', assignor: '', members: [] } } })
const brokers = (minutes: string) => [1, 2, 3].map((id) => stagedBroker(id, { configs: configs({ [KEY]: minutes }) }))

export default defineRule({
  id: 'offsets-expire',
  summary: 'the offsets of a stopped group will be deleted before it is back',
  severities: ['warning'],
  needs: ['settings', 'cluster.configs', 'cluster.groups'],
  why: 'A group without members keeps its offsets for offsets.retention.minutes. Then they are deleted, and when its consumers come back the reset policy decides: with latest they skip what came meanwhile, with earliest they read everything again.',
  fix: 'Keep offsets for longer than any consumer may be down.',
  ignoreWhen: 'the group is gone for good.',
  references: [
    'https://kafka.apache.org/documentation/#brokerconfigs_offsets.retention.minutes',
    'KIP-186: increase offsets retention default to 7 days',
    'KIP-211: revise expiration semantics of consumer group offsets',
  ],
  examples: {
    bad: stagedConsumer(),
    good: stagedConsumer(),
    cluster: {
      bad: {
        says: 'group `billing` is empty, and offsets.retention.minutes is 60.',
        cluster: stagedCluster({ brokers: brokers('60'), groups: complete([empty]) }),
      },
      good: {
        says: 'group `billing` is empty, and offsets.retention.minutes is 10080.',
        cluster: stagedCluster({ brokers: brokers('10080'), groups: complete([empty]) }),
      },
    },
  },
  *check(facts) {
    const { cluster } = facts
    if (!cluster || cluster.brokers.length === 0) return
    const minutes = brokerSetting(cluster, KEY)
    for (const claimed of claimedGroups(facts, cluster)) {
      if (!expires(claimed)) continue
      const { id } = claimed.group
      if (minutes.state !== 'known')
        yield notEvaluated(groupSubject(id), 'cluster.configs', `how long offsets are kept is unknown: ${whyNot(minutes)}`)
      else yield* judge(claimed, cluster, Number(minutes.value) * MINUTE)
    }
  },
})

/** Offsets without a member, and so on the way to be deleted; or a downtime that is planned for. */
function expires({ group, claims }: ClaimedGroup): boolean {
  return isEmpty(group) || claims.some(({ client }) => client.intent?.downtime !== undefined)
}

function isEmpty({ description, offsets }: ClaimedGroup['group']): boolean {
  if (description.state !== 'known' || description.value.members.length > 0) return false
  return offsets.state === 'known' && offsets.value.length > 0
}

function* judge(claimed: ClaimedGroup, cluster: ClusterFacts, kept: number): Generator<Finding> {
  const downtime = Math.max(0, ...claimed.claims.map(({ client }) => client.intent?.downtime ?? 0))
  if (downtime > kept) yield shorterThanDowntime(claimed, kept, downtime)
  else if (isEmpty(claimed.group) && kept <= TOO_SHORT) yield soonGone(claimed, cluster, kept)
}

const consequence = ({ claims }: ClaimedGroup) => claims.map(({ client }) => tellReset(client)).join(' ')

function shorterThanDowntime(claimed: ClaimedGroup, kept: number, downtime: number): Finding {
  return aboutGroup(claimed, {
    severity: 'warning',
    message: `group \`${claimed.group.id}\` may be down for ${tellSpan(downtime)}, and the cluster keeps its offsets for ${tellSpan(kept)}`,
    why: `After a planned stop its offsets are gone. ${consequence(claimed)}`,
    fix: `Set \`${KEY}=${Math.ceil(downtime / MINUTE) * 2}\` on the brokers, or state a shorter downtime in semcheck.yaml.`,
    key: 'downtime',
  })
}

function soonGone(claimed: ClaimedGroup, { takenAt }: ClusterFacts, kept: number): Finding {
  return aboutGroup(claimed, {
    severity: 'warning',
    message: `group \`${claimed.group.id}\` is empty and loses its offsets by ${tellMoment(takenAt + kept)} at the latest: the cluster keeps them for ${tellSpan(kept)}`,
    why: `The time counts from when the last member left, which no answer tells, so it may be much sooner. ${consequence(claimed)}`,
    fix: `Start its consumers before that, and set \`${KEY}=10080\` (a week) or more on the brokers.`,
    key: 'expires',
  })
}
