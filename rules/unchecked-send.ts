import type { ClientCall } from '../src/model/client.ts'
import type { Client, Variant } from '../src/model/facts.ts'
import { clientSubject } from '../src/rule/across.ts'
import type { Confidence, Finding } from '../src/rule/finding.ts'
import { oncePerPlace } from '../src/rule/handled.ts'
import { defineRule } from '../src/rule/rule.ts'
import { isTransactional } from '../src/rule/transactional.ts'

const producing = (call: string) => ({
  'requirements.txt': 'confluent-kafka==2.6.0\n',
  'publisher.py': `from confluent_kafka import Producer

producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'acks': 'all', 'enable.idempotence': True})
${call}
producer.flush()
`,
})

export default defineRule({
  id: 'unchecked-send',
  summary: 'a message is sent, and nobody learns when that fails',
  severities: ['warning'],
  needs: ['handler', 'settings'],
  why: 'Producers write in the background. A message that cannot be delivered is reported to a callback or by a future, and to nobody where there is neither: flush() waits for it and says nothing of its failure.',
  fix: 'Give the call a callback that looks at the error, or look at the future it returns.',
  ignoreWhen: 'the messages are of no consequence, as metrics are.',
  references: [
    'https://docs.confluent.io/platform/current/clients/confluent-kafka-python/html/index.html#confluent_kafka.Producer.produce',
    'https://kafka-python.readthedocs.io/en/master/apidoc/KafkaProducer.html',
    'https://aiokafka.readthedocs.io/en/stable/producer.html',
  ],
  examples: {
    bad: producing("producer.produce('orders', b'{}')"),
    good: producing("producer.produce('orders', b'{}', on_delivery=report)"),
  },
  *check(facts) {
    const producers = facts.clients.filter(
      (client) => client.role === 'producer' && !isTransactional(client) && !toldBySettings(client),
    )
    yield* oncePerPlace(
      producers.flatMap((client) =>
        client.calls.flatMap((call) => {
          const how = uncheckedBy(client, call)
          return how ? [finding(client, call, how)] : []
        }),
      ),
    )
  },
})

const library = ({ variants }: Client) => (variants[0] as Variant).library

/** confluent-kafka takes a callback for every message among the settings. */
function toldBySettings({ options }: Client): boolean {
  return options.settings.some(({ key }) => key === 'on_delivery' || key === 'dr_cb' || key === 'dr_msg_cb')
}

interface How {
  readonly confidence: Confidence
  readonly says: string
  readonly fix: string
}

function uncheckedBy(client: Client, call: ClientCall): How | undefined {
  const given = (name: string) => call.arguments.some((one) => one.name === name)
  switch (library(client)) {
    case 'confluent-kafka':
      if (call.method === 'produce' && call.callback === 'deaf' && client.language === 'python')
        return {
          confidence: 'medium',
          says: 'has a delivery callback that does nothing with the error',
          fix: 'Let the callback look at its first argument, and keep, raise or log what it says.',
        }
      if (call.method !== 'produce' || given('callback') || given('on_delivery') || call.result !== 'dropped') return undefined
      // the callback is the sixth positional argument
      if (given('5') || client.language !== 'python') return undefined
      return {
        // what is not seen of the settings may be a callback
        confidence: client.options.gaps.length > 0 ? 'low' : 'high',
        says: 'has no delivery callback',
        fix: 'Pass `on_delivery=` a function that looks at its first argument, and call poll() or flush() so that it runs.',
      }
    case 'kafka-python':
    case 'kafka-python-ng':
      if (call.method !== 'send' || call.result !== 'dropped') return undefined
      return {
        confidence: 'high',
        says: 'returns a future that is dropped',
        fix: 'Keep the future, and call `.add_errback()` or `.get(timeout=…)` on it.',
      }
    case 'aiokafka':
      if (call.method !== 'send' || (call.result !== 'awaited' && call.result !== 'dropped')) return undefined
      return {
        confidence: 'high',
        says: 'returns a future that is dropped: awaiting it once only hands the message to the buffer',
        fix: 'Use `await producer.send_and_wait(…)`, or await the future that `await producer.send(…)` gives.',
      }
    case 'kafka-clients':
      // the callback is the second argument
      if (call.method !== 'send' || call.result !== 'dropped' || given('1')) return undefined
      return {
        confidence: 'high',
        says: 'has no callback, and its future is dropped',
        fix: 'Pass a callback that looks at the exception, or wait for the future with `get()`.',
      }
    case 'spring-boot-kafka':
      if (!/^send(?:Default)?$/.test(call.method) || call.result !== 'dropped') return undefined
      return {
        confidence: 'high',
        says: 'returns a future that is dropped, so that a failure is only logged',
        fix: 'Wait for the future with `get()`, or look at it with `whenComplete()`.',
      }
    case 'kafkajs':
    case 'confluent-kafka-javascript':
      if ((call.method !== 'send' && call.method !== 'sendBatch') || call.result !== 'dropped') return undefined
      return {
        confidence: 'high',
        says: 'returns a promise that nobody waits for',
        fix: 'Wait for it with `await`, or add `.catch()`.',
      }
    default:
      return uncheckedInGo(client, call)
  }
}

/** Go's calls give their errors back; what only buffers tells a channel or a function. */
function uncheckedInGo(client: Client, { method, result, arguments: given }: ClientCall): How | undefined {
  const isNil = (at: number) =>
    given.some(({ name, value }) => name === String(at) && value.kind === 'known' && value.value === null)
  const how = (says: string, fix: string): How => ({ confidence: 'high', says, fix })
  switch (library(client)) {
    case 'sarama': {
      const silent = client.options.settings.some(
        ({ key, value }) => key === 'Producer.Return.Errors' && value.kind === 'known' && value.value === false,
      )
      if (method === 'Input' && silent)
        return how('writes while `Producer.Return.Errors` is false', 'Leave `Producer.Return.Errors` on, and read `Errors()`.')
      return /^SendMessages?$/.test(method) && result === 'dropped'
        ? how('gives an error that is dropped', 'Look at the error that it gives.')
        : undefined
    }
    case 'confluent-kafka-go':
      return method === 'Produce' && isNil(1) && client.followed && !client.calls.some((call) => call.method === 'Events')
        ? how(
            'is given no delivery channel, and nobody reads `Events()`',
            'Read `Events()`, and look at the error of each delivery.',
          )
        : undefined
    case 'kafka-go':
      return method === 'WriteMessages' && result === 'dropped'
        ? how('gives an error that is dropped', 'Look at the error that it gives.')
        : undefined
    case 'franz-go':
      if (/^(?:Try)?Produce$/.test(method) && isNil(2)) return how('has no promise', 'Pass a function that looks at the error.')
      return method === 'ProduceSync' && result === 'dropped'
        ? how('gives results that are dropped', 'Look at `.FirstErr()` of what it gives.')
        : undefined
    default:
      return undefined
  }
}

function finding(client: Client, call: ClientCall, { confidence, says, fix }: How): Finding {
  return {
    kind: 'finding',
    subject: clientSubject(client),
    severity: 'warning',
    confidence,
    message: `\`${call.method}()\` ${says}: a message that is not delivered is lost without a word`,
    why: 'When retries are used up, or the topic is gone or too small for the message, the producer drops it. The program goes on as if it had been written.',
    fix,
    location: call.location,
    related: [{ label: client.name, location: client.location }],
    anchors: [client.location],
    key: call.method,
  }
}
