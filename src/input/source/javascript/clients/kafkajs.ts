import { KAFKAJS_OPTIONS, type Place } from '../../../../knowledge/clients/kafkajs-options.ts'
import { methodNames } from '../../program/clients/kind.ts'
import type { Library, Making } from '../../program/clients/library.ts'
import { joined, optionsIn as optionsAt, propertyOf } from '../../program/clients/library-options.ts'
import { topicsIn } from '../../program/clients/topics.ts'
import type { OptionSnapshot, TopicNames } from '../../program/evaluate/events.ts'
import type { Argument } from '../../program/evaluate/frame.ts'
import { here } from '../../program/evaluate/heap.ts'

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
  // a transaction is used like its producer
  result: (_making, client, name) => (name === 'transaction' ? client : undefined),
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

/** The options that one of kafkajs's calls takes. */
function optionsIn(making: Making, given: Argument | undefined, place: Place, inner: readonly string[] = []): OptionSnapshot {
  const options = optionsAt(making, given, place, inner)
  const hides = Object.values(KAFKAJS_OPTIONS).flatMap(({ canonical, places }) => (places.includes(place) ? [canonical] : []))
  return { ...options, gaps: options.gaps.map((gap) => ({ ...gap, hides })) }
}

/** The topics that `{topic}` or `{topics}` names. */
export function topicsOf(making: Making): TopicNames {
  const [first] = making.args
  const { m, frame, node } = making
  const location = first?.location ?? here(frame, node)
  const named = propertyOf(making, first, 'topics') ?? propertyOf(making, first, 'topic')
  return named ? topicsIn(m, frame, [named], location) : { kind: 'unknown', reason: 'topics are passed on', location }
}
