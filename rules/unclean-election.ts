import type { ConfigValue } from '../src/model/cluster.ts'
import { whyNot } from '../src/rule/cluster.ts'
import { notEvaluated } from '../src/rule/finding.ts'
import { defineRule } from '../src/rule/rule.ts'
import { complete, configs, stagedCluster, stagedTopic } from '../src/rule/staged.ts'
import { STAGED_PRODUCER } from '../src/rule/staged-project.ts'
import {
  aboutTopic,
  type ClaimedTopic,
  claimedTopics,
  replicated,
  topicSubject,
  whereServiceDecides,
} from '../src/rule/topic-claims.ts'

const KEY = 'unclean.leader.election.enable'

export default defineRule({
  id: 'unclean-election',
  summary: 'a replica that lacks confirmed messages may become leader',
  severities: ['error'],
  needs: ['topics', 'cluster.metadata', 'cluster.configs'],
  why: 'With unclean.leader.election.enable=true, when no replica in sync is left, one that is behind becomes leader, and every message that it lacks is cut from the log, though it was confirmed to its producer. Consumers that had read further find their offsets beyond the end.',
  fix: 'Turn it off, and start the brokers that are in sync instead.',
  ignoreWhen: 'being able to write counts for more than what was written, as for metrics.',
  references: [
    'https://kafka.apache.org/documentation/#topicconfigs_unclean.leader.election.enable',
    'https://kafka.apache.org/documentation/#design_uncleanleader',
    'KIP-106: unclean leader election is off by default',
  ],
  examples: {
    bad: STAGED_PRODUCER,
    good: STAGED_PRODUCER,
    cluster: {
      bad: {
        says: '`orders` has unclean.leader.election.enable=true.',
        cluster: stagedCluster({
          topics: complete([stagedTopic('orders', { configs: configs({ [KEY]: 'true', 'min.insync.replicas': '2' }, 'topic') })]),
        }),
      },
      good: {
        says: '`orders` has unclean.leader.election.enable=false.',
        cluster: stagedCluster({ topics: complete([stagedTopic('orders')]) }),
      },
    },
  },
  *check(facts) {
    const { cluster } = facts
    if (!cluster) return
    const topics = claimedTopics(facts, cluster)
    if (!replicated(cluster)) {
      yield* whereServiceDecides(topics, cluster)
      return
    }
    for (const claimed of topics) {
      const { name, configs: told, partitions } = claimed.topic
      // with one replica there is nobody else to elect
      if (partitions.every(({ replicas }) => replicas.length === 1)) continue
      const value = told.state === 'known' ? told.value[KEY] : undefined
      if (value?.value === 'true') yield finding(claimed, value)
      else if (!value)
        yield notEvaluated(topicSubject(name), 'cluster.configs', `${KEY} of \`${name}\` is unknown: ${whyNot(told)}`)
    }
  },
})

function finding(claimed: ClaimedTopic, { source }: ConfigValue) {
  const { name } = claimed.topic
  const own = source === 'topic'
  return aboutTopic(claimed, {
    severity: 'error',
    message: own
      ? `\`${name}\` lets a replica that is behind become leader: \`${KEY}\` is true`
      : `\`${name}\` lets a replica that is behind become leader: it takes \`${KEY}=true\` from the brokers`,
    why: 'When the replicas in sync are down, one that lacks confirmed messages takes over and they are gone for good; consumers then reset, and skip or repeat.',
    fix: own
      ? `Run kafka-configs.sh --alter --entity-type topics --entity-name ${name} --add-config ${KEY}=false.`
      : `Set ${KEY}=false on the brokers, or on the topic: kafka-configs.sh --alter --entity-type topics --entity-name ${name} --add-config ${KEY}=false.`,
    key: KEY,
  })
}
