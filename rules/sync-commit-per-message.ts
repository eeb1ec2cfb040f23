import { aboutStep, commits, handledBy, isCommit, oncePerPlace } from '../src/rule/handled.ts'
import { CHARGE_ONCE, loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'

export default defineRule({
  id: 'sync-commit-per-message',
  summary: 'the consumer waits for a commit after every single message',
  severities: ['info'],
  needs: ['handler'],
  why: 'A blocking commit is one round trip to the coordinator, and the next message waits for it. At some thousand messages a second that is most of the time.',
  fix: 'Commit after a batch or an interval, or commit without waiting, with a callback that looks at the error and a blocking commit at the end.',
  ignoreWhen: 'messages are few, or repeating as little as possible counts for more than speed.',
  references: [
    'https://docs.confluent.io/kafka-clients/python/current/overview.html#asynchronous-commits',
    'https://kafka-python.readthedocs.io/en/master/apidoc/KafkaConsumer.html',
  ],
  examples: {
    bad: loopOf(`${CHARGE_ONCE}    consumer.commit(message, asynchronous=False)\n`),
    good: loopOf(
      `${CHARGE_ONCE}    done += 1\n    if done % 100 == 0:\n        consumer.commit(asynchronous=False)\n`,
      "'enable.auto.commit': False,",
      'done = 0\n',
    ),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      const each = handled.ways
        .filter(({ caught }) => !caught)
        .flatMap(({ steps }) => {
          const one = steps.some(({ step }) => step.kind === 'receive' && step.hands === 'one')
          return steps.filter(
            ({ step, inBatch, zone }) =>
              isCommit(step) && step.mode === 'sync' && !step.limited && zone !== 'catch' && (one || inBatch),
          )
        })
      yield* oncePerPlace(
        each.map(({ step }) =>
          aboutStep(handled, {
            severity: 'info',
            confidence: 'high',
            message: `\`${step.text}\` waits for the broker after every message`,
            why: 'Each message costs one round trip to the coordinator before the next is read.',
            fix: 'Commit after so many messages or seconds, and once more when the loop is left; what is repeated after a crash is then that much.',
            location: step.location,
            key: 'sync',
          }),
        ),
      )
    }
  },
})
