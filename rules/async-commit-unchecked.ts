import type { Node } from '../src/model/handler.ts'
import { aboutStep, commits, type Handled, handledBy, isCommit, oncePerPlace } from '../src/rule/handled.ts'
import { CHARGE_ONCE, loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'

export default defineRule({
  id: 'async-commit-unchecked',
  summary: 'offsets are committed without waiting, and nobody learns when that fails',
  severities: ['warning'],
  needs: ['handler', 'settings'],
  why: 'An asynchronous commit that fails is only reported to a callback. Without one, and without a last commit that waits, a consumer may run for hours without committing, and repeat all of it after a restart.',
  fix: 'Give it a callback that looks at the error, or end with a commit that waits.',
  ignoreWhen: 'repeating a while of work is no matter.',
  references: [
    'https://docs.confluent.io/kafka-clients/python/current/overview.html#asynchronous-commits',
    'https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md',
  ],
  examples: {
    bad: loopOf(`${CHARGE_ONCE}    consumer.commit(message)\n`),
    good: loopOf(`${CHARGE_ONCE}    consumer.commit(message)\n`, "'enable.auto.commit': False,\n    'on_commit': report,"),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled) || isTold(handled) || handled.handler.after.some(waits)) continue
      const unchecked = handled.ways.flatMap(({ steps }) =>
        steps.filter(({ step }) => isCommit(step) && step.mode === 'async' && step.checked === false),
      )
      yield* oncePerPlace(
        unchecked.map(({ step }) =>
          aboutStep(handled, {
            severity: 'warning',
            confidence: 'high',
            message: `\`${step.text}\` does not wait, and nothing looks at whether it worked`,
            why: 'When commits fail, as after a rebalance, nothing says so; the work since the last one that worked is done again after a restart.',
            fix: mend(handled),
            location: step.location,
            key: 'async',
          }),
        ),
      )
    }
  },
})

function mend({ consumers: [client] }: Handled): string {
  return client.language === 'python'
    ? 'Set `on_commit` in the settings to a function that looks at the error, or commit with `asynchronous=False` when the loop is left.'
    : 'Hand it a callback that looks at the error, or end with a commit that waits when the loop is left.'
}

/** librdkafka calls `on_commit` for every commit; what is given but unknown may be one. */
function isTold({ consumers }: Handled): boolean {
  return consumers.some(({ options }) => options.settings.some(({ key }) => key === 'on_commit') || options.gaps.length > 0)
}

function waits(node: Node): boolean {
  if (node.kind === 'commit') return node.mode === 'sync'
  if (node.kind === 'call' || node.kind === 'attempt' || node.kind === 'loop') return node.body.some(waits)
  return node.kind === 'branch' && node.paths.some(({ body }) => body.some(waits))
}
