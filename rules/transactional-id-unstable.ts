import { profileById } from '../src/knowledge/profiles.ts'
import type { Client, Variant } from '../src/model/facts.ts'
import type { Judgement } from '../src/rule/across.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { aboutSetting, undecided } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { spellingOf } from '../src/rule/spelling.ts'
import { statedId } from '../src/rule/transactional.ts'

export default defineRule({
  id: 'transactional-id-unstable',
  summary: 'the transactional id is made anew at each start, so that nothing fences the instance before',
  severities: ['warning', 'info'],
  needs: ['settings', 'version'],
  why: 'The id is how the coordinator knows a producer again: a restarted instance with the same id aborts what its predecessor left open and fences it. With a new id at each start the old transaction stays open until transaction.timeout.ms, read_committed consumers wait behind it, a paused predecessor may still commit, and the coordinator keeps every id for a week.',
  fix: "Use an id that stays with the instance over restarts: a configured name with the instance's ordinal, or one id per input partition.",
  ignoreWhen: 'each run is a job that writes once and is never resumed, and its consumers bear the wait.',
  references: [
    'https://kafka.apache.org/documentation/#producerconfigs_transactional.id',
    'KIP-98: exactly once delivery',
    'KIP-447: producer scalability for exactly once semantics',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `import uuid

from confluent_kafka import Producer

producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': f'orders-{uuid.uuid4()}',
})
producer.init_transactions()
`,
    },
    good: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `import os

from confluent_kafka import Producer

producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': os.environ['TRANSACTIONAL_ID'],
})
producer.init_transactions()
`,
    },
  },
  *check(facts) {
    yield* judgeClients(
      facts.clients.filter((c) => c.role === 'producer'),
      judge,
    )
  },
})

const SOURCES = {
  random: 'random',
  time: 'taken from the clock',
  process: 'taken from the process',
  host: 'taken from the host',
} as const

function judge(client: Client, variant: Variant): Judgement {
  const stated = statedId(variant)
  if (!stated || !variant.capabilities.transactions) return undefined
  const { effective, isPrefix } = stated
  const { value } = effective
  if (value.kind === 'unknown') return undecided(`the transactional id is unknown: ${value.reason}`)
  if (value.kind !== 'generated') return undefined
  const spelled = spellingOf(variant, effective.key, effective)
  if (value.by === 'host') {
    return aboutSetting(client, effective, {
      severity: 'info',
      persona: 'pedantic',
      confidence: effective.confidence,
      message: `\`${spelled}\` is ${SOURCES.host} (\`${value.text}\`): it stays the same only where host names do`,
      why: 'The pods of a StatefulSet keep their names; those of a Deployment and the containers of docker compose get new ones, and then nothing fences the predecessor.',
      fix: "Run it where host names are stable, or configure the id with the instance's ordinal.",
    })
  }
  // Spring's listener containers send the offsets with the group's metadata by themselves
  const fenced = variant.capabilities.groupMetadataFencing && (isPrefix || sendsOffsets(client, variant))
  return aboutSetting(client, effective, {
    severity: fenced ? 'info' : 'warning',
    confidence: effective.confidence,
    message: `\`${spelled}\` is ${SOURCES[value.by]} (\`${value.text}\`): each start gets a new one`,
    why: fenced
      ? "The group's metadata fences a predecessor when offsets are sent (KIP-447), but its open transaction still blocks read_committed consumers until transaction.timeout.ms, and the coordinator keeps every id for a week."
      : "The coordinator cannot know the restarted producer again: its predecessor's open transaction blocks read_committed consumers until transaction.timeout.ms, and a predecessor that was only paused may still commit.",
    fix: "Take the id from the configuration, with the instance's ordinal in it.",
  })
}

function sendsOffsets(client: Client, variant: Variant): boolean {
  const known = new Set(profileById(variant.library)?.methods.sendOffsets ?? [])
  return client.calls.some((call) => known.has(call.method) || /^send_?offsets(_?to_?transaction)?$/i.test(call.method))
}
