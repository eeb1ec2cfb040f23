import type { Produce } from '../src/model/handler.ts'
import { aboutStep, acknowledges, commits, handledBy, oncePerPlace } from '../src/rule/handled.ts'
import { loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { sinceReceived } from '../src/semantics/paths.ts'

const PRODUCER =
  "producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'acks': 'all', 'enable.idempotence': True})\n"
const SEND = "    producer.produce('paid', message.value(), on_delivery=report)\n"

export default defineRule({
  id: 'commit-before-ack',
  summary: 'the input is committed before the output is acknowledged',
  severities: ['error'],
  needs: ['handler'],
  why: 'A produced message lies in the buffer of the producer until the broker has it. When the input is committed before that and the process dies, the output is gone and the input is not read again.',
  fix: 'Flush, or wait for the acknowledgement, before committing the input; or do both in one transaction.',
  ignoreWhen: 'losing outputs at a crash is no matter.',
  references: [
    'https://docs.confluent.io/platform/current/clients/confluent-kafka-python/html/index.html#confluent_kafka.Producer.flush',
    'KIP-98: exactly once delivery',
  ],
  examples: {
    bad: loopOf(
      `${SEND}    consumer.commit(message, asynchronous=False)\n    producer.flush()\n`,
      "'enable.auto.commit': False,",
      PRODUCER,
    ),
    good: loopOf(
      `${SEND}    producer.flush()\n    consumer.commit(message, asynchronous=False)\n`,
      "'enable.auto.commit': False,",
      PRODUCER,
    ),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      if (!commits(handled)) continue
      const found = handled.ways.flatMap((way) => {
        const steps = sinceReceived(way)
        if (way.caught || steps.some(({ step }) => step.kind === 'begin' || step.kind === 'send-offsets')) return []
        const at = steps.findIndex(({ step }) => acknowledges(step) && !(step.kind === 'commit' && step.limited))
        const before = at < 0 ? [] : steps.slice(0, at)
        const flushed = before.findLastIndex(({ step }) => step.kind === 'flush' && step.complete !== false)
        const sent = before.slice(flushed + 1).find(({ step }) => step.kind === 'produce' && step.mode === 'buffered')?.step
        const commit = steps[at]?.step
        return sent && commit ? [{ sent: sent as Produce, commit }] : []
      })
      yield* oncePerPlace(
        found.map(({ sent, commit }) =>
          aboutStep(handled, {
            severity: 'error',
            confidence: sent.checked === 'unknown' ? 'low' : 'medium',
            message: `\`${commit.text}\` comes before the broker has what \`${sent.text}\` wrote`,
            why: `${sent.deadLetter ? 'The dead letter' : 'The output'} is still in the buffer: when the process dies now, it is lost, and its input counts as done.`,
            fix: 'Call `flush()` on the producer before the commit, for every message or once for a batch.',
            location: commit.location,
            related: [{ label: 'written here', location: sent.location }],
            key: 'ack',
            trace: [
              'receive m0',
              `${sent.text} puts the output into the buffer`,
              `commit (${commit.text})`,
              'CRASH',
              'the output of m0 is lost',
            ],
          }),
        ),
      )
    }
  },
})
