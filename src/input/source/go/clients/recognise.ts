import { libraryRecogniser } from '../../program/clients/library-recogniser.ts'
import { CONFLUENT_GO } from './confluent.ts'
import { FRANZ } from './franz-go.ts'
import { KAFKA_GO_CLIENTS } from './kafka-go.ts'
import { SARAMA } from './sarama.ts'

/** Recognises what makes clients of the Go libraries, and what is called on them. */
export const newRecogniser = libraryRecogniser([SARAMA, CONFLUENT_GO, KAFKA_GO_CLIENTS, FRANZ], [])
