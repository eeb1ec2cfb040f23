import { libraryRecogniser } from '../../program/clients/library-recogniser.ts'
import { CONFLUENT_KAFKAJS } from './confluent.ts'
import { KAFKA_NODE } from './kafka-node.ts'
import { KAFKAJS } from './kafkajs.ts'
import { CONFLUENT_CALLBACKS, NODE_RDKAFKA } from './node-rdkafka.ts'

/** Recognises what makes clients of the JavaScript libraries, and what is called on them. */
export const newRecogniser = libraryRecogniser(
  [KAFKAJS, CONFLUENT_KAFKAJS, NODE_RDKAFKA, CONFLUENT_CALLBACKS, KAFKA_NODE],
  ['consumer', 'producer'],
)
