import type { Client, Variant } from '../src/model/facts.ts'
import type { Condition, Node } from '../src/model/handler.ts'
import type { Location } from '../src/model/location.ts'
import { possibleLiterals } from '../src/model/value.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, commits, type Handled, handledBy, oncePerPlace } from '../src/rule/handled.ts'
import { CHARGE_ONCE, COMMIT, loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'

const REDIS = 'import redis\nr = redis.Redis()\n'

const guarded = (ttl: number) =>
  `    if r.exists(f'seen:{message.key()}'):\n        continue\n${CHARGE_ONCE}    r.set(f'seen:{message.key()}', 1, ex=${ttl})\n${COMMIT}`

export default defineRule({
  id: 'redis-ttl-too-short',
  summary: 'a dedupe mark is gone before its message can be delivered again',
  severities: ['warning'],
  needs: ['handler', 'settings'],
  why: 'A message comes again when its consumer is taken for dead, which takes a session, or when the group starts again after a downtime. A mark that lives shorter than that is never there when it is needed.',
  fix: 'Let the mark live longer than the longest downtime, plus the time in which the group notices a dead consumer.',
  ignoreWhen: 'repetitions come from producers that send twice within seconds, and only those are meant.',
  references: [
    'https://redis.io/docs/latest/commands/set/',
    'https://kafka.apache.org/documentation/#consumerconfigs_session.timeout.ms',
  ],
  examples: {
    bad: loopOf(guarded(5), undefined, REDIS),
    good: loopOf(guarded(604800), undefined, REDIS),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      const least = leastOf(handled.consumers)
      if (!least) continue
      yield* oncePerPlace(
        marksIn(handled.handler.body)
          .filter(({ ttl }) => ttl <= least.milliseconds)
          .map((mark) => about(handled, mark, least)),
      )
    }
  },
})

interface Least {
  readonly milliseconds: number
  readonly because: string
}

/** How long a mark has to live at least: through the declared downtime, and for as long as a dead consumer goes unnoticed. */
function leastOf(clients: readonly Client[]): Least | undefined {
  const sessions = clients.flatMap(({ variants }) => variants.map((variant) => shortest(variant)))
  if (sessions.some((one) => one === undefined)) return undefined
  const session = Math.min(...(sessions as number[]))
  const downtime = Math.max(0, ...clients.map(({ intent }) => intent?.downtime ?? 0))
  return downtime > 0
    ? {
        milliseconds: downtime + session,
        because: `the declared downtime of ${seconds(downtime)} and the session of ${seconds(session)}`,
      }
    : {
        milliseconds: session,
        because: `the ${seconds(session)} after which a dead consumer is noticed (\`session.timeout.ms\`)`,
      }
}

function shortest(variant: Variant): number | undefined {
  const effective = setting(variant, 'session.timeout.ms')
  const literals = effective && possibleLiterals(effective.value)
  return literals && literals.length > 0 && literals.every((one) => typeof one === 'number')
    ? Math.min(...(literals as number[]))
    : undefined
}

interface Marked {
  readonly ttl: number
  readonly text: string
  readonly location: Location
}

/** Every mark in Redis whose time to live is known. */
function marksIn(nodes: readonly Node[]): readonly Marked[] {
  return nodes.flatMap((node): readonly Marked[] => {
    switch (node.kind) {
      case 'mark':
        return node.store === 'redis' && typeof node.ttl === 'number'
          ? [{ ttl: node.ttl, text: node.text, location: node.location }]
          : []
      case 'branch': {
        const ttl = claimed(node.on)
        const own = ttl === undefined ? [] : [{ ttl, text: node.text, location: node.location }]
        return [...own, ...node.paths.flatMap(({ body }) => marksIn(body))]
      }
      case 'attempt':
        return [node.body, ...node.catches.map(({ body }) => body), node.otherwise, node.finally].flatMap(marksIn)
      case 'loop':
      case 'call':
      case 'together':
        return marksIn(node.body)
      default:
        return []
    }
  })
}

function claimed(on: Condition): number | undefined {
  return on.kind === 'seen' && on.claim && on.store === 'redis' && typeof on.ttl === 'number' ? on.ttl : undefined
}

function about(handled: Handled, { ttl, location }: Marked, least: Least): Finding {
  return aboutStep(handled, {
    severity: 'warning',
    confidence: 'medium',
    message: `the mark lives ${seconds(ttl)}, which is no more than ${least.because}`,
    why: 'When the message is delivered again the mark is gone, and it is processed again.',
    fix: 'Let it live for the longest downtime and a day more; a mark is small.',
    location,
    key: 'ttl',
    trace: [
      'receive m0',
      `m0 is marked for ${seconds(ttl)}`,
      'CRASH',
      'the mark expires',
      'the group notices, and m0 is delivered again',
      'm0 is processed again',
    ],
  })
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`
}
