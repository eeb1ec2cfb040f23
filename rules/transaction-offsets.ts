import type { Client, Facts } from '../src/model/facts.ts'
import type { Commit, TransactionStep } from '../src/model/handler.ts'
import { possibleLiterals } from '../src/model/value.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, type Handled, handledBy, isCommit, oncePerPlace } from '../src/rule/handled.ts'
import { loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import type { Way } from '../src/semantics/paths.ts'

const TRANSACTIONAL = `producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': 'billing-1',
})
producer.init_transactions()
`
const BEGIN = "    producer.begin_transaction()\n    producer.produce('charges', message.value())\n"

export default defineRule({
  id: 'transaction-offsets',
  summary: 'the offsets of what a transaction consumed are not committed with it',
  severities: ['error', 'warning'],
  needs: ['handler', 'settings'],
  why: 'What is read and what is written become one only where the offsets are sent with the transaction. Committed by the consumer, before or after, a crash in between repeats the output or loses the input. Sent with the group id alone, an old instance that lost its partitions can still commit them (KIP-447).',
  fix: "Send the offsets with the transaction and the consumer's group metadata, and leave the consumer's own commits out.",
  ignoreWhen: 'what is written may be written twice.',
  references: [
    'https://cwiki.apache.org/confluence/display/KAFKA/KIP-447%3A+Producer+scalability+for+exactly+once+semantics',
    'https://kafka.apache.org/documentation/#semantics',
  ],
  examples: {
    bad: loopOf(
      `${BEGIN}    producer.commit_transaction()\n    consumer.commit(message, asynchronous=False)\n`,
      undefined,
      TRANSACTIONAL,
    ),
    good: loopOf(
      `${BEGIN}    producer.send_offsets_to_transaction(consumer.position(consumer.assignment()), consumer.consumer_group_metadata())\n    producer.commit_transaction()\n`,
      undefined,
      TRANSACTIONAL,
    ),
  },
  *check(facts) {
    for (const handled of handledBy(facts))
      yield* oncePerPlace(
        handled.ways.flatMap((way) => [...byTheConsumer(handled, way), ...byTheGroupAlone(facts, handled, way)]),
      )
  },
})

/** The consumer commits for itself what a transaction in the same turn was made of. */
function byTheConsumer(handled: Handled, way: Way): readonly Finding[] {
  const ends = way.steps.find(({ step, failed }) => step.kind === 'commit-transaction' && !failed)
  if (!ends || way.steps.some(({ step }) => step.kind === 'send-offsets')) return []
  const commit = way.steps.find(({ step }) => isCommit(step))?.step as Commit | undefined
  const [client] = handled.consumers
  if (!commit && !commitsByItself(client)) return []
  return [
    aboutStep(handled, {
      severity: 'error',
      confidence: 'medium',
      message: commit
        ? 'the consumer commits its offsets by itself, beside the transaction'
        : 'auto-commit commits the offsets, whatever becomes of the transaction',
      why: 'A crash between the two leaves one done and the other not: the output is written twice, or the input is lost.',
      fix: "Send the offsets with the transaction (send_offsets_to_transaction with the consumer's group metadata), and leave the consumer's own commit out.",
      location: (commit ?? ends.step).location,
      related: commit ? [{ label: 'the transaction is committed here', location: ends.step.location }] : [],
      key: 'own',
      trace: ['receive m0', 'the transaction commits what m0 became', 'CRASH', 'receive m0', 'the transaction commits it again'],
    }),
  ]
}

function commitsByItself({ variants }: Client): boolean {
  return variants.every((variant) => {
    const effective = setting(variant, 'enable.auto.commit')
    const literals = effective && possibleLiterals(effective.value)
    return variant.commit.when !== 'never' && literals?.length === 1 && literals[0] === true
  })
}

/** Offsets that go with the group's id and without its generation. */
function byTheGroupAlone(facts: Facts, handled: Handled, way: Way): readonly Finding[] {
  const sent = way.steps.find(({ step }) => step.kind === 'send-offsets')?.step as TransactionStep | undefined
  if (sent?.metadata !== false) return []
  const producer = facts.clients.find(({ id }) => id === sent.producer)
  if (!producer) return []
  const better = producer.variants.every(({ capabilities }) => capabilities.groupMetadataFencing)
  return [
    aboutStep(handled, {
      severity: better ? 'error' : 'warning',
      confidence: 'medium',
      message:
        'the offsets go with the transaction by the group id alone, so that an instance that lost its partitions is not stopped',
      why: 'Only the group metadata tells the broker which generation of the group commits. Without it two instances may both commit the same input, unless each input partition has its own transactional id.',
      fix: better
        ? "Hand over the consumer's group metadata in place of the group id."
        : `${producer.variants[0]?.libraryTitle ?? 'This library'} has no way to send it: make one transactional id for each input partition, so that the id fences the old instance.`,
      location: sent.location,
      key: 'group',
    }),
  ]
}
