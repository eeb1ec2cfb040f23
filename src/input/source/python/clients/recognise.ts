import { tableRecogniser } from '../../program/clients/recognise.ts'
import { AIOKAFKA } from './aiokafka.ts'
import { CONFLUENT_KAFKA } from './confluent-kafka.ts'
import { FASTSTREAM, FAUST } from './frameworks.ts'
import { KAFKA_PYTHON } from './kafka-python.ts'
import { subscriber } from './subscriber.ts'

/** Where kafka-python itself defines its clients. */
const OWN_DEFINITIONS = ['kafka.consumer.group.KafkaConsumer', 'kafka.producer.kafka.KafkaProducer']

function fileOf(dotted: string): string {
  return `${dotted.split('.').slice(0, -1).join('/')}.py`
}

/** Recognises the clients of the Python libraries. */
export const newRecogniser = tableRecogniser([...KAFKA_PYTHON, ...AIOKAFKA, ...CONFLUENT_KAFKA, ...FAUST, ...FASTSTREAM], {
  // `kafka` is a name that projects give their own packages; nobody does that with the others.
  isLibrary: (module) => /^(?:confluent_kafka|aiokafka|faust|faststream)(?:\.|$)/.test(module),
  ownDefinition: (path, name) =>
    OWN_DEFINITIONS.find((dotted) => dotted.endsWith(`.${name}`) && `/${path}`.endsWith(`/${fileOf(dotted)}`)),
  method: (m, frame, kind, client, name, args, node) =>
    kind?.framework === 'faststream' && name === 'subscriber' ? subscriber(m, frame, kind, client, args, node) : undefined,
})
