import type { Step } from '../src/model/handler.ts'
import { commitsByItself } from '../src/rule/auto-commits.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, acknowledges, commits, type Handled, handledBy, oncePerPlace, tellStep } from '../src/rule/handled.ts'
import { CHARGE_ONCE, loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { sinceReceived, type Taken, type Way } from '../src/semantics/paths.ts'

const COMMIT = 'consumer.commit(message, asynchronous=False)\n'
const tried = `    try:\n    ${CHARGE_ONCE}`

export default defineRule({
  id: 'swallowed-failure',
  summary: 'a failed message is only logged, and then committed',
  severities: ['error'],
  needs: ['handler', 'settings'],
  why: 'Once the exception is caught, nothing remembers that the message failed. Its offset is committed with it or with the next one, and it is not delivered again.',
  fix: 'Let the exception out, go back to the message, retry it a bounded number of times, or put it into a dead-letter topic before it is committed.',
  ignoreWhen: 'messages that cannot be processed may be dropped.',
  references: [
    'https://kafka.apache.org/documentation/#semantics',
    'https://www.confluent.io/blog/error-handling-patterns-in-kafka/',
  ],
  examples: {
    bad: loopOf(`${tried}    except Exception as error:\n        print(error)\n    ${COMMIT}`),
    good: loopOf(`${CHARGE_ONCE}    ${COMMIT}`),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      yield* oncePerPlace(handled.ways.flatMap((way) => judge(handled, way)))
    }
  },
})

function judge(handled: Handled, way: Way): readonly Finding[] {
  const steps = sinceReceived(way)
  const failed = steps.findIndex((taken) => taken.failed)
  if (!way.caught || way.caught.recovers || failed < 0 || way.ends === 'raise') return []
  const broken = steps[failed]?.step as Step
  const rest = steps.slice(failed + 1)
  if (rest.some(({ step }) => mends(step))) return []
  // one in `finally` is another rule's
  const commit = rest.find(
    ({ step, zone }) => acknowledges(step) && zone !== 'finally' && !(step.kind === 'commit' && step.limited),
  )
  const caught = { label: 'the exception ends here', location: way.caught.location }
  const fails = { label: 'may fail', location: broken.location }
  if (commit)
    return [
      aboutStep(handled, {
        severity: 'error',
        confidence: 'medium',
        message: `a message whose ${tellStep(broken)} failed is committed as done`,
        why: 'The exception is caught and at most logged; the commit then says that the message is done, and it is lost.',
        fix: 'Commit only where the work succeeded; let the exception out, go back with `seek()`, or put the message into a dead-letter topic first.',
        location: commit.step.location,
        related: [fails, caught],
        key: 'committed',
        trace: ['receive m0', `${broken.text} throws, and is caught`, `commit (${commit.step.text})`, 'm0 is never processed'],
      }),
    ]
  if (way.ends === 'leave' || rest.some(({ step, zone }) => acknowledges(step) && zone === 'finally')) return []
  const later = coveredBy(handled)
  return later === undefined
    ? []
    : [
        aboutStep(handled, {
          severity: 'error',
          confidence: 'medium',
          message: `a failure of ${tellStep(broken)} is caught, and ${later} commits past the message`,
          why: 'An offset covers every message before it: the loop goes on, and the next commit says that the failed one is done too.',
          fix: 'Let the exception out, go back with `seek()`, or put the message into a dead-letter topic before going on.',
          location: way.caught.location,
          related: [fails],
          key: 'covered',
          trace: [
            'receive m0',
            `${broken.text} throws, and is caught`,
            'receive m1, and process it',
            `${later} commits past m1`,
            'm0 is never processed',
          ],
        }),
      ]
}

/** Something that keeps the failed message: put aside, gone back to, handed on. */
function mends(step: Step): boolean {
  return (
    step.kind === 'seek' || step.kind === 'produce' || step.kind === 'abort' || step.kind === 'effect' || step.kind === 'hand-off'
  )
}

/** What commits past the message later on; undefined where nothing is known to. */
function coveredBy({ ways, consumers }: Handled): string | undefined {
  const normal: readonly Taken[] = ways.filter(({ caught }) => !caught).flatMap(({ steps }) => steps)
  const commit = normal.find(({ step }) => acknowledges(step))
  if (commit) return `the next \`${commit.step.text}\``
  return consumers.every(commitsByItself) ? 'auto-commit' : undefined
}
