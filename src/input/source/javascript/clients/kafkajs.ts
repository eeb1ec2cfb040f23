import { methodNames } from '../../program/clients/kind.ts'
import { topicsIn } from '../../program/clients/topics.ts'
import type { TopicNames } from '../../program/evaluate/events.ts'
import { here } from '../../program/evaluate/heap.ts'
import type { Library, Making } from './library.ts'
import { joined, optionsIn, propertyOf } from './options.ts'

const CONSUMER = methodNames({
  subscribe: 'subscribe',
  idle: 'connect disconnect stop on pause resume paused describeGroup logger',
})
const PRODUCER = methodNames({ send: 'send sendBatch', idle: 'connect disconnect on logger isIdempotent events' })

/** https://kafka.js.org/docs/consuming: a consumer is told of topics by `subscribe`, and committed for by what `run` is given. */
export const KAFKAJS: Library = {
  libraries: ['kafkajs'],
  paths: new Set(['kafkajs.Kafka', 'kafkajs.default.Kafka', 'kafkajs.default']),
  methods: (role) => (role === 'consumer' ? CONSUMER : PRODUCER),
  construct: (making) => ({ factory: optionsIn(making, making.args[0], 'client', ['retry']), className: 'Kafka' }),
  make(making, factory, name) {
    if (name !== 'consumer' && name !== 'producer') return undefined
    const own = optionsIn(making, making.args[0], name, ['retry'])
    return {
      role: name,
      className: name,
      options: joined(factory.options ?? { settings: [], gaps: [] }, own),
      ...(name === 'consumer' ? { completedBy: 'run' } : {}),
    }
  },
  given(making, made, name) {
    const [first] = making.args
    if (made.role === 'consumer' && name === 'subscribe')
      return { options: optionsIn(making, first, 'subscribe'), topics: topicsOf(making) }
    if (made.role === 'consumer' && name === 'run') return { options: optionsIn(making, first, 'run') }
    if (made.role === 'producer' && name === 'send')
      return { options: optionsIn(making, first, 'send'), topics: topicsOf(making) }
    if (made.role === 'producer' && name === 'sendBatch') return { options: optionsIn(making, first, 'send') }
    return {}
  },
}

/** The topics that `{topic}` or `{topics}` names. */
export function topicsOf(making: Making): TopicNames {
  const [first] = making.args
  const { m, frame, node } = making
  const location = first?.location ?? here(frame, node)
  const named = propertyOf(making, first, 'topics') ?? propertyOf(making, first, 'topic')
  return named ? topicsIn(m, frame, [named], location) : { kind: 'unknown', reason: 'topics are passed on', location }
}
