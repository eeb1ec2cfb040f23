import { judgeProblems } from '../src/rule/judge.ts'
import { tellProblem } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { suggestFix, sureOfKey } from '../src/rule/suggest.ts'

export default defineRule({
  id: 'setting-ignored',
  summary: 'a setting has no effect where it stands',
  severities: ['warning'],
  needs: ['settings', 'version'],
  why: 'A key that nothing reads, one on the wrong side, or one that another setting overwrites looks like a decision and is none: what counts is the default that it was meant to replace.',
  fix: 'Move the setting to where the library reads it, or remove it.',
  ignoreWhen: 'the file is shared with another program that does read the key.',
  references: [
    'https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md',
    'https://docs.spring.io/spring-boot/appendix/application-properties/index.html',
    'https://kafka.apache.org/documentation/#configuration',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
    'acks': 'all',
})
consumer.subscribe(['orders'])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        charge(message.value())
        consumer.commit(message, asynchronous=False)
`,
    },
    good: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        charge(message.value())
        consumer.commit(message, asynchronous=False)
`,
    },
  },
  check: (facts) =>
    judgeProblems(facts.clients, 'setting-ignored', (client, variant, problem) => ({
      severity: 'warning',
      message: tellProblem(variant, problem),
      why: problem.why ?? WHY[problem.effect === 'replaced' ? 'replaced' : 'ignored'],
      fix: suggestFix(client, variant, problem),
      atMost: sureOfKey(client, variant, problem),
    })),
})

const WHY = {
  replaced: 'Another value takes effect than the one that is written, without an error.',
  ignored: 'The client runs as if the line were not there.',
} as const
