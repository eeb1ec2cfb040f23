import { type ClientKind, methodNames } from '../../program/clients/kind.ts'

const CONSUMER = methodNames({
  subscribe: 'subscribe',
  assign: 'assign',
  idle: 'close wakeup listTopics partitionsFor committed position assignment subscription unsubscribe metrics endOffsets beginningOffsets offsetsForTimes groupMetadata pause resume paused enforceRebalance',
})
const PRODUCER = methodNames({ send: 'send', idle: 'close partitionsFor metrics flush' })

function kind(className: string, role: 'consumer' | 'producer'): ClientKind {
  return {
    libraries: ['kafka-clients'],
    className,
    role,
    paths: [`org.apache.kafka.clients.${role}.${className}`],
    options: 'dict',
    // the serialisers that follow are no settings
    positional: [],
    notSettings: new Set(),
    methods: role === 'consumer' ? CONSUMER : PRODUCER,
  }
}

/** The Java client: settings are a map, or a Properties. */
export const KAFKA_CLIENTS: readonly ClientKind[] = [kind('KafkaConsumer', 'consumer'), kind('KafkaProducer', 'producer')]
