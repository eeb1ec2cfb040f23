import { type ClientKind, methodNames } from '../../program/clients/kind.ts'

const CONSUMER = methodNames({
  subscribe: 'subscribe',
  assign: 'assign incremental_assign',
  idle: 'close list_topics committed get_watermark_offsets offsets_for_times set_sasl_credentials memberid position assignment unsubscribe',
})
const PRODUCER = methodNames({ send: 'produce', idle: 'list_topics set_sasl_credentials' })
/** Arguments of the constructors that are no librdkafka settings. */
const NOT_SETTINGS = new Set([
  'logger',
  'schema_registry',
  'reader_key_schema',
  'reader_value_schema',
  'default_key_schema',
  'default_value_schema',
  'executor',
  'max_workers',
  'batch_size',
  'buffer_timeout',
  'loop',
])

function kind(className: string, role: 'consumer' | 'producer', ...paths: string[]): ClientKind {
  return {
    libraries: ['confluent-kafka'],
    className,
    role,
    paths: paths.map((path) => `confluent_kafka.${path}`),
    options: 'dict',
    positional: [],
    notSettings: NOT_SETTINGS,
    methods: role === 'consumer' ? CONSUMER : PRODUCER,
  }
}

/** Settings are a dict in librdkafka's own spelling; keyword arguments are taken as settings too. */
export const CONFLUENT_KAFKA: readonly ClientKind[] = [
  kind('Consumer', 'consumer', 'Consumer', 'cimpl.Consumer'),
  kind('Producer', 'producer', 'Producer', 'cimpl.Producer'),
  kind('DeserializingConsumer', 'consumer', 'DeserializingConsumer', 'deserializing_consumer.DeserializingConsumer'),
  kind('SerializingProducer', 'producer', 'SerializingProducer', 'serializing_producer.SerializingProducer'),
  kind('AvroConsumer', 'consumer', 'avro.AvroConsumer'),
  kind('AvroProducer', 'producer', 'avro.AvroProducer'),
  kind('AIOConsumer', 'consumer', 'aio.AIOConsumer', 'experimental.aio.AIOConsumer', 'aio._AIOConsumer.AIOConsumer'),
  kind('AIOProducer', 'producer', 'aio.AIOProducer', 'experimental.aio.AIOProducer', 'aio.producer.AIOProducer'),
]
