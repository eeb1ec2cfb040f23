import { methodNames } from '../../program/clients/kind.ts'
import type { Library, Making } from '../../program/clients/library.ts'
import { joined, optionsIn, propertyOf } from '../../program/clients/library-options.ts'
import { topicsIn } from '../../program/clients/topics.ts'
import type { TopicNames } from '../../program/evaluate/events.ts'
import { here } from '../../program/evaluate/heap.ts'
import { constant } from '../../program/evaluate/value.ts'
import { named } from './options.ts'
import { KAFKA_GO } from './packages.ts'

const CONSUMER = methodNames({ idle: 'Close Config Lag ReadLag Offset Stats' })
const PRODUCER = methodNames({ send: 'WriteMessages', idle: 'Close Stats' })

/** https://pkg.go.dev/github.com/segmentio/kafka-go: a Reader is configured when it is made, a Writer is a struct. */
export const KAFKA_GO_CLIENTS: Library = {
  libraries: ['kafka-go'],
  paths: new Set([`${KAFKA_GO}.NewReader`, `${KAFKA_GO}.NewWriter`, `${KAFKA_GO}.Writer`]),
  methods: (role) => (role === 'consumer' ? CONSUMER : PRODUCER),
  construct(making, path) {
    const [given] = making.args
    const options = optionsIn(making, given, undefined)
    const topics = topicsOf(making)
    if (path.endsWith('.NewReader')) return [{ role: 'consumer', className: 'NewReader', options, topics, subscribes: true }]
    if (path.endsWith('.Writer')) return [{ role: 'producer', className: 'Writer', options, topics }]
    const acks = propertyOf(making, given, 'RequiredAcks')
    // the older constructor asks for all where it is told nothing (writer.go, NewWriter)
    const absent = acks?.kind === 'constant' && (acks.value === null || acks.value === 0)
    const all = { value: constant('RequireAll'), location: here(making.frame, making.node) }
    return [
      {
        role: 'producer',
        className: 'NewWriter',
        options: absent ? joined(options, named(making, { RequiredAcks: all })) : options,
        topics,
      },
    ]
  },
  given: (making, made, name) => (made.role === 'producer' && name === 'WriteMessages' ? sentTo(making) : {}),
}

function topicsOf(making: Making): readonly TopicNames[] {
  const { m, frame, args, node } = making
  const [given] = args
  const location = given?.location ?? here(frame, node)
  const topic = propertyOf(making, given, 'GroupTopics') ?? propertyOf(making, given, 'Topic')
  return topic && !(topic.kind === 'constant' && topic.value === null) ? [topicsIn(m, frame, [topic], location)] : []
}

/** `WriteMessages(ctx, kafka.Message{Topic: "t"})`. */
function sentTo(making: Making): { readonly topics?: TopicNames } {
  const [, message] = making.args
  const topic = propertyOf(making, message, 'Topic')
  return message && topic && !(topic.kind === 'constant' && topic.value === null)
    ? { topics: topicsIn(making.m, making.frame, [topic], message.location) }
    : {}
}
