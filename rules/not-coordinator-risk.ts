import { addressRisks } from '../src/rule/broker-addresses.ts'
import { coordinatedBy } from '../src/rule/coordinated.ts'
import { coordinatorAnswers } from '../src/rule/coordinator-answers.ts'
import { internalTopicRisks } from '../src/rule/internal-topics.ts'
import { defineRule } from '../src/rule/rule.ts'
import { complete, configs, stagedCluster, stagedTopic } from '../src/rule/staged.ts'
import { stagedConsumer } from '../src/rule/staged-project.ts'

export default defineRule({
  id: 'not-coordinator-risk',
  summary: 'the coordinator of a group or transactional id cannot answer, or soon will not',
  severities: ['error', 'warning'],
  needs: ['settings', 'cluster.metadata', 'cluster.configs', 'cluster.groups', 'cluster.transactions'],
  why: 'Every group and every transactional id has one coordinator: the broker that leads its partition of an internal topic. Where that partition has no leader, too few in-sync replicas, or an address that leads elsewhere, clients meet NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE or COORDINATOR_LOAD_IN_PROGRESS: they commit nothing and begin no transaction, and what they do meanwhile is done again.',
  fix: 'Keep the internal topics at three replicas with a minimum of two in sync, and let every broker advertise an address of its own that its clients reach.',
  ignoreWhen: 'the cluster is for development and may stop when its one broker does.',
  references: [
    'https://kafka.apache.org/documentation/#brokerconfigs_offsets.topic.replication.factor',
    'https://kafka.apache.org/documentation/#brokerconfigs_transaction.state.log.min.isr',
    'https://kafka.apache.org/documentation/#brokerconfigs_advertised.listeners',
    'KIP-98: exactly once delivery',
  ],
  examples: {
    bad: stagedConsumer(),
    good: stagedConsumer(),
    cluster: {
      bad: {
        says: '`__consumer_offsets` has one replica, and min.insync.replicas of the brokers, which it inherits, is 2.',
        cluster: stagedCluster({
          topics: complete([
            stagedTopic('orders'),
            stagedTopic('__consumer_offsets', {
              internal: true,
              configs: configs({ 'min.insync.replicas': '2' }),
              partition: { leader: 1, replicas: [1], isr: [1] },
            }),
          ]),
        }),
      },
      good: { says: '`__consumer_offsets` has three replicas in sync and needs two.', cluster: stagedCluster() },
    },
  },
  *check(facts) {
    const { cluster } = facts
    if (!cluster || cluster.brokers.length === 0) return
    const kinds = coordinatedBy(facts)
    if (kinds.length === 0) return
    yield* addressRisks(cluster, kinds)
    for (const coordinated of kinds) {
      yield* internalTopicRisks(cluster, coordinated)
      yield* coordinatorAnswers(cluster, coordinated)
    }
  },
})
