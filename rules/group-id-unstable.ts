import type { Client, Variant } from '../src/model/facts.ts'
import { possibleLiterals } from '../src/model/value.ts'
import type { Judgement } from '../src/rule/across.ts'
import { leastConfidence } from '../src/rule/decide.ts'
import type { Severity } from '../src/rule/finding.ts'
import { subscription } from '../src/rule/groups.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { aboutSetting, tellOverridable } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { spellingOf } from '../src/rule/spelling.ts'

const KEY = 'group.id'

export default defineRule({
  id: 'group-id-unstable',
  summary: 'the group id is made anew at each start, so that no committed offset is ever found again',
  severities: ['warning', 'error'],
  needs: ['settings', 'version'],
  why: 'Offsets are committed under the group id. A consumer that joins another group at each start begins where the reset policy says: with latest it skips what arrived while it was down, with earliest it handles everything again. Each abandoned group also stays on the brokers until its offsets expire.',
  fix: 'Give the group a fixed name.',
  ignoreWhen:
    'every instance is meant to see every message from now on, as for a broadcast to connected clients or a tail: say so in the reason.',
  references: [
    'https://kafka.apache.org/documentation/#consumerconfigs_group.id',
    'https://kafka.apache.org/documentation/#consumerconfigs_auto.offset.reset',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'worker.py': `import uuid

from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': f'billing-{uuid.uuid4()}',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        charge(message.value())
        consumer.commit(message, asynchronous=False)
`,
    },
    good: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        charge(message.value())
        consumer.commit(message, asynchronous=False)
`,
    },
  },
  *check(facts) {
    yield* judgeClients(facts.clients, judge)
  },
})

const SOURCES = {
  random: 'random',
  time: 'taken from the clock',
  process: 'taken from the process',
  host: 'taken from the host',
} as const

function judge(client: Client, variant: Variant): Judgement {
  const subscribed = subscription(client)
  const effective = setting(variant, KEY)
  if (!subscribed || effective?.value.kind !== 'generated') return undefined
  // in a topic that this start makes there is nothing that a group could find again
  if (client.topics.kind === 'unknown' && client.topics.anew) return undefined
  const { by, text } = effective.value
  const { severity, why } = costOf(variant)
  return aboutSetting(client, effective, {
    severity,
    // a host name may well be stable, and one group per host is then a choice
    confidence: leastConfidence(by === 'host' ? 'low' : 'high', subscribed, effective.confidence),
    message: `\`${spellingOf(variant, KEY, effective)}\` is ${SOURCES[by]} (\`${text}\`)${tellOverridable(effective)}: ${by === 'host' ? 'each host has a group of its own' : 'each start joins a new group'}`,
    why,
    fix: 'Use a fixed group id; if every instance is to see every message, keep it and say so in a semcheck-ignore comment.',
  })
}

function costOf(variant: Variant): { severity: Severity; why: string } {
  const reset = setting(variant, 'auto.offset.reset')
  const policies = (reset && possibleLiterals(reset.value)) ?? []
  const [policy] = policies.length === 1 ? policies : []
  if (policy === 'latest')
    return {
      severity: 'error',
      why: 'With reset policy latest it starts at the end each time: whatever arrived while no instance ran is never read.',
    }
  if (policy === 'earliest')
    return {
      severity: 'warning',
      why: 'With reset policy earliest it starts at the beginning each time: everything that is still kept is handled again.',
    }
  if (policy === 'none')
    return { severity: 'error', why: 'With reset policy none it finds no committed offset and raises at each start.' }
  return {
    severity: 'warning',
    why: 'It never finds its committed offsets again: with reset policy latest it skips what arrived while it was down, with earliest it handles everything again.',
  }
}
