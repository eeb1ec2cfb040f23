import { methodNames } from '../../program/clients/kind.ts'
import { type Library, NO_OPTIONS } from '../../program/clients/library.ts'
import { joined, optionsIn } from '../../program/clients/library-options.ts'
import { topicsOf } from './kafkajs.ts'

const CONSUMER = methodNames({
  subscribe: 'subscribe',
  assign: 'assign incrementalAssign',
  idle: 'connect disconnect stop on pause resume paused logger',
})
const PRODUCER = methodNames({ send: 'send sendBatch', idle: 'connect disconnect on logger' })

/** The promisified API of @confluentinc/kafka-javascript: kafkajs's options stand in a `kafkaJS` block, librdkafka's beside it. */
export const CONFLUENT_KAFKAJS: Library = {
  libraries: ['confluent-kafka-javascript'],
  paths: new Set(['@confluentinc/kafka-javascript.KafkaJS.Kafka', '@confluentinc/kafka-javascript.default.KafkaJS.Kafka']),
  methods: (role) => (role === 'consumer' ? CONSUMER : PRODUCER),
  construct: (making) => ({ factory: optionsIn(making, making.args[0], undefined, ['kafkaJS']), className: 'Kafka' }),
  make(making, factory, name) {
    if (name !== 'consumer' && name !== 'producer') return undefined
    const own = optionsIn(making, making.args[0], undefined, ['kafkaJS'])
    return { role: name, className: name, options: joined(factory.options ?? NO_OPTIONS, own) }
  },
  given(making, made, name) {
    if (made.role === 'consumer' && name === 'subscribe') return { topics: topicsOf(making) }
    return made.role === 'producer' && name === 'send' ? { topics: topicsOf(making) } : {}
  },
  result: (_making, client, name) => (name === 'transaction' ? client : undefined),
}
