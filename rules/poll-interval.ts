import type { Client, Variant } from '../src/model/facts.ts'
import type { Node, Wait } from '../src/model/handler.ts'
import { possibleLiterals } from '../src/model/value.ts'
import type { Judgement } from '../src/rule/across.ts'
import { subscription } from '../src/rule/groups.ts'
import { aboutStep, handledBy } from '../src/rule/handled.ts'
import { CHARGE_ONCE, COMMIT, loopOf } from '../src/rule/handler-examples.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { aboutSetting } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'

const KEY = 'max.poll.interval.ms'
const HOUR = 3_600_000

export default defineRule({
  id: 'poll-interval',
  summary: 'the handler can take longer than the group waits for it, or the group waits too long to see that it is stuck',
  severities: ['warning', 'info'],
  needs: ['handler', 'settings'],
  why: 'A consumer that does not come back for messages in time is taken for dead: its partitions go to another one, which processes the same messages again, while the first is still at them. An interval of hours hides a consumer that hangs for as long.',
  fix: 'Wait less per message, fetch fewer messages at once, or raise the interval to what the handler really takes, and not far beyond.',
  ignoreWhen: 'the long wait is for something that never happens while messages are in hand.',
  references: [
    'https://kafka.apache.org/documentation/#consumerconfigs_max.poll.interval.ms',
    'https://cwiki.apache.org/confluence/display/KAFKA/KIP-62%3A+Allow+consumer+to+send+heartbeats+from+a+background+thread',
  ],
  examples: {
    bad: loopOf(`    time.sleep(600)\n${CHARGE_ONCE}${COMMIT}`, undefined, 'import time\n'),
    good: loopOf(`    time.sleep(1)\n${CHARGE_ONCE}${COMMIT}`, undefined, 'import time\n'),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      const [client] = handled.consumers
      const limit = limitOf(client)
      if (!limit || client.group.kind === 'absent') continue
      const { total, longest } = waiting(handled.handler.body, batchOf(client))
      if (!longest || total < limit.milliseconds) continue
      yield aboutStep(handled, {
        severity: 'warning',
        confidence: 'medium',
        message: `the handler waits ${tell(total)} for what it was handed at once, and is taken for dead after ${tell(limit.milliseconds)} (\`${limit.key}\`)`,
        why: 'The partition goes to another consumer, which gets the same messages again; the commit of the first one is refused.',
        fix: `Wait less, fetch fewer messages at once, or raise \`${limit.key}\`.`,
        location: longest.location,
        key: 'waits',
      })
    }
    yield* judgeClients(
      facts.clients.filter(({ role }) => role === 'consumer'),
      tooLong,
    )
  },
})

/** What evicts a handler that takes too long, in the oldest version that it may run in. */
function limitOf(client: Client): { key: string; milliseconds: number } | undefined {
  // kafkajs knows no interval: a handler that sends no heartbeat is evicted when its session ends
  const key = client.variants.every(({ library }) => library === 'kafkajs') ? 'session.timeout.ms' : KEY
  const limits = client.variants.map((variant) => numberOf(variant, key))
  if (limits.some((one) => one === undefined)) return undefined
  return { key, milliseconds: Math.max(...(limits as number[])) }
}

function numberOf(variant: Variant, key: string): number | undefined {
  const effective = setting(variant, key)
  const literals = effective && possibleLiterals(effective.value)
  if (!literals?.every((one) => typeof one === 'number') || literals.length === 0) return undefined
  return Math.max(...(literals as number[]))
}

/** How many messages a batch certainly can have: as many as the client is set to fetch, where the project says so. */
function batchOf(client: Client): number {
  const sizes = client.variants.map((variant) => {
    const effective = setting(variant, 'max.poll.records')
    return effective?.origin.kind === 'explicit' ? (numberOf(variant, 'max.poll.records') ?? 1) : 1
  })
  return Math.max(1, Math.min(...sizes))
}

/** The longest that is certainly waited, and the longest single wait. What is not known counts as nothing. */
function waiting(nodes: readonly Node[], batch: number): { total: number; longest?: Wait } {
  let total = 0
  let longest: Wait | undefined
  const add = (inner: { total: number; longest?: Wait }, times = 1) => {
    total += inner.total * times
    if (inner.longest && known(inner.longest) > (longest ? known(longest) : -1)) longest = inner.longest
  }
  for (const node of nodes) {
    switch (node.kind) {
      case 'wait':
        add({ total: known(node), ...(known(node) > 0 ? { longest: node } : {}) })
        break
      case 'branch':
        add(
          node.paths
            .filter(({ label }) => label !== 'nothing')
            .map(({ body }) => waiting(body, batch))
            .reduce((a, b) => (b.total > a.total ? b : a), { total: 0 }),
        )
        break
      case 'loop':
        // a loop over partitions around one over messages comes to as many messages in all
        if (node.over === 'messages') add(waiting(node.body, 1), batch)
        else add(waiting(node.body, batch), typeof node.bound === 'number' ? node.bound : 1)
        break
      case 'attempt':
        add(waiting(node.body, batch))
        add(node.catches.map(({ body }) => waiting(body, batch)).reduce((a, b) => (b.total > a.total ? b : a), { total: 0 }))
        add(waiting([...node.otherwise, ...node.finally], batch))
        break
      case 'call':
      case 'together':
        add(waiting(node.body, batch))
        break
      default:
        break
    }
  }
  return { total, ...(longest ? { longest } : {}) }
}

const known = ({ atMost }: Wait) => (atMost === 'unknown' ? 0 : atMost)

/** An interval that hides what hangs. */
function tooLong(client: Client, variant: Variant): Judgement {
  const effective = setting(variant, KEY)
  const subscribed = subscription(client)
  if (!effective || !subscribed || effective.origin.kind === 'default' || effective.origin.kind === 'unknown') return undefined
  const interval = numberOf(variant, KEY)
  if (interval === undefined || interval < 2 * HOUR) return undefined
  return aboutSetting(client, effective, {
    severity: interval >= 24 * HOUR ? 'warning' : 'info',
    confidence: effective.confidence,
    message: `\`${effective.spelled ?? KEY}\` is ${tell(interval)}: a handler that hangs holds its partitions for as long, and nobody sees it`,
    why: 'The heartbeat goes on in the background while the handler hangs, so that nothing else tells that it does.',
    fix: 'Set it to a little more than the longest that the handler takes for what it fetches at once; pause the partitions for work that takes hours.',
  })
}

function tell(milliseconds: number): string {
  if (milliseconds >= 24 * HOUR) return `${round(milliseconds / (24 * HOUR))} days`
  if (milliseconds >= HOUR) return `${round(milliseconds / HOUR)} h`
  if (milliseconds >= 60_000) return `${round(milliseconds / 60_000)} min`
  return `${round(milliseconds / 1000)} s`
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
