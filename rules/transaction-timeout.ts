import type { ClusterFacts } from '../src/model/cluster.ts'
import type { Client, Variant } from '../src/model/facts.ts'
import type { Judgement } from '../src/rule/across.ts'
import { answerOf, belongs, brokerSetting } from '../src/rule/cluster.ts'
import { decide, leastConfidence } from '../src/rule/decide.ts'
import type { Confidence } from '../src/rule/finding.ts'
import { judgeClients, judgeProblems } from '../src/rule/judge.ts'
import { tellSpan } from '../src/rule/moment.ts'
import { isRefused, refuses } from '../src/rule/problems.ts'
import { aboutSetting, sentence, tellDecided, tellProblem } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { writeSetting } from '../src/rule/spelling.ts'
import { isGiven, transactionalId } from '../src/rule/transactional.ts'

/** transaction.max.timeout.ms, the broker's default since 0.11. */
const BROKER_MAXIMUM_MS = 900_000

export default defineRule({
  id: 'transaction-timeout',
  summary: 'the transaction timeout is more than the broker allows, or less than the client itself needs',
  severities: ['error', 'warning'],
  needs: ['settings', 'version', 'cluster.configs'],
  why: 'A broker refuses a transactional producer whose timeout exceeds its transaction.max.timeout.ms, 15 minutes by default; with a cluster, its own is asked. And a client that may take longer to deliver a record than its transaction may last is refused by some libraries, and loses the transaction in the others.',
  fix: "Keep transaction.timeout.ms between the delivery timeout and the broker's maximum.",
  ignoreWhen: "the cluster's transaction.max.timeout.ms is raised.",
  references: [
    'https://kafka.apache.org/documentation/#producerconfigs_transaction.timeout.ms',
    'https://kafka.apache.org/documentation/#brokerconfigs_transaction.max.timeout.ms',
    'https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': 'orders-0',
    'transaction.timeout.ms': 3600000,
})
producer.init_transactions()
`,
    },
    good: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': 'orders-0',
    'transaction.timeout.ms': 120000,
})
producer.init_transactions()
`,
    },
  },
  *check(facts) {
    const producers = facts.clients.filter((c) => c.role === 'producer')
    yield* judgeProblems(producers, 'transaction-timeout', (_client, variant, problem) => ({
      severity: isRefused(problem) ? 'error' : 'warning',
      message: tellProblem(variant, problem),
      why: problem.why ?? `${variant.title} does not start a transactional producer with this.`,
      fix: sentence(problem.fix),
    }))
    yield* judgeClients(producers, (client, variant) => aboveMaximum(client, variant, maximumFor(client, facts.cluster)))
  },
})

interface Maximum {
  readonly milliseconds: number
  readonly confidence: Confidence
  /** A broker told it; else it is the default. */
  readonly told: boolean
}

/** What the client's own cluster allows, where its brokers agree on it. */
function maximumFor(client: Client, cluster: ClusterFacts | undefined): Maximum {
  const confidence = cluster && belongs(client, cluster)
  const told = cluster && confidence ? answerOf(brokerSetting(cluster, 'transaction.max.timeout.ms')) : undefined
  if (told !== undefined && confidence) return { milliseconds: Number(told), confidence, told: true }
  // the broker's own limit is not in any file that was read
  return { milliseconds: BROKER_MAXIMUM_MS, confidence: 'medium', told: false }
}

function aboveMaximum(client: Client, variant: Variant, maximum: Maximum): Judgement {
  const { milliseconds, confidence, told } = maximum
  const effective = setting(variant, 'transaction.timeout.ms')
  const decision = decide(effective, (value) => Number(value) > milliseconds)
  if (!effective || !variant.capabilities.transactions || !isGiven(transactionalId(variant))) return undefined
  if (decision.kind === 'undecided') return { undecided: decision.reason, need: 'settings' }
  if (decision.kind === 'clear' || refuses(variant, effective.key)) return undefined
  const allowed = told
    ? `the ${milliseconds} ms (${tellSpan(milliseconds)}) that the brokers allow (transaction.max.timeout.ms)`
    : 'the 900000 ms (15 min) that brokers allow by default'
  return aboutSetting(client, effective, {
    severity: 'error',
    confidence: leastConfidence(confidence, decision.confidence),
    message: `${tellDecided(client, variant, effective, decision)} ms, above ${allowed}`,
    why: told
      ? "The brokers answer the producer's first call with INVALID_TRANSACTION_TIMEOUT, and it never writes."
      : "Unless the brokers' transaction.max.timeout.ms is raised, they answer the producer's first call with INVALID_TRANSACTION_TIMEOUT and it never writes. Where it is raised, a producer that dies keeps read_committed consumers waiting that long.",
    fix: `Set \`${writeSetting(client, variant, effective.key, milliseconds, effective)}\` or less.`,
  })
}
