import { aboutStep, acknowledges, commits, handledBy, oncePerPlace } from '../src/rule/handled.ts'
import { loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { sinceReceived } from '../src/semantics/paths.ts'

export default defineRule({
  id: 'concurrent-hand-off',
  summary: 'work goes to a thread or task, and the offset is committed without waiting for it',
  severities: ['error'],
  needs: ['handler'],
  why: 'What was handed over runs at some later time. The commit says that it is done: when the process dies, or the work fails, the message is not delivered again.',
  fix: 'Wait for the work before committing, or let the worker say what is done and commit up to the first that is not.',
  ignoreWhen: 'losing work at a crash is no matter.',
  references: [
    'https://docs.confluent.io/kafka-clients/python/current/overview.html#synchronous-commits',
    'https://kafka.apache.org/documentation/#semantics',
  ],
  examples: {
    bad: loopOf(`    pool.submit(charge, message.value())\n    consumer.commit(message, asynchronous=False)\n`),
    good: loopOf(
      `    requests.put('https://pay.example.com/charges/1', data=message.value(), timeout=5)\n    consumer.commit(message, asynchronous=False)\n`,
    ),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      const found = handled.ways.flatMap((way) => {
        const steps = sinceReceived(way)
        const at = way.caught ? -1 : steps.findIndex(({ step }) => step.kind === 'hand-off')
        const rest = steps.slice(at + 1)
        const commit = at < 0 ? undefined : rest.find(({ step }) => acknowledges(step))
        const handed = steps[at]?.step
        const waited = rest.some(({ step }) => step.kind === 'join')
        return handed && commit && !waited ? [{ handed, commit: commit.step }] : []
      })
      yield* oncePerPlace(
        found.map(({ handed, commit }) =>
          aboutStep(handled, {
            severity: 'error',
            confidence: 'medium',
            message: `\`${commit.text}\` does not wait for the work that \`${handed.text}\` handed over`,
            why: 'The message counts as done while its work has not begun, or has failed in a place where nobody looks.',
            fix: 'Wait for the result before the commit.',
            location: commit.location,
            related: [{ label: 'handed over here', location: handed.location }],
            key: 'hand-off',
            trace: [
              'receive m0',
              `${handed.text} begins some time later`,
              `commit (${commit.text})`,
              'CRASH',
              'the work for m0 never happens',
            ],
          }),
        ),
      )
    }
  },
})
