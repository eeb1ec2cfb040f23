import { profileById } from '../src/knowledge/profiles.ts'
import type { Capabilities, SettingProblem, Variant } from '../src/model/facts.ts'
import { judgeProblems } from '../src/rule/judge.ts'
import { isRefused } from '../src/rule/problems.ts'
import type { ProblemStatement } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'

export default defineRule({
  id: 'transactional-id-unsupported',
  summary: 'transactions, idempotence or an isolation level are asked of a library version that lacks them',
  severities: ['error'],
  needs: ['settings', 'version'],
  why: 'Exactly-once needs the client to take part. A version without transactions refuses the setting at the start, or worse takes it and does nothing: then the program runs with the guarantee that the author only believes in.',
  fix: 'Move to a version that has the feature, or remove the setting and make the handler tolerate repeats.',
  ignoreWhen:
    'the code picks its settings by the installed version, and this branch never runs with the version that the project pins.',
  references: [
    'KIP-98: exactly once delivery',
    'https://kafka-python.readthedocs.io/en/master/changelog.html',
    'https://github.com/confluentinc/librdkafka/blob/master/CHANGELOG.md',
  ],
  examples: {
    bad: {
      'requirements.txt': 'kafka-python==2.0.2\n',
      'publisher.py': `from kafka import KafkaProducer

producer = KafkaProducer(
    bootstrap_servers='kafka.example.com:9092',
    acks='all',
    retries=10,
    transactional_id='orders-0',
)
producer.send('orders', b'{}').get()
`,
    },
    good: {
      'requirements.txt': 'kafka-python==2.3.2\n',
      'publisher.py': `from kafka import KafkaProducer

producer = KafkaProducer(
    bootstrap_servers='kafka.example.com:9092',
    acks='all',
    enable_idempotence=True,
    transactional_id='orders-0',
)
producer.init_transactions()
producer.begin_transaction()
producer.send('orders', b'{}')
producer.commit_transaction()
`,
    },
  },
  check: (facts) =>
    judgeProblems(facts.clients, 'transactional-id-unsupported', (_client, variant, problem) => tell(variant, problem)),
})

function tell(variant: Variant, problem: SettingProblem): ProblemStatement {
  const feature = FEATURES[problem.key] ?? 'transactions'
  return {
    severity: 'error',
    message: `\`${problem.spelled}\` asks for ${feature}, which ${variant.title} does not have: ${problem.says}`,
    why:
      problem.why ??
      (isRefused(problem)
        ? 'The program fails as soon as it builds the client.'
        : `The program runs, but without ${feature}: nothing of what \`${problem.spelled}\` promises holds.`),
    fix: tellFix(variant, problem, feature),
  }
}

const FEATURES: Readonly<Record<string, string>> = {
  'transactional.id': 'transactions',
  'transaction.timeout.ms': 'transactions',
  'enable.idempotence': 'an idempotent producer',
  'isolation.level': 'an isolation level',
}

const CAPABILITY: Readonly<Record<string, keyof Capabilities>> = {
  'enable.idempotence': 'idempotentProducer',
  'isolation.level': 'readCommitted',
}

function tellFix(variant: Variant, { key, spelled }: SettingProblem, feature: string): string {
  const capability = CAPABILITY[key] ?? 'transactions'
  const first = profileById(variant.library)?.capabilities.find((entry) => entry.value[capability])
  const remove = `remove \`${spelled}\` and make the handlers bear repeats`
  if (first) return `Move to ${variant.libraryTitle} ${first.since} or later, or ${remove}.`
  return `No release of ${variant.libraryTitle} has ${feature}: move to a client that does, or ${remove}.`
}
