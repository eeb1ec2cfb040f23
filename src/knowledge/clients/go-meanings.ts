import type { Meaning } from './meaning.ts'

type Methods = Readonly<Record<string, Meaning>>

const one: Meaning = { kind: 'receive', hands: 'one' }

/**
 * sarama (consumer_group.go, sync_producer.go, async_producer.go): a claim's `Messages` is a channel; the session marks what is done, and
 * commits marks by a timer, or when `Commit` is called. `SendMessage` waits, `Input` is a channel.
 * https://pkg.go.dev/github.com/IBM/sarama
 */
const SARAMA: { readonly consumer: Methods; readonly producer: Methods } = {
  consumer: {
    Messages: one,
    MarkMessage: { kind: 'store' },
    MarkOffset: { kind: 'store' },
    Commit: { kind: 'commit', mode: 'sync', what: 'stored' },
    Close: { kind: 'close' },
  },
  producer: {
    SendMessage: { kind: 'produce', mode: 'awaited' },
    SendMessages: { kind: 'produce', mode: 'awaited' },
    Input: { kind: 'produce', mode: 'buffered' },
    Close: { kind: 'close' },
    BeginTxn: { kind: 'begin' },
    CommitTxn: { kind: 'commit-transaction' },
    AbortTxn: { kind: 'abort' },
    // v1.50.2, async_producer.go: the shorter forms send generation -1, by which the broker fences nobody
    AddOffsetsToTxn: { kind: 'send-offsets', metadata: false },
    AddMessageToTxn: { kind: 'send-offsets', metadata: false },
    AddOffsetsToTxnWithGroupMetadata: { kind: 'send-offsets', metadata: true },
    AddMessageToTxnWithGroupMetadata: { kind: 'send-offsets', metadata: true },
  },
}

/**
 * confluent-kafka-go (kafka/consumer.go, kafka/producer.go): every commit waits; `Produce` buffers, and tells of the delivery on a channel.
 * https://docs.confluent.io/platform/current/clients/confluent-kafka-go/index.html
 */
const CONFLUENT: { readonly consumer: Methods; readonly producer: Methods } = {
  consumer: {
    Poll: one,
    ReadMessage: one,
    Commit: { kind: 'commit', mode: 'sync', what: 'stored' },
    CommitMessage: { kind: 'commit', mode: 'sync', what: 'message' },
    CommitOffsets: { kind: 'commit', mode: 'sync', what: 'other' },
    StoreOffsets: { kind: 'store' },
    StoreMessage: { kind: 'store' },
    Seek: { kind: 'seek' },
    SeekPartitions: { kind: 'seek' },
    Close: { kind: 'close' },
  },
  producer: {
    Produce: { kind: 'produce', mode: 'buffered' },
    Flush: { kind: 'flush' },
    Close: { kind: 'close' },
    InitTransactions: { kind: 'init-transactions' },
    BeginTransaction: { kind: 'begin' },
    CommitTransaction: { kind: 'commit-transaction' },
    AbortTransaction: { kind: 'abort' },
    SendOffsetsToTransaction: { kind: 'send-offsets', metadata: true },
  },
}

/**
 * kafka-go (reader.go, writer.go): `ReadMessage` commits before it returns, where there is a group; `FetchMessage` leaves that to
 * `CommitMessages`. `WriteMessages` waits unless the writer is `Async`.
 * https://pkg.go.dev/github.com/segmentio/kafka-go
 */
const KAFKA_GO: { readonly consumer: Methods; readonly producer: Methods } = {
  consumer: {
    ReadMessage: one,
    FetchMessage: one,
    CommitMessages: { kind: 'commit', mode: 'sync', what: 'message' },
    SetOffset: { kind: 'seek' },
    Close: { kind: 'close' },
  },
  producer: { WriteMessages: { kind: 'produce', mode: 'awaited' }, Close: { kind: 'close' } },
}

/**
 * franz-go (pkg/kgo/consumer_group.go, producer.go): `CommitRecords` and `CommitUncommittedOffsets` wait; `Produce` calls its promise,
 * `ProduceSync` waits.
 * https://pkg.go.dev/github.com/twmb/franz-go/pkg/kgo
 */
const FRANZ_GO: { readonly consumer: Methods; readonly producer: Methods } = {
  consumer: {
    PollFetches: { kind: 'receive', hands: 'several' },
    PollRecords: { kind: 'receive', hands: 'several' },
    CommitRecords: { kind: 'commit', mode: 'sync', what: 'message' },
    CommitUncommittedOffsets: { kind: 'commit', mode: 'sync', what: 'position' },
    CommitMarkedOffsets: { kind: 'commit', mode: 'sync', what: 'stored' },
    CommitOffsetsSync: { kind: 'commit', mode: 'sync', what: 'other' },
    CommitOffsets: { kind: 'commit', mode: 'async', what: 'other' },
    // a session ends its transaction with the offsets in it
    End: { kind: 'commit', mode: 'sync', what: 'position' },
    MarkCommitRecords: { kind: 'store' },
    SetOffsets: { kind: 'seek' },
    Close: { kind: 'close' },
  },
  producer: {
    Produce: { kind: 'produce', mode: 'buffered' },
    TryProduce: { kind: 'produce', mode: 'buffered' },
    ProduceSync: { kind: 'produce', mode: 'awaited' },
    Flush: { kind: 'flush' },
    Close: { kind: 'close' },
    BeginTransaction: { kind: 'begin' },
    Begin: { kind: 'begin' },
    EndTransaction: { kind: 'commit-transaction' },
    End: { kind: 'commit-transaction' },
  },
}

/** What the methods of the Go libraries mean, by library and role. */
export const GO_MEANINGS: Readonly<Record<string, { readonly consumer: Methods; readonly producer: Methods }>> = {
  sarama: SARAMA,
  'confluent-kafka-go': CONFLUENT,
  'kafka-go': KAFKA_GO,
  'franz-go': FRANZ_GO,
}
