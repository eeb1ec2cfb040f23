import type { Meaning } from './meaning.ts'

type Methods = Readonly<Record<string, Meaning>>

/**
 * kafkajs (src/consumer/index.js, src/producer/index.js): `run` calls one of two functions and awaits it; `send` resolves when it is
 * acknowledged; a transaction has the producer's methods.
 * https://kafka.js.org/docs/consuming
 */
const KAFKAJS: { readonly consumer: Methods; readonly producer: Methods } = {
  consumer: {
    run: { kind: 'runs', callbacks: { eachMessage: 'one', eachBatch: 'several' } },
    commitOffsets: { kind: 'commit', mode: 'sync', what: 'other' },
    seek: { kind: 'seek' },
    disconnect: { kind: 'close' },
    stop: { kind: 'close' },
  },
  producer: {
    send: { kind: 'produce', mode: 'awaited' },
    sendBatch: { kind: 'produce', mode: 'awaited' },
    transaction: { kind: 'begin' },
    commit: { kind: 'commit-transaction' },
    abort: { kind: 'abort' },
    sendOffsets: { kind: 'send-offsets', metadata: false },
    disconnect: { kind: 'close' },
  },
}

/**
 * node-rdkafka (lib/kafka-consumer.js, lib/producer.js): messages come as `data` events; `commit` and `commitMessage` do not wait, and `commit`
 * takes the offset of what it is given as it is; `produce` buffers.
 * https://blizzard.github.io/node-rdkafka/current/
 */
const NODE_RDKAFKA: { readonly consumer: Methods; readonly producer: Methods } = {
  consumer: {
    on: { kind: 'listens', events: ['data'], hands: 'one' },
    commit: { kind: 'commit', mode: 'async', what: 'stored', message: 'own' },
    commitSync: { kind: 'commit', mode: 'sync', what: 'stored', message: 'own' },
    commitMessage: { kind: 'commit', mode: 'async', what: 'message' },
    commitMessageSync: { kind: 'commit', mode: 'sync', what: 'message' },
    offsetsStore: { kind: 'store' },
    seek: { kind: 'seek' },
    disconnect: { kind: 'close' },
  },
  producer: {
    produce: { kind: 'produce', mode: 'buffered' },
    flush: { kind: 'flush' },
    disconnect: { kind: 'close' },
    initTransactions: { kind: 'init-transactions' },
    beginTransaction: { kind: 'begin' },
    commitTransaction: { kind: 'commit-transaction' },
    abortTransaction: { kind: 'abort' },
    sendOffsetsToTransaction: { kind: 'send-offsets', metadata: true },
  },
}

/**
 * kafka-node 5.0.0 (lib/consumerGroup.js, lib/consumerGroupStream.js, lib/baseProducer.js): a ConsumerGroup emits `message`, its stream `data`;
 * `commit` of the group commits what was fetched, that of the stream takes a message and commits past it; `send` tells a callback.
 */
const KAFKA_NODE: { readonly consumer: Methods; readonly producer: Methods } = {
  consumer: {
    on: { kind: 'listens', events: ['message', 'data'], hands: 'one' },
    commit: { kind: 'commit', mode: 'async', what: 'position' },
    close: { kind: 'close' },
  },
  producer: { send: { kind: 'produce', mode: 'buffered' }, close: { kind: 'close' } },
}

/** What the methods of the JavaScript clients mean. @confluentinc/kafka-javascript has both APIs; its transactions hand over the consumer. */
export const JAVASCRIPT_MEANINGS: Readonly<Record<string, { readonly consumer: Methods; readonly producer: Methods }>> = {
  kafkajs: KAFKAJS,
  'node-rdkafka': NODE_RDKAFKA,
  'kafka-node': KAFKA_NODE,
  'confluent-kafka-javascript': {
    consumer: { ...NODE_RDKAFKA.consumer, ...KAFKAJS.consumer },
    producer: { ...NODE_RDKAFKA.producer, ...KAFKAJS.producer, sendOffsets: { kind: 'send-offsets', metadata: true } },
  },
}
