import type { Client, Variant } from '../src/model/facts.ts'
import { weakAcks } from '../src/rule/acks.ts'
import type { Judgement } from '../src/rule/across.ts'
import { decide } from '../src/rule/decide.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { refuses } from '../src/rule/problems.ts'
import { writes } from '../src/rule/producers.ts'
import { aboutSetting, tellDecided, undecided } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { spellingOf, writeSetting } from '../src/rule/spelling.ts'

const KEY = 'enable.idempotence'

export default defineRule({
  id: 'idempotence-off',
  summary: 'a retried send can write the record twice, or out of order',
  severities: ['warning', 'info'],
  needs: ['settings', 'version'],
  why: 'When the acknowledgement of a write is lost, the producer sends the record again. Only an idempotent producer numbers its records, so that the broker drops the second copy and keeps the order. Some clients turn idempotence off without a word when another setting does not go with it.',
  fix: 'Enable idempotence, and take away the setting that turns it off.',
  ignoreWhen: 'every consumer of the topic drops repeats by a business key and does not depend on the order.',
  references: [
    'https://kafka.apache.org/documentation/#producerconfigs_enable.idempotence',
    'KIP-98: exactly once delivery',
    'KIP-679: strongest delivery guarantee by default',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'enable.idempotence': False})
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
    yield* judgeClients(facts.clients.filter(writes), judge)
  },
})

function judge(client: Client, variant: Variant): Judgement {
  const effective = setting(variant, KEY)
  const decision = decide(effective, (value) => value === false)
  if (!effective || !variant.capabilities.idempotentProducer || decision.kind === 'clear' || refuses(variant, KEY))
    return undefined
  if (decision.kind === 'undecided') return undecided(decision.reason)
  const { origin } = effective
  if (origin.kind === 'derived' && origin.because === 'acks' && weakAcks(variant).kind === 'met') return undefined
  // nothing is ever sent twice by a producer that does not retry, and retries-off says what that costs
  if (
    origin.kind !== 'derived' &&
    decide(setting(variant, 'retries'), (value) => Number(value) === 0 && value !== null).kind === 'met'
  )
    return undefined
  const byDefault = origin.kind === 'default'
  const cause = origin.kind === 'derived' && origin.because !== KEY ? setting(variant, origin.because) : undefined
  const named = cause ? `\`${spellingOf(variant, cause.key, cause)}\`` : undefined
  return aboutSetting(client, effective, {
    severity: byDefault ? 'info' : 'warning',
    confidence: decision.confidence,
    ...(byDefault ? { persona: 'pedantic' as const } : {}),
    message: `${tellDecided(client, variant, effective, decision)}: a retry can write a record twice`,
    why:
      origin.kind === 'derived'
        ? `${origin.says}. When an acknowledgement is lost, the record is sent again, and the broker cannot tell that it has it already.`
        : 'When an acknowledgement is lost, the record is sent again, and the broker cannot tell that it has it already; with several requests in flight, a retry also lands behind later records.',
    fix: named
      ? `Take ${named} away or give it a value that goes with idempotence, and set \`${writeSetting(client, variant, KEY, true)}\`, so that a conflict is refused instead of settled in silence.`
      : `Set \`${writeSetting(client, variant, KEY, true, origin.kind === 'derived' ? undefined : effective)}\`.`,
    related:
      origin.kind === 'derived' && origin.location
        ? [{ label: `${named ?? 'this'} turns it off`, location: origin.location }]
        : [],
  })
}
