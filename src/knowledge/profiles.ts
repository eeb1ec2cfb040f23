import { aiokafka } from './clients/aiokafka.ts'
import { confluentKafka } from './clients/confluent-kafka.ts'
import { confluentKafkaGo } from './clients/confluent-kafka-go.ts'
import { confluentKafkaJavascript } from './clients/confluent-kafka-javascript.ts'
import { faststreamConfluent } from './clients/faststream-confluent.ts'
import { faststreamKafka } from './clients/faststream-kafka.ts'
import { faust } from './clients/faust.ts'
import { franzGo } from './clients/franz-go.ts'
import { kafkaClients } from './clients/kafka-clients.ts'
import { kafkaConnect } from './clients/kafka-connect.ts'
import { kafkaGo } from './clients/kafka-go.ts'
import { kafkaNode } from './clients/kafka-node.ts'
import { kafkaPython } from './clients/kafka-python.ts'
import { kafkaPythonNg } from './clients/kafka-python-ng.ts'
import { kafkajs } from './clients/kafkajs.ts'
import { nodeRdkafka } from './clients/node-rdkafka.ts'
import { sarama } from './clients/sarama.ts'
import { springBootKafka } from './clients/spring-boot-kafka.ts'
import type { Profile } from './profile.ts'

// biome-ignore format: one line per profile
/** Every library that semcheck knows. */
export const PROFILES: readonly Profile[] = [
  kafkaPython,
  kafkaPythonNg,
  confluentKafka,
  aiokafka,
  faust,
  faststreamKafka,
  faststreamConfluent,
  kafkaClients,
  springBootKafka,
  kafkaConnect,
  kafkajs,
  nodeRdkafka,
  kafkaNode,
  confluentKafkaJavascript,
  sarama,
  confluentKafkaGo,
  kafkaGo,
  franzGo,
]

/** The profile of an id, or undefined for a library that semcheck does not know. */
export function profileById(id: string): Profile | undefined {
  return PROFILES.find((profile) => profile.id === id)
}
