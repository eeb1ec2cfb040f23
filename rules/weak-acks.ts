import type { Client, Variant } from '../src/model/facts.ts'
import { weakAcks } from '../src/rule/acks.ts'
import type { Judgement } from '../src/rule/across.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { writes } from '../src/rule/producers.ts'
import { aboutSetting, tellDecided, undecided } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { writeSetting } from '../src/rule/spelling.ts'

export default defineRule({
  id: 'weak-acks',
  summary: 'writes are confirmed before every in-sync replica has them, or not at all',
  severities: ['error'],
  needs: ['settings', 'version'],
  why: 'With acks=1 the leader confirms a record that no follower has yet; when that leader fails, the new one has never seen it, and the producer has already been told that all is well. With acks=0 nothing is confirmed and no error is ever reported.',
  fix: 'Ask for all in-sync replicas, on topics with at least three replicas and min.insync.replicas=2.',
  ignoreWhen:
    'losing records at a broker failure is acceptable, as for metrics; or declare `semantics: at-most-once` for the topic in semcheck.yaml.',
  references: [
    'https://kafka.apache.org/documentation/#producerconfigs_acks',
    'https://kafka.apache.org/documentation/#replication',
    'KIP-679: strongest delivery guarantee by default',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'acks': 1})
producer.produce('orders', b'{}', on_delivery=report)
producer.flush()
`,
    },
    good: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'acks': 'all', 'enable.idempotence': True})
producer.produce('orders', b'{}', on_delivery=report)
producer.flush()
`,
    },
  },
  *check(facts) {
    yield* judgeClients(
      facts.clients.filter((c) => writes(c) && c.intent?.semantics !== 'at-most-once'),
      judge,
    )
  },
})

function judge(client: Client, variant: Variant): Judgement {
  const effective = setting(variant, 'acks')
  const decision = weakAcks(variant)
  if (!effective || decision.kind === 'clear') return undefined
  if (decision.kind === 'undecided') return undecided(decision.reason)
  const unconfirmed = decision.literals.some((value) => String(value) === '0')
  return aboutSetting(client, effective, {
    severity: 'error',
    confidence: decision.confidence,
    message: `${tellDecided(client, variant, effective, decision)}: ${unconfirmed ? 'no broker confirms a write' : 'a write is confirmed before a follower has it'}`,
    why:
      (unconfirmed
        ? 'The producer takes a record for written as soon as it is sent: whatever the broker refuses, or loses at a restart or a change of leader, is gone without an error.'
        : 'When the leader fails before its followers have fetched the record, the new leader has never seen it: the record is lost although the producer was told that it is written.') +
      (disablesIdempotence(variant) ? ' It also turns idempotence off, so that retries can repeat and reorder records.' : ''),
    fix: `Set \`${writeSetting(client, variant, 'acks', 'all', effective)}\`, and min.insync.replicas=2 on topics with three replicas.`,
  })
}

function disablesIdempotence(variant: Variant): boolean {
  const origin = setting(variant, 'enable.idempotence')?.origin
  return origin?.kind === 'derived' && origin.because === 'acks'
}
