import { commitsByItself } from '../src/rule/auto-commits.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, acknowledges, commits, type Handled, handledBy, oncePerPlace } from '../src/rule/handled.ts'
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
    // several handlers may hand over in one place that they share
    yield* oncePerPlace(handledBy(facts).flatMap(judge))
  },
})

function judge(handled: Handled): readonly Finding[] {
  if (!commits(handled)) return []
  const found = handled.ways.flatMap((way) => {
    const steps = sinceReceived(way)
    const at = way.caught ? -1 : steps.findIndex(({ step }) => step.kind === 'hand-off')
    const rest = steps.slice(at + 1)
    // the first of the two: a commit, or what waits for the work
    const next = at < 0 ? undefined : rest.find(({ step }) => step.kind === 'join' || acknowledges(step))
    const commit = next?.step.kind === 'join' ? undefined : next
    const itself =
      !handled.ways.some((other) => other.steps.some(({ step }) => acknowledges(step))) &&
      handled.consumers.every(commitsByItself)
    const handed = steps[at]?.step
    return handed && (commit || (itself && !next)) ? [{ handed, commit: commit?.step }] : []
  })
  return found.map(({ handed, commit }) =>
    aboutStep(handled, {
      severity: 'error',
      confidence: 'medium',
      message: `${commit ? `\`${commit.text}\`` : 'the client, which commits by itself,'} does not wait for the work that \`${handed.text}\` handed over`,
      why: 'The message counts as done while its work has not begun, or has failed in a place where nobody looks.',
      fix: commit
        ? 'Wait for the result before the commit.'
        : 'Wait for the result before the handler ends (`await` it), or commit by hand when it is there.',
      location: (commit ?? handed).location,
      related: commit ? [{ label: 'handed over here', location: handed.location }] : [],
      key: 'hand-off',
      trace: [
        'receive m0',
        `${handed.text} begins some time later`,
        commit ? `commit (${commit.text})` : 'the client commits m0',
        'CRASH',
        'the work for m0 never happens',
      ],
    }),
  )
}
