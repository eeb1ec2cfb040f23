import type { ClientKind } from '../../program/clients/kind.ts'
import { snapshotOf } from '../../program/clients/snapshot.ts'
import { patternIn, topicsIn } from '../../program/clients/topics.ts'
import type { ClientEvent, TopicNames } from '../../program/evaluate/events.ts'
import type { Argument, Frame, Machine } from '../../program/evaluate/frame.ts'
import { here, newDict, objectOf, setKey, spreadInto } from '../../program/evaluate/heap.ts'
import { type Abstract, type ClientValue, constant, unknownValue } from '../../program/evaluate/value.ts'
import type { Expression } from '../../program/syntax.ts'
import { SUBSCRIBER_NOT_SETTINGS } from './frameworks.ts'

/** `@broker.subscriber("topic", group_id="g")`: a consumer of its own, run by the framework. */
export function subscriber(
  m: Machine,
  frame: Frame,
  kind: ClientKind,
  broker: ClientValue,
  args: readonly Argument[],
  node: Expression,
): Abstract {
  const reference = newDict(m, frame, node)
  const values: Abstract[] = []
  let topics: TopicNames | undefined
  for (const arg of args) {
    if (arg.spread === '**') spreadInto(m, frame, reference.id, arg.value, arg.location, 'what is spread here')
    else if (arg.name === undefined) {
      if (arg.spread === '*') topics = { kind: 'unknown', reason: 'topics are passed on', location: arg.location }
      else values.push(arg.value)
    } else if (arg.name === 'pattern') topics ??= patternIn(frame, arg.value, arg.location)
    else if (!SUBSCRIBER_NOT_SETTINGS.has(arg.name)) setKey(m, frame, reference.id, constant(arg.name), arg.value, arg.location)
  }
  const partitions = args.find((arg) => arg.name === 'partitions')
  const dict = objectOf(frame, reference)
  const site = { key: `${frame.module.path}:${node.start}`, chain: frame.chain }
  const location = here(frame, node)
  topics ??= prefixed(topicsIn(m, frame, values, location), prefixOf(frame, broker))
  if (dict?.kind === 'dict')
    frame.run.events.push({
      site,
      role: 'consumer',
      libraries: kind.libraries,
      className: 'subscriber',
      module: frame.module,
      span: { start: node.start, end: node.end },
      scope: frame.info?.qualified ?? '',
      options: withInherited(frame, snapshotOf(frame, dict, undefined), broker),
      topics: [topics],
      subscribes: partitions === undefined,
      managed: true,
      methods: kind.methods,
      alsoKnownAs: [],
    })
  return unknownValue('a subscriber')
}

/** The prefix that a router puts before its topics; undefined when it is not known. */
function prefixOf(frame: Frame, broker: ClientValue): string | undefined {
  const event = frame.run.events.find((one) => one.site.key === broker.site.key)
  const prefix = event?.options.settings.find((one) => one.setting.key === 'prefix')?.setting.value
  if (!prefix) return ''
  return prefix.kind === 'known' && typeof prefix.value === 'string' ? prefix.value : undefined
}

function prefixed(topics: TopicNames, prefix: string | undefined): TopicNames {
  if (prefix === '' || topics.kind !== 'known') return topics
  if (prefix === undefined) return { kind: 'unknown', reason: 'the prefix of its router is not known', location: topics.location }
  return { ...topics, names: topics.names.map((name) => prefix + name) }
}

/** Where its broker is known, a subscriber connects to what the broker connects to. */
function withInherited(frame: Frame, options: ClientEvent['options'], broker: ClientValue): ClientEvent['options'] {
  const event = frame.run.events.find((one) => one.site.key === broker.site.key)
  const servers = event?.options.settings.find((one) => one.setting.key === 'bootstrap_servers')
  if (!servers || options.settings.some((one) => one.setting.key === 'bootstrap_servers')) return options
  return {
    ...options,
    settings: [
      ...options.settings,
      { ...servers, setting: { ...servers.setting, inheritedFrom: event?.className ?? 'KafkaBroker' } },
    ],
  }
}
