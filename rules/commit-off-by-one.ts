import { aboutStep, commits, handledBy, oncePerPlace } from '../src/rule/handled.ts'
import { defineRule } from '../src/rule/rule.ts'

const committing = (offset: string) => ({
  'requirements.txt': 'kafka-python==2.2.15\nrequests==2.32.3\n',
  'worker.py': `import requests
from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition

consumer = KafkaConsumer(
    'orders',
    bootstrap_servers='kafka.example.com:9092',
    group_id='billing',
    auto_offset_reset='earliest',
    enable_auto_commit=False,
)
for message in consumer:
    requests.put('https://pay.example.com/charges/1', data=message.value, timeout=5)
    consumer.commit({TopicPartition('orders', 0): OffsetAndMetadata(${offset}, '')})
`,
})

export default defineRule({
  id: 'commit-off-by-one',
  summary: "the committed offset is the message's own, not the next one's",
  severities: ['warning'],
  needs: ['handler'],
  why: 'A committed offset is where reading goes on. With the own offset of the last message, that message is delivered again at every restart and rebalance, and the lag never falls to zero.',
  fix: 'Commit the offset of the message plus one.',
  ignoreWhen: 'the last message is meant to be read again.',
  references: [
    'https://kafka-python.readthedocs.io/en/master/apidoc/KafkaConsumer.html',
    'https://kafka.apache.org/documentation/#semantics',
  ],
  examples: { bad: committing('message.offset'), good: committing('message.offset + 1') },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      const own = handled.ways.flatMap(({ steps }) =>
        steps.filter(({ step }) => (step.kind === 'commit' || step.kind === 'store') && step.what === 'own'),
      )
      yield* oncePerPlace(
        own.map(({ step }) =>
          aboutStep(handled, {
            severity: 'warning',
            confidence: 'high',
            message: `\`${step.text}\` commits the message's own offset, so that it is delivered again`,
            why: 'Reading goes on at the committed offset: the last message is repeated after every restart and rebalance.',
            fix: 'Add one to the offset.',
            location: step.location,
            key: 'own',
          }),
        ),
      )
    }
  },
})
