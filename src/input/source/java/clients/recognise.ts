import { tableRecogniser } from '../../program/clients/recognise.ts'
import { KAFKA_CLIENTS } from './kafka-clients.ts'
import { SPRING_KAFKA } from './spring.ts'

/** Recognises the clients of the Java libraries. */
export const newRecogniser = tableRecogniser([...KAFKA_CLIENTS, ...SPRING_KAFKA], {
  isLibrary: () => false,
  // the client's own source is no use of it
  ownDefinition: (path, name) =>
    /org\/apache\/kafka\/clients\/(?:consumer|producer)\/Kafka(?:Consumer|Producer)\.java$/.test(path)
      ? `org.apache.kafka.clients.${name === 'KafkaConsumer' ? 'consumer' : 'producer'}.${name}`
      : undefined,
})
