import type { Client, Facts, Variant } from '../src/model/facts.ts'
import type { Produce, Step } from '../src/model/handler.ts'
import { possibleLiterals } from '../src/model/value.ts'
import { clientSubject } from '../src/rule/across.ts'
import type { Finding } from '../src/rule/finding.ts'
import { aboutStep, type Handled, handledBy, oncePerPlace, tellStep } from '../src/rule/handled.ts'
import { loopOf } from '../src/rule/handler-examples.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { sinceReceived, type Way } from '../src/semantics/paths.ts'

const TRANSACTIONAL = `producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': 'billing-1',
})
producer.init_transactions()
`
const SEND = "    producer.produce('charges', message.value())\n"
const OFFSETS =
  '    producer.send_offsets_to_transaction(consumer.position(consumer.assignment()), consumer.consumer_group_metadata())\n'

export default defineRule({
  id: 'transaction-calls',
  summary: "a transaction's calls are missing, or in an order that does not do what was meant",
  severities: ['error'],
  needs: ['handler', 'settings'],
  why: 'A transactional producer works in a fixed order: init once, then begin, send, send the offsets, commit; abort where something fails. A call that is left out raises, leaves a transaction open that readers wait for, or writes outside of it.',
  fix: 'Call init_transactions() once; for each message or batch begin, send, send the offsets and commit; where anything fails abort, and go back to the committed offsets.',
  ignoreWhen: 'the missing call is made by code that semcheck does not see.',
  references: [
    'https://kafka.apache.org/documentation/#semantics',
    'https://cwiki.apache.org/confluence/display/KAFKA/KIP-98+-+Exactly+Once+Delivery+and+Transactional+Messaging',
  ],
  examples: {
    bad: loopOf(
      `    producer.begin_transaction()\n    try:\n    ${SEND}    ${OFFSETS}        producer.commit_transaction()\n    except Exception:\n        producer.abort_transaction()\n`,
      undefined,
      TRANSACTIONAL,
    ),
    good: loopOf(
      `    producer.begin_transaction()\n    try:\n    ${SEND}    ${OFFSETS}        producer.commit_transaction()\n    except Exception:\n        producer.abort_transaction()\n        consumer.seek(message)\n`,
      undefined,
      TRANSACTIONAL,
    ),
  },
  *check(facts) {
    for (const handled of handledBy(facts)) {
      yield* oncePerPlace(
        handled.ways.flatMap((way) => [...leftOpen(handled, way), ...notRewound(handled, way), ...outside(facts, handled, way)]),
      )
    }
    for (const client of facts.clients) yield* ofProducer(client)
  },
})

/** A failure that is caught while a transaction is open, and nobody ends it. */
function leftOpen(handled: Handled, way: Way): readonly Finding[] {
  const failed = way.steps.findIndex((taken) => taken.failed)
  if (!way.caught || failed < 0 || way.ends !== 'turn') return []
  const begin = way.steps.slice(0, failed).findLast(({ step }) => step.kind === 'begin')
  if (!begin || way.steps.slice(way.steps.indexOf(begin)).some(({ step }) => isEnd(step))) return []
  const broken = way.steps[failed]?.step as Step
  return [
    aboutStep(handled, {
      severity: 'error',
      confidence: 'medium',
      message: `where ${tellStep(broken)} fails, the transaction is neither aborted nor committed`,
      why: 'The exception is caught and the loop goes on with the transaction open: the next begin raises, and readers that want committed messages wait until it times out.',
      fix: 'Call abort_transaction() where the exception is caught, and go back to the committed offsets.',
      location: way.caught.location,
      related: [
        { label: 'the transaction begins here', location: begin.step.location },
        { label: 'may fail', location: broken.location },
      ],
      key: 'open',
    }),
  ]
}

/** An abort after which the loop goes on with the next message. */
function notRewound(handled: Handled, way: Way): readonly Finding[] {
  const steps = sinceReceived(way)
  const failed = steps.findIndex((taken) => taken.failed)
  if (failed < 0 || way.ends !== 'turn') return []
  const rest = steps.slice(failed + 1)
  const broken = steps[failed]?.step as Step
  const abort = rest.find(({ step }) => step.kind === 'abort')
  if (!abort || rest.some(({ step }) => step.kind === 'seek' || (step.kind === 'produce' && step.deadLetter))) return []
  // what was handed over before the transaction began, and counts in it
  if (!handled.ways.some((other) => other.steps.some(({ step }) => step.kind === 'send-offsets'))) return []
  return [
    aboutStep(handled, {
      severity: 'error',
      confidence: 'medium',
      message: 'the transaction is aborted, and the consumer goes on behind the message: it is lost with the next commit',
      why: 'Aborting undoes what was written and leaves the consumer where it is. The next transaction commits offsets past the message that was never processed.',
      fix: 'After abort_transaction() seek each partition back to its committed offset, or let the exception end the process.',
      location: abort.step.location,
      related: [{ label: 'fails', location: broken.location }],
      key: 'rewind',
      trace: [
        'receive m0',
        `${broken.text} throws`,
        'the transaction is aborted',
        'receive m1',
        'the transaction commits offset 2',
        'm0 is never processed',
      ],
    }),
  ]
}

/** Something that a transactional producer sends before it begins, or after it has ended. */
function outside(facts: Facts, handled: Handled, way: Way): readonly Finding[] {
  if (way.caught) return []
  // a transaction that spans several turns is open when a turn begins
  if (!way.steps.some(({ step }) => step.kind === 'begin') || handled.ways.some(endsOpen)) return []
  let open = false
  const found: Finding[] = []
  for (const { step } of way.steps) {
    if (step.kind === 'begin') open = true
    if (isEnd(step)) open = false
    if (step.kind !== 'produce' || open || !isTransactional(facts, step)) continue
    found.push(
      aboutStep(handled, {
        severity: 'error',
        confidence: 'medium',
        message: `${tellStep(step)} is sent outside of a transaction`,
        why: 'A producer with a transactional id sends in transactions only: the call raises, or the message is not part of what is committed.',
        fix: 'Begin the transaction before it, or send with a producer that has no transactional id.',
        location: step.location,
        key: 'outside',
      }),
    )
  }
  return found
}

const isEnd = (step: Step) => step.kind === 'commit-transaction' || step.kind === 'abort'

/** The last that happens to the transaction in a turn is that one begins. */
function endsOpen({ steps, caught }: Way): boolean {
  if (caught) return false
  return steps.findLast(({ step, failed }) => !failed && (step.kind === 'begin' || isEnd(step)))?.step.kind === 'begin'
}

function isTransactional(facts: Facts, { producer }: Produce): boolean {
  const client = facts.clients.find(({ id }) => id === producer)
  return client?.variants.every(hasTransactionalId) === true
}

function hasTransactionalId(variant: Variant): boolean {
  const effective = setting(variant, 'transactional.id')
  if (!effective || effective.confidence === 'low') return false
  if (effective.value.kind === 'generated') return true
  const literals = possibleLiterals(effective.value)
  return literals !== undefined && literals.length > 0 && literals.every((one) => typeof one === 'string' && one !== '')
}

const BEGIN = new Set(['begin_transaction'])
const INIT = new Set(['init_transactions'])
const ENDS = new Set(['commit_transaction', 'abort_transaction'])

/** A producer whose every use was followed: what it never calls is not called. */
function* ofProducer(client: Client): Iterable<Finding> {
  if (client.role !== 'producer' || !client.followed || client.language !== 'python') return
  const first = (names: ReadonlySet<string>) => client.calls.find(({ method }) => names.has(method))
  const begin = first(BEGIN)
  if (!begin) return
  const initialises = client.variants.every(({ library }) => library === 'confluent-kafka' || library.startsWith('kafka-python'))
  if (initialises && !first(INIT))
    yield about(
      client,
      begin.location,
      'init',
      'init_transactions() is never called, so the first transaction raises',
      'Call init_transactions() once, before the first transaction.',
    )
  if (!first(ENDS))
    yield about(
      client,
      begin.location,
      'commit',
      'the transaction is begun, and neither committed nor aborted: readers of committed messages never see what is sent',
      'Call commit_transaction() once everything is sent.',
    )
}

function about(client: Client, location: Finding['location'], key: string, message: string, fix: string): Finding {
  return {
    kind: 'finding',
    subject: clientSubject(client),
    severity: 'error',
    confidence: 'high',
    message,
    why: 'The calls of a transaction only work together, in their order.',
    fix,
    location,
    related: [{ label: client.name, location: client.location }],
    anchors: [client.location],
    key,
  }
}
