import type { Step } from '../src/model/handler.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, acknowledges, commits, type Handled, handledBy, oncePerPlace, sureOf, tellStep } from '../src/rule/handled.ts'
import { CHARGE_ONCE, loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { acts, sinceReceived, type Way } from '../src/semantics/paths.ts'

export default defineRule({
  id: 'commit-before-processing',
  summary: 'an offset is committed before the effect of its message',
  severities: ['error'],
  needs: ['handler'],
  why: 'A committed offset says that the message is done. What comes after the commit is lost when the process dies in between: after the restart the message is not delivered again.',
  fix: 'Commit after the last effect of the message, and not on the way out of a failure.',
  ignoreWhen: 'losing a message is better than repeating it: then declare `semantics: at-most-once` in semcheck.yaml.',
  references: [
    'https://kafka.apache.org/documentation/#semantics',
    'https://docs.confluent.io/kafka-clients/python/current/overview.html#synchronous-commits',
  ],
  examples: {
    bad: loopOf(`    consumer.commit(message, asynchronous=False)\n${CHARGE_ONCE}`),
    good: loopOf(`${CHARGE_ONCE}    consumer.commit(message, asynchronous=False)\n`),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled) || handled.consumers.every(({ intent }) => intent?.semantics === 'at-most-once')) continue
      yield* oncePerPlace(handled.ways.flatMap((way) => [...ahead(handled, way), ...onTheWayOut(handled, way)]))
    }
  },
})

/** Effects that come after the message was acknowledged, with nothing received in between. */
function ahead(handled: Handled, way: Way): readonly Finding[] {
  const steps = sinceReceived(way)
  const at = steps.findIndex(({ step, zone }) => acknowledges(step) && !isLimited(step) && zone === undefined)
  if (at < 0 || way.caught) return []
  const early = steps[at]?.step as Step
  const rest = steps.slice(at + 1)
  const end = rest.findIndex(({ step }) => step.kind === 'receive')
  const late = (end < 0 ? rest : rest.slice(0, end)).find(
    ({ step }) => acts(step) && !(step.kind === 'produce' && step.deadLetter),
  )
  // what was done before the commit may be all that counts
  if (!late || steps.slice(0, at).some(({ step }) => acts(step) && step.kind !== 'unknown')) return []
  return [
    aboutStep(handled, {
      severity: 'error',
      confidence: sureOf(late.step),
      message: `the offset is committed before ${tellStep(late.step)}`,
      why: 'When the process dies between the two, the message counts as done and is never processed.',
      fix: `Move the commit behind ${tellStep(late.step)}.`,
      location: early.location,
      related: [{ label: 'comes after the commit', location: late.step.location }],
      key: 'before',
      trace: [
        'receive m0',
        `commit (${early.text})`,
        'CRASH',
        `${late.step.text} never happens for m0`,
        'after the restart, reading goes on at m1',
      ],
    }),
  ]
}

const isLimited = (step: Step) => step.kind === 'commit' && step.limited

/** A commit in `finally` runs where the effect has failed too. */
function onTheWayOut(handled: Handled, way: Way): readonly Finding[] {
  const steps = sinceReceived(way)
  const failed = steps.findIndex((taken) => taken.failed)
  if (failed < 0) return []
  const commit = steps.slice(failed + 1).find(({ step, zone }) => acknowledges(step) && zone === 'finally')
  if (!commit) return []
  const broken = steps[failed]?.step as Step
  return [
    aboutStep(handled, {
      severity: 'error',
      confidence: 'medium',
      message: `the offset is committed in \`finally\`, also where ${tellStep(broken)} has failed`,
      why: 'An exception goes past the commit as success does: the message counts as done though its effect never happened.',
      fix: 'Commit after the `try`, or in its `else`, so that only what succeeded is committed.',
      location: commit.step.location,
      related: [{ label: 'may fail before it', location: broken.location }],
      key: 'finally',
      trace: ['receive m0', `${broken.text} throws`, `commit in finally (${commit.step.text})`, 'm0 is never processed'],
    }),
  ]
}
