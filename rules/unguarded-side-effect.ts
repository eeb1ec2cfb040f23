import type { Effect, Handler } from '../src/model/handler.ts'
import type { TraceStep } from '../src/model/verdict.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, commits, type Handled, handledBy, oncePerPlace, tellStep } from '../src/rule/handled.ts'
import { CHARGE, COMMIT, loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { tellFault } from '../src/semantics/judge.ts'
import { type Way, waysThrough } from '../src/semantics/paths.ts'
import { verdictsOf } from '../src/semantics/verdicts.ts'

export default defineRule({
  id: 'unguarded-side-effect',
  summary: 'a mail, payment or request is sent again when its message is delivered again',
  severities: ['warning'],
  needs: ['handler', 'settings'],
  why: 'At-least-once delivery repeats messages after crashes and rebalances. A database row can be written twice without harm; a mail, an SMS or a payment that went out cannot be taken back.',
  fix: "Give the request an idempotency key made from the message's own id, or look in a dedupe store before it, with the mark written in one transaction with what the message changes.",
  ignoreWhen: 'the far end recognises repetitions, or they do no harm.',
  references: [
    'https://docs.stripe.com/api/idempotent_requests',
    'https://microservices.io/patterns/communication-style/idempotent-consumer.html',
  ],
  examples: {
    bad: loopOf(`${CHARGE}${COMMIT}`),
    good: loopOf(
      `    requests.post('https://pay.example.com/charges', data=message.value(), headers={'Idempotency-Key': message.key()}, timeout=5)\n${COMMIT}`,
    ),
  },
  *check(facts) {
    const judged = verdictsOf(facts)
    const found: Reached[] = []
    for (const handled of handledBy(facts)) {
      if (!commits(handled) || handled.consumers.every(({ intent }) => intent?.replay === 'tolerated')) continue
      const verdict = judged.find(({ handler }) => handler === handled.handler)?.verdict
      const cell = verdict?.cells.find((one) => one.duplicated)
      if (!cell?.duplicated) continue
      const { trace } = cell.duplicated
      for (const finding of oncePerPlace(handled.ways.flatMap((way) => unguarded(handled, way, tellFault(cell.fault), trace))))
        found.push({ finding, handler: handled.handler })
    }
    yield* onceForAll(found)
  },
})

interface Reached {
  readonly finding: Finding
  readonly handler: Handler
}

/** What several handlers come to by calls is told once, with the handlers beside it. */
function onceForAll(found: readonly Reached[]): readonly Finding[] {
  const byPlace = new Map<string, Reached[]>()
  for (const one of found) {
    const key = JSON.stringify(one.finding.location)
    byPlace.set(key, [...(byPlace.get(key) ?? []), one])
  }
  return [...byPlace.values()].map((reached) => {
    const { finding } = reached[0] as Reached
    const beside = reached
      .filter(
        ({ handler }) => handler.location.path !== finding.location?.path || reached.length > 1 || handler.shape === 'callback',
      )
      .map(({ handler }) => ({ label: `reached from ${handler.name}`, location: handler.location }))
    return { ...finding, related: [...beside, ...finding.related] }
  })
}

function unguarded(handled: Handled, way: Way, when: string, trace: readonly TraceStep[]): readonly Finding[] {
  if (way.seen !== undefined) return []
  return way.steps.flatMap(({ step, failed }) => {
    if (failed) return []
    const outside = step.kind === 'hand-off' ? waysThrough({ body: step.body }).flatMap((inner) => inner.steps) : [{ step }]
    return outside
      .flatMap(({ step: done }) => (isSeenOutside(done) ? [done] : []))
      .map((step) =>
        aboutStep(handled, {
          severity: 'warning',
          confidence: step.confidence,
          message: `${tellStep(step)} is sent twice ${when}`,
          why: 'Nothing before it asks whether the message was processed already, and nothing in it tells the far end that it is the same one.',
          fix: "Give it an idempotency key made from the message's own id, or look in a dedupe store first.",
          location: step.location,
          key: 'unguarded',
          trace,
        }),
      )
  })
}

/** Something that leaves the house and cannot be called back, where that is certain. */
function isSeenOutside(step: Way['steps'][number]['step']): step is Effect {
  return (
    step.kind === 'effect' &&
    step.confidence === 'high' &&
    step.idempotent === false &&
    (step.system === 'http' || step.system === 'mail' || step.system === 'message')
  )
}
