import { methodNames } from '../../program/clients/kind.ts'
import type { Library, Making } from '../../program/clients/library.ts'
import { optionsIn, propertyOf } from '../../program/clients/library-options.ts'
import { topicsIn } from '../../program/clients/topics.ts'
import type { TopicNames } from '../../program/evaluate/events.ts'
import type { Argument } from '../../program/evaluate/frame.ts'
import { here } from '../../program/evaluate/heap.ts'
import { CONFLUENT_PACKAGES } from './packages.ts'

const CONSUMER = methodNames({
  subscribe: 'Subscribe SubscribeTopics',
  assign: 'Assign IncrementalAssign',
  idle: 'Close Unsubscribe Pause Resume Assignment Committed Position GetMetadata QueryWatermarkOffsets GetWatermarkOffsets OffsetsForTimes Logs String SetOAuthBearerToken GetConsumerGroupMetadata',
})
const PRODUCER = methodNames({
  send: 'Produce',
  idle: 'Close Flush Events Len Logs GetMetadata String Purge SetOAuthBearerToken GetFatalError QueryWatermarkOffsets',
})

/** https://docs.confluent.io/kafka-clients/go/current/overview.html: settings are librdkafka's, in a map. */
export const CONFLUENT_GO: Library = {
  libraries: ['confluent-kafka-go'],
  paths: new Set(CONFLUENT_PACKAGES.flatMap((path) => [`${path}.NewConsumer`, `${path}.NewProducer`])),
  methods: (role) => (role === 'consumer' ? CONSUMER : PRODUCER),
  construct: (making, path) => [
    {
      role: path.endsWith('.NewConsumer') ? 'consumer' : 'producer',
      className: path.slice(path.lastIndexOf('.') + 1),
      options: optionsIn(making, making.args[0], undefined),
    },
  ],
  given(making, made, name) {
    const { m, frame, args } = making
    const [first] = args
    if (made.role === 'consumer' && CONSUMER.subscribe.has(name) && first)
      return { topics: topicsIn(m, frame, [first.value], first.location) }
    return made.role === 'producer' && name === 'Produce' ? { topics: sentTo(making) } : {}
  },
}

/** `Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: &topic}}, events)`. */
function sentTo(making: Making): TopicNames {
  const { m, frame, args, node } = making
  const [message] = args
  const location = message?.location ?? here(frame, node)
  const place = propertyOf(making, message, 'TopicPartition')
  const inner: Argument | undefined = place && { value: place, location }
  const topic = propertyOf(making, inner, 'Topic')
  return topic ? topicsIn(m, frame, [topic], location) : { kind: 'unknown', reason: 'topics are among what is sent', location }
}
