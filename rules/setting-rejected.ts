import { judgeProblems } from '../src/rule/judge.ts'
import { tellProblem } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { suggestFix, sureOfKey } from '../src/rule/suggest.ts'

export default defineRule({
  id: 'setting-rejected',
  summary: 'the library version in use refuses a setting, so that the client does not start',
  severities: ['error'],
  needs: ['settings', 'version'],
  why: 'Clients check their options when they are built or started: a key they do not know, a value of the wrong type, a combination that contradicts itself. What was right for one version or library is refused by another, often only in the environment where it is first built anew.',
  fix: 'Spell the setting as this version does, or remove it.',
  ignoreWhen: 'the branch never runs with the version that the project pins.',
  references: [
    'https://kafka.apache.org/documentation/#configuration',
    'https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md',
    'https://kafka-python.readthedocs.io/en/master/apidoc/modules.html',
  ],
  examples: {
    bad: {
      'requirements.txt': 'kafka-python==2.0.2\n',
      'worker.py': `from kafka import KafkaConsumer

consumer = KafkaConsumer(
    'orders',
    bootstrap_servers='kafka.example.com:9092',
    group_id='billing',
    enable_auto_commit=False,
    auto_offset_reset='earliest',
    max_poll_record=100,
)
for message in consumer:
    charge(message.value)
    consumer.commit()
`,
    },
    good: {
      'requirements.txt': 'kafka-python==2.0.2\n',
      'worker.py': `from kafka import KafkaConsumer

consumer = KafkaConsumer(
    'orders',
    bootstrap_servers='kafka.example.com:9092',
    group_id='billing',
    enable_auto_commit=False,
    auto_offset_reset='earliest',
    max_poll_records=100,
)
for message in consumer:
    charge(message.value)
    consumer.commit()
`,
    },
  },
  check: (facts) =>
    judgeProblems(facts.clients, 'setting-rejected', (client, variant, problem) => ({
      severity: 'error',
      message: tellProblem(variant, problem),
      why:
        problem.why ??
        (problem.effect === 'raises'
          ? 'The program fails as soon as it builds the client.'
          : 'The client is built, and fails when it starts or is first used.'),
      fix: suggestFix(client, variant, problem),
      atMost: sureOfKey(client, variant, problem),
    })),
})
