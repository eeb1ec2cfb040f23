import { methodNames } from '../../program/clients/kind.ts'
import { type Library, type Making, NO_OPTIONS } from '../../program/clients/library.ts'
import { optionsIn } from '../../program/clients/library-options.ts'
import { topicsIn } from '../../program/clients/topics.ts'
import type { TopicNames } from '../../program/evaluate/events.ts'
import { here } from '../../program/evaluate/heap.ts'

const CONSUMER = methodNames({
  idle: 'on once pause resume close addTopics removeTopics pauseTopics resumeTopics setOffset connect pipe',
})
const PRODUCER = methodNames({ send: 'send', idle: 'on once createTopics close' })

/** kafka-node's own names; `Consumer` and `ConsumerStream` read without a group's rebalancing and are not followed. */
const MAKES: Readonly<Record<string, 'consumer' | 'producer'>> = {
  ConsumerGroup: 'consumer',
  ConsumerGroupStream: 'consumer',
  Producer: 'producer',
  HighLevelProducer: 'producer',
}

/** kafka-node 5: `new ConsumerGroup(options, topics)`, `new Producer(client, options)`. https://github.com/SOHU-Co/kafka-node */
export const KAFKA_NODE: Library = {
  libraries: ['kafka-node'],
  paths: new Set(Object.keys(MAKES).flatMap((name) => [`kafka-node.${name}`, `kafka-node.default.${name}`])),
  methods: (role) => (role === 'consumer' ? CONSUMER : PRODUCER),
  construct(making, path) {
    const className = path.split('.').at(-1) as string
    const [first, second] = making.args
    if (MAKES[className] === 'producer')
      return [{ role: 'producer', className, options: second ? optionsIn(making, second, undefined) : NO_OPTIONS }]
    const topics = second ? [topicsIn(making.m, making.frame, [second.value], second.location)] : []
    return [{ role: 'consumer', className, options: optionsIn(making, first, undefined), topics, subscribes: true }]
  },
  given: (making, made, name) => (made.role === 'producer' && name === 'send' ? { topics: sentTo(making) } : {}),
}

/** `send([{ topic, messages }], callback)`: what is sent is not taken apart. */
function sentTo({ args, frame, node }: Making): TopicNames {
  const location = args[0]?.location ?? here(frame, node)
  return { kind: 'unknown', reason: 'topics are among what is sent', location }
}
