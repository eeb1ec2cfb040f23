import { lookUp } from '../../text/table.ts'
import { GO_MEANINGS } from './go-meanings.ts'
import { JAVASCRIPT_MEANINGS } from './javascript-meanings.ts'
import type { Meaning } from './meaning.ts'

const one: Meaning = { kind: 'receive', hands: 'one' }
const several: Meaning = { kind: 'receive', hands: 'several' }
const transactions: Readonly<Record<string, Meaning>> = {
  init_transactions: { kind: 'init-transactions' },
  begin_transaction: { kind: 'begin' },
  commit_transaction: { kind: 'commit-transaction' },
  abort_transaction: { kind: 'abort' },
}

/**
 * confluent-kafka (confluent_kafka.pyi): `commit()` is asynchronous unless told otherwise and commits what is stored; `produce()` buffers.
 * https://docs.confluent.io/platform/current/clients/confluent-kafka-python/html/index.html
 */
const CONFLUENT: Readonly<Record<string, Meaning>> = {
  poll: one,
  consume: several,
  __iter__: one,
  __next__: one,
  commit: { kind: 'commit', mode: 'async', what: 'stored' },
  store_offsets: { kind: 'store' },
  seek: { kind: 'seek' },
  close: { kind: 'close' },
  produce: { kind: 'produce', mode: 'buffered' },
  flush: { kind: 'flush' },
  ...transactions,
  send_offsets_to_transaction: { kind: 'send-offsets', metadata: true },
}

/**
 * kafka-python (kafka/consumer/group.py, kafka/producer/kafka.py): `commit()` blocks and commits the position, which the iterator moves record
 * by record and `poll()` past all it returns; `send()` buffers and returns a future.
 * https://kafka-python.readthedocs.io/en/master/apidoc/KafkaConsumer.html
 */
const KAFKA_PYTHON: Readonly<Record<string, Meaning>> = {
  poll: several,
  __iter__: one,
  __next__: one,
  commit: { kind: 'commit', mode: 'sync', what: 'position' },
  commit_async: { kind: 'commit', mode: 'async', what: 'position' },
  seek: { kind: 'seek' },
  close: { kind: 'close' },
  send: { kind: 'produce', mode: 'buffered' },
  flush: { kind: 'flush' },
  ...transactions,
  send_offsets_to_transaction: { kind: 'send-offsets', metadata: false },
}

/**
 * aiokafka (aiokafka/consumer/consumer.py, producer/producer.py): `await commit()` waits and commits the position; `await send()` only buffers.
 * https://aiokafka.readthedocs.io/en/stable/api.html
 */
const AIOKAFKA: Readonly<Record<string, Meaning>> = {
  getone: one,
  getmany: several,
  __iter__: one,
  __aiter__: one,
  __anext__: one,
  commit: { kind: 'commit', mode: 'sync', what: 'position' },
  seek: { kind: 'seek' },
  seek_to_committed: { kind: 'seek' },
  stop: { kind: 'close' },
  send: { kind: 'produce', mode: 'buffered' },
  send_batch: { kind: 'produce', mode: 'buffered' },
  send_and_wait: { kind: 'produce', mode: 'awaited' },
  flush: { kind: 'flush' },
  ...transactions,
  send_offsets_to_transaction: { kind: 'send-offsets', metadata: false },
}

/**
 * kafka-clients (KafkaConsumer.java, KafkaProducer.java): `commitSync()` waits and commits the position, `commitAsync()` does not wait;
 * `send()` buffers and returns a future; offsets go into a transaction with the group's metadata, or with its id in the older form.
 * https://kafka.apache.org/documentation/#consumerapi
 */
const KAFKA_CLIENTS: Readonly<Record<string, Meaning>> = {
  poll: several,
  commitSync: { kind: 'commit', mode: 'sync', what: 'position' },
  commitAsync: { kind: 'commit', mode: 'async', what: 'position' },
  seek: { kind: 'seek' },
  close: { kind: 'close' },
  send: { kind: 'produce', mode: 'buffered' },
  flush: { kind: 'flush' },
  initTransactions: { kind: 'init-transactions' },
  beginTransaction: { kind: 'begin' },
  commitTransaction: { kind: 'commit-transaction' },
  abortTransaction: { kind: 'abort' },
  sendOffsetsToTransaction: { kind: 'send-offsets', metadata: true },
}

const BY_LIBRARY: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  'confluent-kafka': CONFLUENT,
  'kafka-python': KAFKA_PYTHON,
  'kafka-python-ng': KAFKA_PYTHON,
  aiokafka: AIOKAFKA,
  'kafka-clients': KAFKA_CLIENTS,
}

/** What a method of a library's consumer or producer means; undefined where it plays no part. */
export function meaningOf(library: string, role: 'consumer' | 'producer', method: string): Meaning | undefined {
  const own = (JAVASCRIPT_MEANINGS[library] ?? GO_MEANINGS[library])?.[role]
  if (own) return lookUp(own, method)
  const meaning = lookUp(BY_LIBRARY[library] ?? {}, method)
  // a producer's poll() serves callbacks, and hands over nothing
  if (meaning?.kind === 'receive' && role === 'producer') return undefined
  return meaning
}
