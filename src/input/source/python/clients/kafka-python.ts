import { type ClientKind, methodNames } from '../../program/clients/kind.ts'

const IDLE =
  'close partitions_for_topic topics committed beginning_offsets end_offsets offsets_for_times metrics bootstrap_connected'

/** The package `kafka`: kafka-python, or its fork kafka-python-ng, which only a manifest tells apart. */
export const KAFKA_PYTHON: readonly ClientKind[] = [
  {
    libraries: ['kafka-python', 'kafka-python-ng'],
    className: 'KafkaConsumer',
    role: 'consumer',
    paths: ['kafka.KafkaConsumer', 'kafka.consumer.KafkaConsumer', 'kafka.consumer.group.KafkaConsumer'],
    options: 'keywords',
    positional: 'topics',
    notSettings: new Set(),
    methods: methodNames({ subscribe: 'subscribe', assign: 'assign', idle: IDLE }),
  },
  {
    libraries: ['kafka-python', 'kafka-python-ng'],
    className: 'KafkaProducer',
    role: 'producer',
    paths: ['kafka.KafkaProducer', 'kafka.producer.KafkaProducer', 'kafka.producer.kafka.KafkaProducer'],
    options: 'keywords',
    positional: [],
    notSettings: new Set(),
    methods: methodNames({ send: 'send', idle: 'partitions_for bootstrap_connected metrics' }),
  },
]
