import type { Loop, Node, Step } from '../src/model/handler.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, commits, type Handled, handledBy, oncePerPlace, sureOf, tellStep } from '../src/rule/handled.ts'
import { CHARGE_ONCE, COMMIT, loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { acts, sinceReceived, type Way } from '../src/semantics/paths.ts'

const tried = `    try:\n    ${CHARGE_ONCE}`

export default defineRule({
  id: 'poison-message',
  summary: 'a message that always fails is tried for ever, and holds up its partition',
  severities: ['warning', 'info'],
  needs: ['handler'],
  why: 'A message that can never be processed (malformed, or about something that is gone) fails each time it comes. Where nothing counts the attempts and nothing puts it aside, everything behind it in the partition waits for ever.',
  fix: 'Count the attempts, and after the last put the message into a dead-letter topic, with the reason, and commit past it.',
  ignoreWhen: 'no message may ever be passed by, and somebody is called when the partition stands still.',
  references: [
    'https://www.confluent.io/blog/error-handling-patterns-in-kafka/',
    'https://kafka.apache.org/documentation/#semantics',
  ],
  examples: {
    bad: loopOf(`${tried}    except Exception:\n        consumer.seek(message)\n        continue\n${COMMIT}`),
    good: loopOf(
      `${tried}    except Exception:\n        producer.produce('orders-dead-letter', message.value(), on_delivery=report)\n        producer.flush()\n${COMMIT}`,
      "'enable.auto.commit': False,",
      "producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'enable.idempotence': True})\n\n\ndef report(error, _):\n    if error is not None:\n        raise RuntimeError(error)\n\n\n",
    ),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      yield* oncePerPlace([
        ...handled.ways.flatMap((way) => goneBackTo(handled, way)),
        ...handled.ways.flatMap((way) => thrownOn(handled, way)),
        ...endless(handled.handler.body).flatMap((loop) => triedForEver(handled, loop)),
      ])
    }
  },
})

const FIX = 'Count the attempts, and put the message into a dead-letter topic after the last.'

/** A failure after which the consumer goes back to the message, whatever way it takes. */
function goneBackTo(handled: Handled, way: Way): readonly Finding[] {
  const steps = sinceReceived(way)
  const failed = steps.findIndex((taken) => taken.failed)
  if (!way.caught || failed < 0 || way.ends === 'raise') return []
  const back = steps.slice(failed + 1).find(({ step }) => step.kind === 'seek')
  // a transaction that is aborted is meant to be tried again
  if (!back || isBounded(handled, way) || steps.some(({ step }) => step.kind === 'abort')) return []
  const broken = steps[failed]?.step as Step
  return [
    aboutStep(handled, {
      severity: 'warning',
      confidence: sureOf(broken),
      message: `where ${tellStep(broken)} fails, the consumer goes back to the message, for ever`,
      why: 'Nothing counts the attempts: a message that always fails is read again and again, and nothing behind it in the partition is processed.',
      fix: FIX,
      location: back.step.location,
      related: [{ label: 'fails each time', location: broken.location }],
      key: 'back',
      trace: [
        'receive m0',
        `${broken.text} throws, and is caught`,
        `${back.step.text} goes back to m0`,
        'receive m0',
        'and so again, for ever',
      ],
    }),
  ]
}

/** A way out of the same catch that goes on, or puts the message aside: somebody counts. */
function isBounded({ ways }: Handled, { caught }: Way): boolean {
  return ways.some((other) => {
    if (other.caught !== caught || other.ends === 'raise') return false
    const failed = other.steps.findIndex((taken) => taken.failed)
    return failed >= 0 && !other.steps.slice(failed + 1).some(({ step }) => step.kind === 'seek')
  })
}

/** An exception that is caught, and let out again in every case. */
function thrownOn(handled: Handled, way: Way): readonly Finding[] {
  const steps = sinceReceived(way)
  const failed = steps.findIndex((taken) => taken.failed)
  if (!way.caught || way.ends !== 'raise' || failed < 0) return []
  const { caught } = way
  if (handled.ways.some((other) => other.caught === caught && other.ends !== 'raise')) return []
  const broken = steps[failed]?.step as Step
  if (steps.slice(failed + 1).some(({ step }) => step.kind === 'produce')) return []
  return [
    aboutStep(handled, {
      severity: 'info',
      confidence: sureOf(broken),
      message: `where ${tellStep(broken)} fails, the exception is let out again: a message that always fails stops the consumer at each start`,
      why: 'Nothing is lost, but nothing goes on either: whoever starts the process again starts it at the same message.',
      fix: FIX,
      location: caught.location,
      related: [{ label: 'fails each time', location: broken.location }],
      key: 'out',
    }),
  ]
}

/** Loops without a bound that try until it succeeds. */
function endless(nodes: readonly Node[]): readonly Loop[] {
  return nodes.flatMap((node): readonly Loop[] => {
    switch (node.kind) {
      case 'loop':
        return [...(node.over === 'attempts' && node.bound === 'none' && !gives(node.body) ? [node] : []), ...endless(node.body)]
      case 'branch':
        return node.paths.flatMap(({ body }) => endless(body))
      case 'attempt':
        return [node.body, ...node.catches.map(({ body }) => body), node.otherwise, node.finally].flatMap(endless)
      case 'call':
      case 'together':
        return endless(node.body)
      default:
        return []
    }
  })
}

/** Whether a failure can end the loop: a jump out of it, or an exception, where one is caught. */
function gives(body: readonly Node[]): boolean {
  return body.some((node) => node.kind === 'attempt' && node.catches.some((one) => leaves(one.body)))
}

function leaves(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'jump') return node.to === 'leave' || node.to === 'raise' || node.to === 'return'
    if (node.kind === 'branch') return node.paths.some(({ body }) => leaves(body))
    return (node.kind === 'call' || node.kind === 'loop') && leaves(node.body)
  })
}

function triedForEver(handled: Handled, loop: Loop): readonly Finding[] {
  const tried = loop.body.find((node) => node.kind === 'attempt')
  const broken = tried?.kind === 'attempt' ? firstActing(tried.body) : undefined
  if (!broken) return []
  return [
    aboutStep(handled, {
      severity: 'warning',
      confidence: sureOf(broken),
      message: `${tellStep(broken)} is tried until it succeeds, without a bound`,
      why: 'A message that always fails keeps the loop going for ever: nothing behind it is processed, and once the poll interval is over another consumer takes the partition and does the same.',
      fix: FIX,
      location: loop.location,
      related: [{ label: 'tried here', location: broken.location }],
      key: 'tried',
    }),
  ]
}

function firstActing(nodes: readonly Node[]): Step | undefined {
  for (const node of nodes) {
    if (
      node.kind === 'branch' ||
      node.kind === 'attempt' ||
      node.kind === 'loop' ||
      node.kind === 'call' ||
      node.kind === 'together'
    ) {
      const inner = firstActing(node.kind === 'branch' ? node.paths.flatMap(({ body }) => body) : node.body)
      if (inner) return inner
    } else if (node.kind !== 'jump' && acts(node)) return node
  }
  return undefined
}
