import type { Client, Variant } from '../src/model/facts.ts'
import type { Node } from '../src/model/handler.ts'
import type { Judgement } from '../src/rule/across.ts'
import { resetOf } from '../src/rule/consumption.ts'
import { decide, leastConfidence } from '../src/rule/decide.ts'
import { membership, subscription } from '../src/rule/groups.ts'
import { handledBy } from '../src/rule/handled.ts'
import { CHARGE_ONCE, loopOf } from '../src/rule/handler-examples.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { aboutSetting, tellDecided } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'

const KEY = 'enable.auto.commit'
/** Calls that commit, store what will be committed, or send offsets with a transaction; handing them over counts. */
// the group's metadata goes with offsets into a transaction
const COMMITS = /commit|store_?(?:offset|message)|mark_?(?:message|offset)|send_?offsets|seek_to|group_?metadata/i

export default defineRule({
  id: 'never-commits',
  summary: 'auto-commit is off, and nothing commits',
  severities: ['error', 'warning'],
  needs: ['settings', 'handler'],
  why: 'A group that never commits has no place to go on from. After each restart and each rebalance the reset policy decides: with earliest everything is processed again, with latest what came meanwhile is skipped.',
  fix: 'Commit after the effect of each message or batch, or leave the group id out if the consumer is meant to read everything.',
  ignoreWhen: 'the place to go on from is kept elsewhere, and the consumer seeks to it.',
  references: [
    'https://kafka.apache.org/documentation/#consumerconfigs_enable.auto.commit',
    'https://kafka.apache.org/documentation/#semantics',
  ],
  examples: {
    bad: loopOf(CHARGE_ONCE),
    good: loopOf(
      `${CHARGE_ONCE}    done += 1\n    if done % 100 == 0:\n        consumer.commit(asynchronous=False)\n`,
      "'enable.auto.commit': False,",
      'done = 0\n',
    ),
  },
  *check(facts) {
    const handled = new Set(facts.handlers.flatMap(({ consumers }) => consumers))
    const committed = new Set(
      handledBy(facts).flatMap(({ handler, ways }) =>
        handler.after.some(commitsIn) || ways.some(({ steps }) => steps.some(({ step }) => commitsIn(step)))
          ? handler.consumers
          : [],
      ),
    )
    // what receives somewhere unseen may commit there too
    const seen = facts.clients.filter(
      (client) =>
        client.role === 'consumer' &&
        client.followed &&
        handled.has(client.id) &&
        !committed.has(client.id) &&
        !client.calls.some(({ method }) => COMMITS.test(method)),
    )
    yield* judgeClients(seen, judge)
  },
})

/** A commit, what leads to one, or offsets that go with a transaction. */
function commitsIn({ kind }: Node): boolean {
  return kind === 'commit' || kind === 'store' || kind === 'send-offsets'
}

function judge(client: Client, variant: Variant): Judgement {
  const subscribed = subscription(client)
  const member = membership(client, variant)
  if (!subscribed || member.kind !== 'member' || variant.commit.when !== 'never') return undefined
  const effective = setting(variant, KEY)
  const decision = decide(effective, (value) => value === false)
  if (!effective || decision.kind !== 'met' || decision.sometimes) return undefined
  const skips = resetOf(client) === 'latest'
  return aboutSetting(client, effective, {
    severity: skips ? 'error' : 'warning',
    confidence: leastConfidence(decision.confidence, member.confidence, subscribed, 'medium'),
    message: `${tellDecided(client, variant, effective, decision)}, and nothing commits: the group has no place to go on from`,
    why: skips
      ? 'After each restart the consumer starts at the end: what was written meanwhile is skipped.'
      : 'After each restart and rebalance everything that is still in the topic is processed again.',
    fix: 'Call `commit()` once the effect of a message is durable.',
  })
}
