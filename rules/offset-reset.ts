import type { Client, SettingProblem, Variant } from '../src/model/facts.ts'
import type { Judgement } from '../src/rule/across.ts'
import { decide, leastConfidence } from '../src/rule/decide.ts'
import type { Confidence, Severity } from '../src/rule/finding.ts'
import { membership, subscription } from '../src/rule/groups.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { isRefused, ownerOf, refuses } from '../src/rule/problems.ts'
import { aboutProblem, aboutSetting, tellDecided, tellProblem, undecided } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { writeSetting } from '../src/rule/spelling.ts'

const KEY = 'auto.offset.reset'

export default defineRule({
  id: 'offset-reset',
  summary: 'a consumer without a usable committed offset skips to the end of the partition',
  severities: ['warning', 'error'],
  needs: ['settings', 'version'],
  why: 'The policy strikes whenever there is no committed offset to go on from: the first start of a group, partitions added later, offsets that expired while the group was empty (7 days by default), and a committed offset that retention or truncation has overtaken. With `latest`, every message up to that moment is never read, without an error.',
  fix: 'Reset to earliest and make the handler tolerate repeats, since after an expiry earliest reads everything that is still kept; or, where the client has it, reset to none and decide in the program.',
  ignoreWhen: 'only new messages matter to the consumer, as for live dashboards, cache invalidation or tailing.',
  references: [
    'https://kafka.apache.org/documentation/#consumerconfigs_auto.offset.reset',
    'https://kafka.apache.org/documentation/#brokerconfigs_offsets.retention.minutes',
    'KIP-1106: duration based offset reset',
  ],
  examples: {
    bad: {
      'requirements.txt': 'kafka-python==2.0.2\n',
      'worker.py': `from kafka import KafkaConsumer

consumer = KafkaConsumer(
    'orders',
    bootstrap_servers='kafka.example.com:9092',
    group_id='billing',
    enable_auto_commit=False,
)
for message in consumer:
    charge(message.value)
    consumer.commit()
`,
    },
    good: {
      'requirements.txt': 'kafka-python==2.0.2\n',
      'worker.py': `from kafka import KafkaConsumer

consumer = KafkaConsumer(
    'orders',
    bootstrap_servers='kafka.example.com:9092',
    group_id='billing',
    enable_auto_commit=False,
    auto_offset_reset='earliest',
)
for message in consumer:
    charge(message.value)
    consumer.commit()
`,
    },
  },
  *check(facts) {
    yield* judgeClients(
      facts.clients.filter((c) => c.role === 'consumer'),
      judge,
    )
  },
})

function judge(client: Client, variant: Variant): Judgement {
  const problem = variant.problems.find((p) => p.key === KEY && ownerOf(variant, p) === 'offset-reset')
  if (problem) return misread(client, variant, problem)
  const subscribed = subscription(client)
  const effective = setting(variant, KEY)
  const decision = decide(effective, (value) => value === 'latest')
  if (!subscribed || !effective || decision.kind === 'clear' || refuses(variant, KEY)) return undefined
  const member = membership(client, variant)
  if (member.kind === 'none') return undefined
  if (decision.kind === 'undecided') return undecided(decision.reason)
  if (member.kind === 'undecided') return undecided(member.reason)
  return aboutSetting(client, effective, {
    severity: severityOf(client),
    confidence: leastConfidence(subscribed, decision.confidence, member.confidence, placedByHand(client)),
    message: `${tellDecided(client, variant, effective, decision)}: ${tellGroup(client)} skips every message up to the moment it starts`,
    why: 'It strikes when there is no committed offset (a new group, a partition added later, offsets expired while the group was empty) and when the committed offset is out of range (overtaken by retention or truncation): the consumer then goes on at the end, and nothing reports the gap.',
    fix: tellFix(client, variant),
  })
}

/** A value that is refused, or taken as something else. It fails whether or not there is a group. */
function misread(client: Client, variant: Variant, problem: SettingProblem): Judgement {
  const effective = setting(variant, KEY)
  const becomes = effective?.value.kind === 'known' ? effective.value.value : undefined
  const harmless = problem.effect === 'replaced' && becomes === 'earliest'
  const severity: Severity = isRefused(problem) || becomes === 'none' ? 'error' : harmless ? 'warning' : severityOf(client)
  return aboutProblem(client, problem, {
    severity,
    message: tellProblem(variant, problem),
    why:
      problem.why ??
      (isRefused(problem)
        ? 'The consumer does not start.'
        : becomes === 'none'
          ? 'Without a committed offset, as at the first start of a group, the consumer raises instead of starting where the author meant it to.'
          : 'The consumer starts somewhere else than the author meant.'),
    fix: tellFix(client, variant),
  })
}

function severityOf(client: Client): Severity {
  const declared = client.intent?.semantics
  return declared === 'at-least-once' || declared === 'exactly-once' ? 'error' : 'warning'
}

/** Seeking to an end by hand after subscribing mostly means that the reset policy never gets to speak. */
function placedByHand(client: Client): Confidence {
  return client.calls.some((call) => /^seek_?to_?(beginning|end)$/i.test(call.method) || call.method === 'assign')
    ? 'low'
    : 'high'
}

function tellGroup(client: Client): string {
  return client.group.kind === 'named'
    ? `group \`${client.group.id}\`, without a committed offset,`
    : 'the consumer, without a committed offset,'
}

function tellFix(client: Client, variant: Variant): string {
  const { resetNone, resetByDuration } = variant.capabilities
  const ways = [
    `Set \`${writeSetting(client, variant, KEY, 'earliest')}\` (after an expiry it reads everything that is kept, so handlers must bear repeats)`,
  ]
  if (resetByDuration) ways.push(`\`${writeSetting(client, variant, KEY, 'by_duration:P7D')}\` to bound what is read again`)
  if (resetNone)
    ways.push(`\`${writeSetting(client, variant, KEY, spellNone(variant))}\` and handle the missing offset in the program`)
  return `${ways.length > 1 ? `${ways.slice(0, -1).join(', ')}, or ${ways.at(-1)}` : ways[0]}.`
}

/** librdkafka refuses `none` and calls the same policy `error`. */
function spellNone(variant: Variant): string {
  return /^(confluent-kafka|node-rdkafka|confluent-kafka-javascript|librdkafka)/.test(variant.library) ? 'error' : 'none'
}
