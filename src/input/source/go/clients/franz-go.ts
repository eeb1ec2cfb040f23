import { methodNames } from '../../program/clients/kind.ts'
import type { Library, Making, NewClient } from '../../program/clients/library.ts'
import { propertyOf } from '../../program/clients/library-options.ts'
import { snapshotOf } from '../../program/clients/snapshot.ts'
import { topicsIn } from '../../program/clients/topics.ts'
import type { TopicNames } from '../../program/evaluate/events.ts'
import type { Argument } from '../../program/evaluate/frame.ts'
import { addGap, here, newDict, newList, objectOf, setKey } from '../../program/evaluate/heap.ts'
import { iterated } from '../../program/evaluate/iteration.ts'
import { type Abstract, constant, type DictObject, optionsOf, sameValue, unknownValue } from '../../program/evaluate/value.ts'
import { FRANZ_GO } from './packages.ts'

const CONSUMER = methodNames({
  subscribe: 'AddConsumeTopics',
  assign: 'AddConsumePartitions',
  idle: 'Close CloseAllowingRebalance AllowRebalance PauseFetchTopics ResumeFetchTopics GroupMetadata Ping LeaveGroup',
})
const PRODUCER = methodNames({ send: 'Produce ProduceSync TryProduce', idle: 'Close Flush Ping BufferedProduceRecords' })

/** Options by which a client reads, and by which it writes. */
const READS = /^(?:Consume|ConsumerGroup$|FetchIsolation|DisableAutoCommit$|AutoCommit|GreedyAutoCommit$)/
const WRITES =
  /^(?:RequiredAcks$|DisableIdempotentWrite$|Transactional|Record(?:Retries|Delivery|Partitioner)|Producer|MaxBuffered|DefaultProduceTopic$|MaxProduce)/

/** An option that is held as its name and what it was given. */
const OPTION = 'franz-go option'

/** https://pkg.go.dev/github.com/twmb/franz-go/pkg/kgo: one client for both roles, by functional options. */
export const FRANZ: Library = {
  libraries: ['franz-go'],
  paths: new Set([`${FRANZ_GO}.NewClient`, `${FRANZ_GO}.NewGroupTransactSession`]),
  methods: (role) => (role === 'consumer' ? CONSUMER : PRODUCER),
  construct(making, path) {
    const { m, frame, args, node } = making
    const reference = newDict(m, frame, node)
    const topics: TopicNames[] = []
    const take = (value: Abstract, location: Argument['location']) => {
      const option = optionIn(making, { value, location })
      if (!option) return addGap(m, frame, reference.id, 'an option is not known', location)
      const [first] = option.given
      setKey(m, frame, reference.id, constant(option.name), first ?? constant(true), location)
      if (option.name === 'ConsumeTopics' || option.name === 'DefaultProduceTopic')
        topics.push(topicsIn(m, frame, option.given, location))
    }
    let handed = false
    const all = (value: Abstract, location: Argument['location']) => {
      handed ||= HOOK.test(String(optionIn(making, { value, location })?.name))
      take(value, location)
    }
    for (const arg of args) {
      if (arg.spread === undefined) {
        all(arg.value, arg.location)
        continue
      }
      const { items, open } = iterated(m, frame, arg.value)
      const certain = certainly(making, arg.value, items)
      for (const item of items.slice(0, certain)) all(item, arg.location)
      for (const item of items.slice(certain)) sometimes(making, reference.id, item, arg.location)
      if (open !== undefined && certain === items.length) addGap(m, frame, reference.id, open, arg.location)
    }
    // a session commits in its transactions alone (NewGroupTransactSession, txn.go)
    if (path.endsWith('.NewGroupTransactSession'))
      setKey(m, frame, reference.id, constant('DisableAutoCommit'), constant(true), here(frame, node))
    const options = snapshotOf(frame, objectOf(frame, reference) as DictObject, undefined)
    const names = options.settings.map(({ setting }) => setting.key)
    const reads = names.some((name) => READS.test(name))
    const handing = handed ? { escapes: 'it is handed to functions that the library calls' } : {}
    const className = path.slice(path.lastIndexOf('.') + 1)
    const consumer: NewClient = { role: 'consumer', className, options, topics, subscribes: true, ...handing }
    const writes = !reads || names.some((name) => WRITES.test(name))
    return [
      ...(reads ? [consumer] : []),
      ...(writes ? [{ role: 'producer' as const, className, options, topics: [], ...handing }] : []),
    ]
  },
  given(making, made, name) {
    const { m, frame, args } = making
    const topic = propertyOf(making, args[1], 'Topic')
    return made.role === 'producer' && PRODUCER.send.has(name) && args[1] && topic
      ? { topics: topicsIn(m, frame, [topic], args[1].location) }
      : {}
  },
}

/** Functions that are called with the client. */
const HOOK = /^(?:OnPartitions|WithHooks$)/

/** How many of the first items a list has on every path. */
function certainly({ frame }: Making, list: Abstract, items: readonly Abstract[]): number {
  const held = optionsOf(list).map((option) => objectOf(frame, option))
  const lists = held.flatMap((one) => (one?.kind === 'list' ? [one.items.slice(0, one.certain)] : []))
  if (lists.length < held.length) return 0
  const first = items.findIndex((item) => !lists.every((one) => one.some((other) => sameValue(other, item))))
  return first < 0 ? items.length : first
}

/** An option that is given on some paths only. */
function sometimes(making: Making, id: number, value: Abstract, location: Argument['location']): void {
  const option = optionIn(making, { value, location })
  if (option) setKey(making.m, making.frame, id, constant(option.name), unknownValue('it is given on some paths only'), location)
}

/** What a call of an option gave, as `optionCall` keeps it. */
function optionIn(
  { frame }: Making,
  { value }: Argument,
): { readonly name: string; readonly given: readonly Abstract[] } | undefined {
  const held = objectOf(frame, value)
  if (held?.kind !== 'list') return undefined
  const [mark, name, ...given] = held.items
  return mark?.kind === 'constant' && mark.value === OPTION && name?.kind === 'constant'
    ? { name: String(name.value), given }
    : undefined
}

/** `kgo.ConsumerGroup("g")`: an option as its name and what it is given; offsets and levels stand for their names. */
export function optionCall(
  m: Making['m'],
  frame: Making['frame'],
  path: string,
  args: readonly Argument[],
): Abstract | undefined {
  if (!path.startsWith(`${FRANZ_GO}.`)) return undefined
  const name = path.slice(FRANZ_GO.length + 1)
  const start = /^NewOffset\(\)\.(At(?:Start|End|Committed))$/.exec(name)?.[1]
  if (start !== undefined) return constant(start)
  if (/^(?:AllISRAcks|LeaderAck|NoAck|ReadCommitted|ReadUncommitted)$/.test(name)) return constant(name)
  if (name.includes('.') || /^New/.test(name)) return undefined
  return newList(m, frame, [constant(OPTION), constant(name), ...args.map(({ value }) => value)], false)
}
