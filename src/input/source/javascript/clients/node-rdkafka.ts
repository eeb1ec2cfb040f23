import { methodNames } from '../../program/clients/kind.ts'
import type { Library, Making, NewClient } from '../../program/clients/library.ts'
import { joined, optionsIn, propertyOf } from '../../program/clients/library-options.ts'
import { topicsIn } from '../../program/clients/topics.ts'
import type { TopicNames } from '../../program/evaluate/events.ts'
import { here } from '../../program/evaluate/heap.ts'

const CONSUMER = methodNames({
  subscribe: 'subscribe',
  assign: 'assign incrementalAssign',
  idle: 'connect disconnect on once consume isConnected setDefaultConsumeTimeout unsubscribe getMetadata',
})
const PRODUCER = methodNames({
  send: 'produce',
  idle: 'connect disconnect on once poll setPollInterval isConnected flush getMetadata',
})

/** Constructors and stream makers by the last part of their path. */
const MAKES: Readonly<Record<string, 'consumer' | 'producer'>> = {
  KafkaConsumer: 'consumer',
  createReadStream: 'consumer',
  Producer: 'producer',
  HighLevelProducer: 'producer',
  createWriteStream: 'producer',
}

const NAMES = [
  'KafkaConsumer',
  'Producer',
  'HighLevelProducer',
  'createReadStream',
  'createWriteStream',
  'KafkaConsumer.createReadStream',
  'Producer.createWriteStream',
]

function library(id: string, packageName: string): Library {
  return {
    libraries: [id],
    paths: new Set(NAMES.flatMap((name) => [`${packageName}.${name}`, `${packageName}.default.${name}`])),
    methods: (role) => (role === 'consumer' ? CONSUMER : PRODUCER),
    construct(making, path): readonly NewClient[] {
      const name = path.split('.').at(-1) as string
      const role = MAKES[name] ?? 'consumer'
      const [config, topicConfig, stream] = making.args
      const options = joined(optionsIn(making, config, undefined), optionsIn(making, topicConfig, undefined))
      const reads = name === 'createReadStream'
      const topics = reads || name === 'createWriteStream' ? streamTopics(making, stream) : undefined
      return [{ role, className: name, options, ...(topics ? { topics: [topics] } : {}), ...(reads ? { subscribes: true } : {}) }]
    },
    given(making, made, name) {
      const { m, frame, args, node } = making
      const [first] = args
      const names = made.role === 'consumer' ? name === 'subscribe' : name === 'produce'
      if (!names) return {}
      return {
        topics: first
          ? topicsIn(m, frame, [first.value], first.location)
          : { kind: 'unknown', reason: 'topics are passed on', location: here(frame, node) },
      }
    },
  }
}

function streamTopics(making: Making, given: Making['args'][number] | undefined): TopicNames {
  const location = given?.location ?? here(making.frame, making.node)
  const named = propertyOf(making, given, 'topics') ?? propertyOf(making, given, 'topic')
  return named
    ? topicsIn(making.m, making.frame, [named], location)
    : { kind: 'unknown', reason: 'topics are passed on', location }
}

/** node-rdkafka, and the callback API that @confluentinc/kafka-javascript took over from it: librdkafka's settings, those of topics apart. */
export const NODE_RDKAFKA: Library = library('node-rdkafka', 'node-rdkafka')
export const CONFLUENT_CALLBACKS: Library = library('confluent-kafka-javascript', '@confluentinc/kafka-javascript')
