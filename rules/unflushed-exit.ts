import type { Client, Variant } from '../src/model/facts.ts'
import type { Value } from '../src/model/value.ts'
import { clientSubject } from '../src/rule/across.ts'
import { defineRule } from '../src/rule/rule.ts'

const producing = (rest: string) => ({
  'requirements.txt': 'confluent-kafka==2.6.0\n',
  'publisher.py': `from confluent_kafka import Producer

producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'acks': 'all', 'enable.idempotence': True})
producer.produce('orders', b'{}', on_delivery=report)
${rest}`,
})

/** What waits for the buffer, by library; closing does in kafka-python and aiokafka, and confluent-kafka's close() flushes too. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  'confluent-kafka': ['flush', 'close', '__exit__', '__enter__', 'commit_transaction'],
  'kafka-python': ['flush', 'close', '__enter__', '__exit__', 'commit_transaction'],
  'kafka-python-ng': ['flush', 'close', '__enter__', '__exit__', 'commit_transaction'],
  aiokafka: ['flush', 'stop', '__aenter__', '__aexit__', 'commit_transaction'],
  // closing waits in sarama, and in the others it does not
  sarama: ['Close', 'AsyncClose', 'CommitTxn'],
  'confluent-kafka-go': ['Flush', 'CommitTransaction'],
  'franz-go': ['Flush', 'EndTransaction', 'End'],
}
const SENDS = ['produce', 'send', 'Produce', 'TryProduce', 'Input']

/** Where a program is one file with an end. */
const LANGUAGES = new Set(['python', 'go'])

export default defineRule({
  id: 'unflushed-exit',
  summary: 'the program ends with messages still in the buffer',
  severities: ['warning'],
  needs: ['handler'],
  why: 'A producer gathers messages and writes them in the background. What is still in its buffer when the program ends is lost, and that is often the last message, or all of them in a short program.',
  fix: 'Flush or close the producer on every way out of the program.',
  ignoreWhen: 'the program never ends but by force, and the last messages may be lost then.',
  references: [
    'https://docs.confluent.io/platform/current/clients/confluent-kafka-python/html/index.html#confluent_kafka.Producer.flush',
    'https://kafka-python.readthedocs.io/en/master/apidoc/KafkaProducer.html',
  ],
  examples: { bad: producing(''), good: producing('producer.flush()\n') },
  *check(facts) {
    for (const client of facts.clients) {
      if (client.role !== 'producer' || !client.followed || !LANGUAGES.has(client.language)) continue
      const [first] = client.calls.filter((call) => isBuffered(call) && !isAwaited(client, call))
      const ends = ENDS[(client.variants[0] as Variant).library]
      if (!first || !ends || client.calls.some(({ method }) => ends.includes(method)) || !isProgram(client)) continue
      yield {
        kind: 'finding',
        subject: clientSubject(client),
        severity: 'warning',
        confidence: 'medium',
        message: `${client.name} is neither flushed nor closed: what is still in its buffer when the program ends is lost`,
        why: `\`${first.method}()\` returns before the broker has the message; it waits for more to be sent with it.`,
        fix:
          client.language === 'go'
            ? 'Flush or close it when the program ends, on every way out.'
            : 'Call `flush()` when the program ends, in a `finally` or at exit, and look at what it returns.',
        location: client.location,
        related: [{ label: 'written to here', location: first.location }],
        key: 'flush',
      }
    }
  },
})

function isBuffered({ method, result, arguments: given }: Client['calls'][number]): boolean {
  // whoever hands over a channel for the delivery, or a function that is told of it, waits for it
  const last = given.at(-1)
  const told = (method === 'Produce' || method === 'TryProduce') && last !== undefined && !isNull(last.value)
  return SENDS.includes(method) && result !== 'waited' && !told
}

/** Go: what reads `Events()` after it sends, rather than beside, waits for the delivery. */
function isAwaited({ calls }: Client, { method, location }: Client['calls'][number]): boolean {
  return (
    method === 'Produce' &&
    calls.some(
      (other) => other.method === 'Events' && other.location.path === location.path && other.location.line > location.line,
    )
  )
}

function isNull(value: Value): boolean {
  return value.kind === 'known' && value.value === null
}

/** A producer that an object keeps, or that is written to elsewhere, is flushed by whoever ends them; a program of one file has nobody else. */
function isProgram({ id, location, calls }: Client): boolean {
  const scope = id.slice(id.indexOf(':') + 1, id.lastIndexOf(':'))
  return !scope.includes('.') && calls.every((call) => call.location.path === location.path)
}
