import type { Branch, Effect, Node, Step } from '../src/model/handler.ts'
import type { Location } from '../src/model/location.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, commits, type Handled, handledBy, oncePerPlace, sureOf, tellStep } from '../src/rule/handled.ts'
import { CHARGE, COMMIT, loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { acts, sinceReceived, type Way } from '../src/semantics/paths.ts'
import { verdictsOf } from '../src/semantics/verdicts.ts'

const REDIS = 'import redis\nr = redis.Redis()\n'

export default defineRule({
  id: 'dedupe-mark-order',
  summary: 'a dedupe mark is written before what it stands for, or after it, and a crash comes between',
  severities: ['error', 'warning'],
  needs: ['handler', 'settings'],
  why: 'A mark says that a message was processed. Written first, a crash leaves a message marked that never was, and it is skipped when it comes again. Written last, a crash leaves a message unmarked that was, and it is processed twice.',
  fix: 'Put the mark and the effect into one database transaction, with a unique key on the mark; or make the effect one that may be repeated.',
  ignoreWhen: 'the loss or the repetition after a crash is accepted.',
  references: [
    'https://microservices.io/patterns/communication-style/idempotent-consumer.html',
    'https://kafka.apache.org/documentation/#semantics',
  ],
  examples: {
    bad: loopOf(
      `    if not r.set(f'seen:{message.key()}', 1, nx=True, ex=86400):\n        continue\n${CHARGE}${COMMIT}`,
      undefined,
      REDIS,
    ),
    good: loopOf(
      `    requests.put('https://pay.example.com/charges/1', data=message.value(), timeout=5)\n${COMMIT}`,
      undefined,
      REDIS,
    ),
  },
  *check(facts) {
    const judged = verdictsOf(facts)
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      const crash = judged
        .find(({ handler }) => handler === handled.handler)
        ?.verdict.cells.find(({ fault }) => fault === 'crash')
      if (!crash) continue
      const findings = handled.ways.flatMap((way) =>
        judge(handled, way, crash.lost !== undefined, crash.duplicated !== undefined),
      )
      yield* oncePerPlace(findings)
    }
  },
})

interface MarkAt {
  readonly at: number
  readonly location: Location
  readonly text: string
}

function judge(handled: Handled, way: Way, loses: boolean, repeats: boolean): readonly Finding[] {
  if (way.seen !== false || way.caught || way.ends === 'raise') return []
  const steps = sinceReceived(way)
  const effect = steps.findIndex(({ step }) => acts(step) && step.kind !== 'unknown')
  const mark = markOn(handled, steps)
  if (effect < 0 || !mark) return []
  const done = steps[effect]?.step as Step
  if (inOneTransaction(handled.handler.body, done)) return []
  if (mark.at < effect) {
    // a mark that is taken away where the effect fails still stays where the process dies
    if (!loses) return []
    return [
      aboutStep(handled, {
        severity: 'error',
        confidence: sureOf(done),
        message: `the message is marked as seen before ${tellStep(done)}: a crash in between loses it`,
        why: 'After the restart the message is delivered again, found marked, and skipped.',
        fix: 'Write the mark in the same database transaction as the effect; or mark it as begun first and as done last, and take up again what was only begun.',
        location: mark.location,
        related: [{ label: 'comes after the mark', location: done.location }],
        key: 'before',
        trace: [
          'receive m0',
          `m0 is marked (${mark.text})`,
          'CRASH, and a restart at m0',
          'm0 is marked as seen, and skipped',
          'm0 is never processed',
        ],
      }),
    ]
  }
  if (!repeats || (done.kind === 'effect' && done.idempotent !== false)) return []
  return [
    aboutStep(handled, {
      severity: 'warning',
      confidence: sureOf(done),
      message: `the message is marked as seen after ${tellStep(done)}: a crash in between repeats it`,
      why: 'The guard is there for redelivered messages, and does not stop the one whose mark was not written yet.',
      fix: 'Write the mark in the same database transaction as the effect, with a unique key on it.',
      location: mark.location,
      related: [{ label: 'done before it is marked', location: done.location }],
      key: 'after',
      trace: ['receive m0', `${done.text} for m0`, 'CRASH, and a restart at m0', 'receive m0', `${done.text} for m0, again`],
    }),
  ]
}

/** Where on a way the message is marked: by the branch that looks, or by a step of its own. */
function markOn(handled: Handled, steps: Way['steps']): MarkAt | undefined {
  const own = steps.findIndex(({ step }) => step.kind === 'mark')
  const step = steps[own]?.step
  if (step) return { at: own, location: step.location, text: step.text }
  const claim = claimIn(handled.handler.body)
  return claim && { at: -1, location: claim.location, text: claim.text }
}

function claimIn(nodes: readonly Node[]): Branch | undefined {
  for (const node of nodes) {
    if (node.kind === 'branch' && node.on.kind === 'seen' && node.on.claim) return node
    const found =
      node.kind === 'branch'
        ? claimIn(node.paths.flatMap(({ body }) => body))
        : node.kind === 'attempt'
          ? claimIn([...node.body, ...node.otherwise])
          : node.kind === 'loop' || node.kind === 'call' || node.kind === 'together'
            ? claimIn(node.body)
            : undefined
    if (found) return found
  }
  return undefined
}

/** The effect stands in a database transaction, with the mark for all that can be seen. */
function inOneTransaction(nodes: readonly Node[], step: Step): boolean {
  return nodes.some((node) => {
    if (node.kind === 'together') return holds(node.body, step)
    if (node.kind === 'branch') return node.paths.some(({ body }) => inOneTransaction(body, step))
    if (node.kind === 'attempt') return inOneTransaction([...node.body, ...node.otherwise, ...node.finally], step)
    return (node.kind === 'loop' || node.kind === 'call') && inOneTransaction(node.body, step)
  })
}

function holds(nodes: readonly Node[], step: Step | Effect): boolean {
  return nodes.some((node) => {
    if (node === step) return true
    if (node.kind === 'branch') return node.paths.some(({ body }) => holds(body, step))
    if (node.kind === 'attempt') return holds([...node.body, ...node.otherwise, ...node.finally], step)
    return (node.kind === 'loop' || node.kind === 'call' || node.kind === 'together') && holds(node.body, step)
  })
}
