import type { Partition } from '../src/model/cluster.ts'
import type { Client } from '../src/model/facts.ts'
import { isOnline, topicSetting, whyNot } from '../src/rule/cluster.ts'
import { decide } from '../src/rule/decide.ts'
import { type Finding, notEvaluated } from '../src/rule/finding.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { complete, configs, stagedCluster, stagedTopic } from '../src/rule/staged.ts'
import { STAGED_PRODUCER } from '../src/rule/staged-project.ts'
import {
  aboutTopic,
  type ClaimedTopic,
  claimedTopics,
  replicated,
  topicSubject,
  unseenTopics,
  whereServiceDecides,
} from '../src/rule/topic-claims.ts'

export default defineRule({
  id: 'replication-below-acks',
  summary: 'a topic has too few replicas for what its clients are told is safe',
  severities: ['error', 'warning'],
  needs: ['settings', 'topics', 'cluster.metadata', 'cluster.configs'],
  why: 'acks=all waits for the replicas that are in sync at that moment, and min.insync.replicas says how many there have to be. With one replica, or a minimum of one, "all" can be the leader alone, and what it confirmed is lost with it; with a minimum that equals the replicas, no broker can be restarted without stopping every write.',
  fix: 'Keep three replicas and min.insync.replicas=2 on every topic whose messages count.',
  ignoreWhen: 'the topic can be made again from elsewhere, or the cluster is for development.',
  references: [
    'https://kafka.apache.org/documentation/#topicconfigs_min.insync.replicas',
    'https://kafka.apache.org/documentation/#replication',
    'KIP-966: eligible leader replicas',
  ],
  examples: {
    bad: STAGED_PRODUCER,
    good: STAGED_PRODUCER,
    cluster: {
      bad: {
        says: '`orders` has three replicas and min.insync.replicas=1.',
        cluster: stagedCluster({
          topics: complete([
            stagedTopic('orders', { configs: configs({ 'min.insync.replicas': '1', 'cleanup.policy': 'delete' }) }),
          ]),
        }),
      },
      good: {
        says: '`orders` has three replicas and min.insync.replicas=2.',
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
    yield* unseenTopics(facts, cluster)
    for (const claimed of topics) {
      const minimum = topicSetting(claimed.topic.configs, 'min.insync.replicas')
      const found = gravest(claimed, minimum === undefined ? undefined : Number(minimum))
      if (found) yield found
      else if (minimum === undefined)
        yield notEvaluated(
          topicSubject(claimed.topic.name),
          'cluster.configs',
          `min.insync.replicas of \`${claimed.topic.name}\` is unknown: ${whyNot(claimed.topic.configs)}`,
        )
    }
  },
})

function gravest(claimed: ClaimedTopic, minimum: number | undefined): Finding | undefined {
  const { partitions } = claimed.topic
  const confirming = claimed.claims.filter(({ client }) => waitsForAll(client)).map(({ client }) => client)
  const offline = partitions.filter((partition) => !isOnline(partition))
  if (offline.length > 0) return withoutLeader(claimed, offline)
  if (minimum !== undefined && confirming.length > 0) {
    if (partitions.some(({ replicas }) => minimum > replicas.length)) return neverWritable(claimed, minimum)
    const under = partitions.filter(({ isr }) => isr.length < minimum)
    if (under.length > 0) return tooFewInSync(claimed, minimum, under)
  }
  const replicas = Math.min(...partitions.map((partition) => partition.replicas.length))
  if (replicas === 1) return oneReplica(claimed, confirming)
  if (minimum === undefined || confirming.length === 0) return undefined
  if (minimum === replicas) return noMargin(claimed, minimum)
  return minimum <= 1 ? leaderAlone(claimed, confirming, replicas) : undefined
}

/** A producer that certainly waits for all in-sync replicas, in every version it may be in. */
function waitsForAll(client: Client): boolean {
  if (client.role !== 'producer') return false
  return client.variants.every((variant) => {
    const decision = decide(setting(variant, 'acks'), (value) => String(value) === 'all' || String(value) === '-1')
    return decision.kind === 'met' && !decision.sometimes
  })
}

const some = (of: readonly Partition[], all: readonly Partition[]) =>
  of.length === all.length ? `all ${all.length} partitions` : `${of.length} of ${all.length} partitions`

const minimumCommand = (name: string, value: number) =>
  `kafka-configs.sh --alter --entity-type topics --entity-name ${name} --add-config min.insync.replicas=${value}`

function withoutLeader(claimed: ClaimedTopic, offline: readonly Partition[]): Finding {
  const { name, partitions } = claimed.topic
  const brokers = [...new Set(offline.flatMap(({ replicas }) => replicas))].sort((a, b) => a - b)
  return aboutTopic(claimed, {
    severity: 'error',
    message: `${some(offline, partitions)} of \`${name}\` have no leader: nobody can write or read them`,
    why: 'Every replica of them is down. What was confirmed is there again when the last one in sync comes back, and not before.',
    fix: `Start the brokers that hold them: ${brokers.join(', ')}.`,
    key: 'offline',
  })
}

function neverWritable(claimed: ClaimedTopic, minimum: number): Finding {
  const { name, partitions } = claimed.topic
  const replicas = Math.min(...partitions.map((p) => p.replicas.length))
  return aboutTopic(claimed, {
    severity: 'error',
    message: `\`${name}\` has ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} and min.insync.replicas=${minimum}: writes with acks=all always fail`,
    why: 'There can never be as many replicas in sync as the minimum asks for: each write meets NOT_ENOUGH_REPLICAS and is given up after the delivery timeout.',
    fix: `Add replicas with kafka-reassign-partitions.sh, or lower the minimum: ${minimumCommand(name, Math.max(1, replicas - 1))}.`,
    key: 'impossible',
  })
}

function tooFewInSync(claimed: ClaimedTopic, minimum: number, under: readonly Partition[]): Finding {
  const { name, partitions } = claimed.topic
  const behind = [...new Set(under.flatMap(({ replicas, isr }) => replicas.filter((id) => !isr.includes(id))))].sort(
    (a, b) => a - b,
  )
  return aboutTopic(claimed, {
    severity: 'error',
    message: `${some(under, partitions)} of \`${name}\` have fewer in-sync replicas than min.insync.replicas=${minimum}: writes with acks=all fail now`,
    why: 'Each write meets NOT_ENOUGH_REPLICAS, and what a producer gives up after its delivery timeout is lost unless the program keeps it.',
    fix: `Bring back the replicas that are behind: broker ${behind.join(', ')}.`,
    key: 'under-min-isr',
  })
}

function oneReplica(claimed: ClaimedTopic, confirming: readonly Client[]): Finding {
  const { name, partitions } = claimed.topic
  const single = partitions.filter(({ replicas }) => replicas.length === 1)
  const brokers = [...new Set(single.flatMap(({ replicas }) => replicas))].sort((a, b) => a - b)
  return aboutTopic(claimed, {
    severity: 'error',
    message: `${some(single, partitions)} of \`${name}\` have one replica: what they hold is lost with the disk of broker ${brokers.join(', ')}`,
    why:
      confirming.length > 0
        ? `${(confirming[0] as Client).name} asks for acks=all, and that is the leader alone: nothing that it is told is safe is kept a second time.`
        : 'No setting of a client can keep a message that only one broker has; while that broker restarts, nobody can write or read.',
    fix: 'Give it three replicas with kafka-reassign-partitions.sh, and min.insync.replicas=2.',
    key: 'one-replica',
  })
}

function noMargin(claimed: ClaimedTopic, minimum: number): Finding {
  const { name } = claimed.topic
  return aboutTopic(claimed, {
    severity: 'warning',
    message: `\`${name}\` has ${minimum} replicas and min.insync.replicas=${minimum}: with one broker down, writes with acks=all fail`,
    why: 'No broker can be restarted without NOT_ENOUGH_REPLICAS for every producer that waits for all, and what they give up after the delivery timeout is lost.',
    fix: `Add a replica with kafka-reassign-partitions.sh${minimum > 2 ? `, or lower the minimum: ${minimumCommand(name, minimum - 1)}` : ''}.`,
    key: 'no-margin',
  })
}

function leaderAlone(claimed: ClaimedTopic, confirming: readonly Client[], replicas: number): Finding {
  const { name } = claimed.topic
  return aboutTopic(claimed, {
    severity: 'warning',
    message: `\`${name}\` has min.insync.replicas=1: acks=all can mean the leader alone`,
    why: `When the followers fall behind, the leader confirms what only it has; if it then fails, ${(confirming[0] as Client).name} has been told that records are safe which are lost.`,
    fix: `Ask for ${replicas > 2 ? 'two' : 'two, and give it a third replica first'}: ${minimumCommand(name, 2)}.`,
    key: 'leader-alone',
  })
}
