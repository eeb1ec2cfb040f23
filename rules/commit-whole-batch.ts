import type { Committed } from '../src/model/handler.ts'
import { aboutStep, commits, handledBy, isCommit, oncePerPlace } from '../src/rule/handled.ts'
import { defineRule } from '../src/rule/rule.ts'
import { acts } from '../src/semantics/paths.ts'

const batch = (commit: string) => ({
  'requirements.txt': 'kafka-python==2.2.15\nrequests==2.32.3\n',
  'worker.py': `import requests
from kafka import KafkaConsumer

consumer = KafkaConsumer(
    'orders',
    bootstrap_servers='kafka.example.com:9092',
    group_id='billing',
    auto_offset_reset='earliest',
    enable_auto_commit=False,
)
while True:
    batch = consumer.poll(timeout_ms=1000)
    for partition, messages in batch.items():
        for message in messages:
            requests.put('https://pay.example.com/charges/1', data=message.value, timeout=5)
${commit}`,
})

export default defineRule({
  id: 'commit-whole-batch',
  summary: 'a commit for one message covers the whole batch',
  severities: ['error'],
  needs: ['handler'],
  why: 'A commit without offsets commits the position, and that lies behind everything the last poll handed over. After the first message of a batch, the rest of it counts as done though nobody has looked at it.',
  fix: 'Commit once after the batch, or commit the offset of the message.',
  ignoreWhen: 'losing the rest of a batch at a crash is no matter.',
  references: [
    'https://kafka-python.readthedocs.io/en/master/apidoc/KafkaConsumer.html',
    'https://kafka.apache.org/documentation/#semantics',
  ],
  examples: {
    bad: batch('            consumer.commit()\n'),
    good: batch('    consumer.commit()\n'),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      const found = handled.ways
        .filter(({ caught, steps }) => !caught && steps.some(({ step }) => step.kind === 'receive' && step.hands === 'several'))
        .flatMap(({ steps }) => {
          const work = steps.find(({ step, inBatch }) => inBatch && acts(step))?.step
          return steps
            .filter(({ step, inBatch }) => inBatch && isCommit(step) && coversAll(step.what))
            .map(({ step }) => ({ step, work }))
        })
      yield* oncePerPlace(
        found.map(({ step, work }) =>
          aboutStep(handled, {
            severity: 'error',
            confidence: 'high',
            message: `\`${step.text}\` inside the loop over a batch commits all of the batch`,
            why: 'It commits the position, which lies behind the last message that was handed over: a crash after it skips the messages of the batch that are still to come.',
            fix: 'Move it behind the loop, or commit the offset of the message: its own plus one.',
            location: step.location,
            ...(work ? { related: [{ label: 'what the others still wait for', location: work.location }] } : {}),
            key: 'batch',
            trace: [
              'poll() returns m0 m1',
              'process m0',
              `commit (${step.text}) commits past m1`,
              'CRASH',
              'm1 is never processed',
            ],
          }),
        ),
      )
    }
  },
})

const coversAll = (what: Committed) => what === 'position' || what === 'stored'
