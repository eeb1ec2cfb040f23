import type { Client, Variant } from '../src/model/facts.ts'
import type { Literal } from '../src/model/value.ts'
import type { Judgement } from '../src/rule/across.ts'
import { decide } from '../src/rule/decide.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { refuses } from '../src/rule/problems.ts'
import { writes } from '../src/rule/producers.ts'
import { aboutSetting, tellDecided, undecided } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { writeSetting } from '../src/rule/spelling.ts'

/**
 * A leader that dies is replaced when its session ends: broker.session.timeout.ms is 9 s under KRaft, zookeeper.session.timeout.ms 18 s (6 s
 * before Kafka 2.5). A delivery timeout below 10 s gives up while even the quickest of today's clusters still waits for the dead broker.
 */
const ONE_LEADER_CHANGE_MS = 10_000

export default defineRule({
  id: 'retries-off',
  summary: 'a producer gives a record up before a new leader can be elected',
  severities: ['warning'],
  needs: ['settings', 'version'],
  why: `Every restart of a broker moves leaders, and a send that meets it fails with a retriable error. Without retries, or with a delivery timeout under ${ONE_LEADER_CHANGE_MS / 1000} s (a dead broker's session lasts 9 s under KRaft, 18 s with ZooKeeper), the record is dropped and only the callback or future of that one send ever knows.`,
  fix: 'Leave retries at the maximum and bound the time by the delivery timeout, at two minutes or more.',
  ignoreWhen: 'stale records are worthless and may be dropped, or the program itself keeps and sends again what failed.',
  references: [
    'https://kafka.apache.org/documentation/#producerconfigs_retries',
    'https://kafka.apache.org/documentation/#producerconfigs_delivery.timeout.ms',
    'https://kafka.apache.org/documentation/#brokerconfigs_broker.session.timeout.ms',
    'KIP-91: intuitive producer timeouts',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'retries': 0})
producer.produce('orders', b'{}', on_delivery=report)
producer.flush()
`,
    },
    good: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'enable.idempotence': True})
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
  return noRetries(client, variant) ?? shortDelivery(client, variant)
}

function noRetries(client: Client, variant: Variant): Judgement {
  const effective = setting(variant, 'retries')
  const decision = decide(effective, (value) => Number(value) === 0 && value !== null && value !== '')
  if (!effective || decision.kind === 'clear' || refuses(variant, 'retries')) return undefined
  if (decision.kind === 'undecided') return undecided(decision.reason)
  return aboutSetting(client, effective, {
    severity: 'warning',
    confidence: decision.confidence,
    message: `${tellDecided(client, variant, effective, decision)}: a send that meets a change of leader fails at once`,
    why: `${variant.title} then gives the record up at the first retriable error, such as a broker's restart; only the result of that one send tells, and a program that does not look loses the record.`,
    fix: tellFix(client, variant),
  })
}

function shortDelivery(client: Client, variant: Variant): Judgement {
  const effective = setting(variant, 'delivery.timeout.ms')
  const decision = decide(effective, isShort)
  if (!effective || decision.kind === 'clear' || refuses(variant, 'delivery.timeout.ms')) return undefined
  if (decision.kind === 'undecided') return undecided(decision.reason)
  return aboutSetting(client, effective, {
    severity: 'warning',
    confidence: decision.confidence,
    message: `${tellDecided(client, variant, effective, decision)} ms: less than the change of leader that follows a broker's death`,
    why: `A dead broker's session lasts 9 s under KRaft and 18 s with ZooKeeper before its partitions get new leaders; records that wait longer than the delivery timeout are dropped, and only their own results tell.`,
    fix: `Set \`${writeSetting(client, variant, 'delivery.timeout.ms', 120_000, effective)}\` or leave it out.`,
  })
}

/** 0 stands for no limit at all in librdkafka; the Java client refuses it. */
function isShort(value: Literal): boolean {
  const milliseconds = typeof value === 'boolean' || value === null || value === '' ? Number.NaN : Number(value)
  return milliseconds > 0 && milliseconds < ONE_LEADER_CHANGE_MS
}

function tellFix(client: Client, variant: Variant): string {
  const retries = setting(variant, 'retries')
  if (retries?.origin.kind === 'default')
    return `Set \`${writeSetting(client, variant, 'retries', 2_147_483_647)}\`, or move to a version that retries by default.`
  return `Set \`${writeSetting(client, variant, 'retries', 2_147_483_647, retries)}\`, or leave it out where the library then retries until the delivery timeout.`
}
