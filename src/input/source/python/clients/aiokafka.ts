import { type ClientKind, methodNames } from '../../program/clients/kind.ts'

export const AIOKAFKA: readonly ClientKind[] = [
  {
    libraries: ['aiokafka'],
    className: 'AIOKafkaConsumer',
    role: 'consumer',
    paths: ['aiokafka.AIOKafkaConsumer', 'aiokafka.consumer.AIOKafkaConsumer', 'aiokafka.consumer.consumer.AIOKafkaConsumer'],
    options: 'keywords',
    positional: 'topics',
    notSettings: new Set(['loop']),
    methods: methodNames({
      subscribe: 'subscribe',
      assign: 'assign',
      idle: 'start stop partitions_for_topic topics committed beginning_offsets end_offsets offsets_for_times last_stable_offset',
    }),
  },
  {
    libraries: ['aiokafka'],
    className: 'AIOKafkaProducer',
    role: 'producer',
    paths: ['aiokafka.AIOKafkaProducer', 'aiokafka.producer.AIOKafkaProducer', 'aiokafka.producer.producer.AIOKafkaProducer'],
    options: 'keywords',
    positional: [],
    notSettings: new Set(['loop']),
    methods: methodNames({ send: 'send send_and_wait', idle: 'start stop partitions_for' }),
  },
]
