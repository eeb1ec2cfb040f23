import { judgeProblems } from '../src/rule/judge.ts'
import { isRefused } from '../src/rule/problems.ts'
import { sentence, tellProblem } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'

export default defineRule({
  id: 'transactional-id-incomplete',
  summary: 'a transactional producer has settings that transactions do not go with',
  severities: ['error'],
  needs: ['settings', 'version'],
  why: 'Transactions build on idempotence, acknowledgement by all in-sync replicas, retries, and a bound on requests in flight. Which of these a client sets by itself and which it refuses differs by library and version.',
  fix: 'Leave the settings that transactions need to the client, or give them the values it asks for.',
  ignoreWhen: 'never: the client refuses to start, or its transactions guarantee nothing.',
  references: [
    'KIP-98: exactly once delivery',
    'https://kafka.apache.org/documentation/#producerconfigs_transactional.id',
    'https://github.com/confluentinc/librdkafka/blob/master/INTRODUCTION.md#transactional-producer',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': 'orders-0',
    'enable.idempotence': False,
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
})
producer.init_transactions()
`,
    },
  },
  check: (facts) =>
    judgeProblems(facts.clients, 'transactional-id-incomplete', (_client, variant, problem) => ({
      severity: 'error',
      message: tellProblem(variant, problem),
      why:
        problem.why ??
        (isRefused(problem)
          ? `${variant.title} does not start a transactional producer with this.`
          : `${variant.title} starts, but its transactions do not hold what they promise.`),
      fix: sentence(problem.fix),
    })),
})
