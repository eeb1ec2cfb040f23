import type { ClientEvent, TopicNames } from '../evaluate/events.ts'
import type { Argument, ClientRecogniser, Frame, Machine } from '../evaluate/frame.ts'
import { addGap, dictOf, dictView, here, newDict, objectOf, setKey, spreadInto } from '../evaluate/heap.ts'
import { sourceText } from '../evaluate/source.ts'
import { type Abstract, type ClientValue, constant, type DictObject, dependsOf, settle, unknownValue } from '../evaluate/value.ts'
import type { Expression } from '../syntax.ts'
import { AIOKAFKA } from './aiokafka.ts'
import { CONFLUENT_KAFKA } from './confluent-kafka.ts'
import { FASTSTREAM, FAUST, SUBSCRIBER_NOT_SETTINGS } from './frameworks.ts'
import { KAFKA_PYTHON } from './kafka-python.ts'
import type { ClientKind } from './kind.ts'
import { freeze, snapshotOf } from './snapshot.ts'
import { patternIn, topicsIn } from './topics.ts'

const KINDS: readonly ClientKind[] = [...KAFKA_PYTHON, ...AIOKAFKA, ...CONFLUENT_KAFKA, ...FAUST, ...FASTSTREAM]

const BY_PATH = new Map<string, readonly ClientKind[]>()
for (const kind of KINDS) for (const path of kind.paths) BY_PATH.set(path, [...(BY_PATH.get(path) ?? []), kind])

/** Where kafka-python itself defines its clients. */
const OWN_DEFINITIONS = ['kafka.consumer.group.KafkaConsumer', 'kafka.producer.kafka.KafkaProducer']

function fileOf(dotted: string): string {
  return `${dotted.split('.').slice(0, -1).join('/')}.py`
}

/** Method names of all clients: for objects whose class derives from a client that is not known here. */
const ANY_METHOD = {
  subscribe: new Set(['subscribe']),
  assign: new Set(['assign', 'incremental_assign']),
  send: new Set(['send', 'send_and_wait', 'produce']),
}

/** Recognises constructions of the clients of the tables, and what is called on them. */
export function newRecogniser(): ClientRecogniser {
  /** What was made at each site, to know what its methods mean. */
  const made = new Map<string, ClientKind>()

  return {
    isClient: (path) => BY_PATH.has(path),
    isClientName: (name) => /kafka/i.test(name) && KINDS.some((kind) => kind.className === name),
    // `kafka` is a name that projects give their own packages; nobody does that with the others.
    isLibrary: (module) => /^(?:confluent_kafka|aiokafka|faust|faststream)(?:\.|$)/.test(module),
    ownDefinition: (path, name) =>
      OWN_DEFINITIONS.find((dotted) => dotted.endsWith(`.${name}`) && `/${path}`.endsWith(`/${fileOf(dotted)}`)),
    exportsOf: (module) =>
      KINDS.flatMap((kind) => kind.paths)
        .filter((path) => path.startsWith(`${module}.`) && !path.slice(module.length + 1).includes('.'))
        .map((path) => path.slice(module.length + 1)),

    construct(m, frame, path, args, node, alsoKnownAs = []) {
      const kinds = BY_PATH.get(path)
      const [first] = kinds ?? []
      if (!kinds || !first) return undefined
      const key = `${frame.module.path}:${node.start}`
      made.set(key, first)
      const site = { key, chain: frame.chain }
      const { dict, start } = gatherOptions(m, frame, first, args, node)
      const topics = first.positional === 'topics' ? positionalTopics(m, frame, args) : []
      for (const kind of kinds)
        frame.run.events.push({
          site,
          role: kind.role,
          libraries: kind.libraries,
          className: kind.className,
          module: frame.module,
          span: { start: node.start, end: node.end },
          scope: frame.info?.qualified ?? '',
          options: snapshotOf(frame, dict, start),
          topics,
          subscribes: topics.length > 0,
          managed: kind.framework !== undefined,
          alsoKnownAs,
        })
      return { kind: 'client', site }
    },

    readsArguments: (client, name) => !(made.get(client.site.key)?.methods ?? ANY_METHOD).send.has(name),

    method(m, frame, client, name, args, node) {
      const kind = made.get(client.site.key)
      const location = here(frame, node)
      const topics = topicsOfCall(m, frame, kind, name, args, location)
      if (frame.flow.dead) return unknownValue('it is never reached')
      frame.run.uses.push({
        site: client.site,
        method: name,
        location,
        arguments: args.map((arg, i) => ({ name: arg.name ?? String(i), value: freeze(frame, arg.value).value })),
        ...(topics ? { topics } : {}),
      })
      if (kind?.framework === 'faststream' && name === 'subscriber') return subscriber(m, frame, kind, client, args, node)
      if (name === '__enter__' || name === '__aenter__' || name === '__iter__') return client
      // A faust topic or a FastStream publisher is used through objects that need no following.
      return unknownValue(`the result of ${sourceText(frame, node)} is not known`)
    },
  }

  /** `@broker.subscriber("topic", group_id="g")`: a consumer of its own, run by the framework. */
  function subscriber(
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
        alsoKnownAs: [],
      })
    return unknownValue('a subscriber')
  }
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

function gatherOptions(
  m: Machine,
  frame: Frame,
  kind: ClientKind,
  args: readonly Argument[],
  node: Expression,
): { dict: DictObject; start: ClientEvent['options']['start'] } {
  const reference = newDict(m, frame, node)
  let start: ClientEvent['options']['start']
  const whole = here(frame, node)
  let position = 0
  const config = (lazy: Argument, what: string) => {
    const arg = { ...lazy, value: settle(frame, lazy.value) }
    const view = dictView(m, frame, arg.value)
    const from = view?.start
    if (view?.entries.size === 0) return spreadInto(m, frame, reference.id, arg.value, arg.location, what)
    // Told only where the dict does not stand in the call itself.
    if (from && (from.path !== whole.path || from.line < whole.line || from.line > whole.endLine)) start ??= from
    spreadInto(m, frame, reference.id, arg.value, arg.location, what)
  }
  for (const arg of args) {
    if (arg.spread === '**') config(arg, 'what is spread here')
    else if (arg.spread === '*') {
      if (kind.positional !== 'topics')
        addGap(m, frame, reference.id, 'arguments are passed on as *args', arg.location, dependsOf(arg.value))
    } else if (arg.name === undefined) {
      const at = position++
      if (kind.options === 'dict' && at === 0) config(arg, 'the configuration')
      else if (kind.positional !== 'topics') {
        const name = kind.positional[at]
        if (name !== undefined) setKey(m, frame, reference.id, constant(name), arg.value, arg.location)
      }
    } else if (kind.options === 'dict' && (arg.name === 'config' || arg.name === 'conf' || arg.name.endsWith('_conf'))) {
      config(arg, 'the configuration')
    } else if (!kind.notSettings.has(arg.name)) setKey(m, frame, reference.id, constant(arg.name), arg.value, arg.location)
  }
  const object = dictOf(m, frame, reference)
  return { dict: object?.object as DictObject, start }
}

function positionalTopics(m: Machine, frame: Frame, args: readonly Argument[]): TopicNames[] {
  const positional = args.filter((arg) => arg.name === undefined && arg.spread !== '**')
  const [first] = positional
  if (!first) return []
  const last = positional.at(-1) as Argument
  const location = { ...first.location, endLine: last.location.endLine, endColumn: last.location.endColumn }
  if (positional.some((arg) => arg.spread === '*'))
    return [{ kind: 'unknown', reason: 'topics are passed on as *args', location }]
  return [
    topicsIn(
      m,
      frame,
      positional.map((arg) => arg.value),
      location,
    ),
  ]
}

/** `publisher("t")`, but `publish(message, "t")` and `publish_batch(…, topic="t")`. */
function publishedTopics(
  m: Machine,
  frame: Frame,
  name: string,
  args: readonly Argument[],
  location: ReturnType<typeof here>,
): TopicNames {
  const positional = args.filter((arg) => arg.name === undefined && !arg.spread)
  const at = name === 'publisher' ? 0 : name === 'publish_batch' ? -1 : 1
  const topic = args.find((arg) => arg.name === 'topic') ?? positional[at]
  return topic ? topicsIn(m, frame, [topic.value], topic.location) : { kind: 'unknown', reason: 'topics are passed on', location }
}

function topicsOfCall(
  m: Machine,
  frame: Frame,
  kind: ClientKind | undefined,
  name: string,
  args: readonly Argument[],
  location: ReturnType<typeof here>,
): TopicNames | undefined {
  const methods = kind?.methods ?? ANY_METHOD
  const first =
    args.find((arg) => arg.name === undefined && !arg.spread) ?? args.find((arg) => arg.name === 'topics' || arg.name === 'topic')
  if (methods.subscribe.has(name)) {
    const pattern = args.find((arg) => arg.name === 'pattern')
    if (pattern) return patternIn(frame, pattern.value, pattern.location)
    return first
      ? topicsIn(m, frame, [first.value], first.location)
      : { kind: 'unknown', reason: 'topics are passed on', location }
  }
  if (kind?.framework === 'faststream' && methods.send.has(name)) return publishedTopics(m, frame, name, args, location)
  if (methods.send.has(name))
    return first
      ? topicsIn(m, frame, [first.value], first.location)
      : { kind: 'unknown', reason: 'topics are passed on', location }
  // faust: `app.topic("orders")` names what its agents read and write.
  if (kind?.framework === 'faust' && name === 'topic')
    return topicsIn(
      m,
      frame,
      args.filter((arg) => arg.name === undefined).map((arg) => arg.value),
      location,
    )
  return undefined
}

/** What the methods of a site's client mean, for the libraries that a client may belong to. */
export function methodsOf(libraries: readonly string[], role: ClientKind['role']): ClientKind['methods'] | undefined {
  return KINDS.find((kind) => kind.role === role && kind.libraries[0] === libraries[0])?.methods
}
