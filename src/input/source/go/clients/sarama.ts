import { methodNames } from '../../program/clients/kind.ts'
import type { Library, Making, NewClient } from '../../program/clients/library.ts'
import { joined, propertyOf } from '../../program/clients/library-options.ts'
import { topicsIn } from '../../program/clients/topics.ts'
import { attributeOf } from '../../program/evaluate/attributes.ts'
import type { TopicNames } from '../../program/evaluate/events.ts'
import { here } from '../../program/evaluate/heap.ts'
import type { Abstract, ClientValue } from '../../program/evaluate/value.ts'
import type { Call } from '../../program/syntax.ts'
import { named, structOptions } from './options.ts'
import { SARAMA_PACKAGES } from './packages.ts'

const CONSUMER = methodNames({
  subscribe: 'Consume',
  assign: 'ConsumePartition',
  idle: 'Close Errors Pause PauseAll Resume ResumeAll Topics Partitions HighWaterMarks Claims MemberID GenerationID Context Topic Partition InitialOffset HighWaterMarkOffset ResetOffset',
})
const PRODUCER = methodNames({
  send: 'SendMessage SendMessages Input',
  idle: 'Close AsyncClose Successes Errors IsTransactional TxnStatus',
})

/** What each constructor makes, and which of its arguments are the group and the configuration. */
const MAKES: Readonly<
  Record<string, { readonly role: 'consumer' | 'producer'; readonly group?: number; readonly config?: number }>
> = {
  NewConsumerGroup: { role: 'consumer', group: 1, config: 2 },
  NewConsumerGroupFromClient: { role: 'consumer', group: 0 },
  NewConsumer: { role: 'consumer', config: 1 },
  NewConsumerFromClient: { role: 'consumer' },
  NewSyncProducer: { role: 'producer', config: 1 },
  NewSyncProducerFromClient: { role: 'producer' },
  NewAsyncProducer: { role: 'producer', config: 1 },
  NewAsyncProducerFromClient: { role: 'producer' },
}

/** https://pkg.go.dev/github.com/IBM/sarama: `Consume` calls the handler's ConsumeClaim with a session, which marks, and a claim, which has the messages. */
export const SARAMA: Library = {
  libraries: ['sarama'],
  paths: new Set([...SARAMA_PACKAGES].flatMap((path) => Object.keys(MAKES).map((name) => `${path}.${name}`))),
  methods: (role) => (role === 'consumer' ? CONSUMER : PRODUCER),
  construct(making, path) {
    const className = path.slice(path.lastIndexOf('.') + 1)
    const what = MAKES[className]
    if (!what) return []
    const { args } = making
    const group = what.group === undefined ? undefined : args[what.group]
    const config = what.config === undefined ? undefined : args[what.config]
    const options = joined(structOptions(making, config), named(making, { 'group.id': group }))
    // made of a client: its configuration is the client's
    const gap =
      what.config === undefined
        ? [{ reason: 'the client has the configuration', location: here(making.frame, making.node), order: 0, depends: [] }]
        : []
    return [{ role: what.role, className, options: { ...options, gaps: [...options.gaps, ...gap] } } satisfies NewClient]
  },
  given(making, made, name) {
    const [first, second] = making.args
    const { m, frame } = making
    if (made.role === 'consumer' && name === 'Consume' && second)
      return { topics: topicsIn(m, frame, [second.value], second.location) }
    if (made.role === 'consumer' && name === 'ConsumePartition' && first)
      return { topics: topicsIn(m, frame, [first.value], first.location) }
    return made.role === 'producer' && PRODUCER.send.has(name) ? { topics: sentTo(making) } : {}
  },
  result(making, client, name) {
    if (name === 'Consume') consumed(making, client)
    return name === 'ConsumePartition' ? client : undefined
  },
}

function sentTo(making: Making): TopicNames {
  const { m, frame, args, node } = making
  const [message] = args
  const location = message?.location ?? here(frame, node)
  const topic = propertyOf(making, message, 'Topic')
  return topic ? topicsIn(m, frame, [topic], location) : { kind: 'unknown', reason: 'topics are among what is sent', location }
}

/** The group calls its handler: session and claim are its own. */
function consumed({ m, frame, args, node }: Making, client: ClientValue): void {
  const handler = args.at(-1)
  if (!handler || node.kind !== 'call') return
  const call = (name: string, given: readonly Abstract[]) => {
    const method = attributeOf(m, frame, handler.value, name, node.callee)
    if (method.kind === 'function')
      m.callValue(
        frame,
        method,
        given.map((value) => ({ value, location: handler.location })),
        node satisfies Call,
      )
  }
  call('Setup', [client])
  call('ConsumeClaim', [client, client])
  call('Cleanup', [client])
}
