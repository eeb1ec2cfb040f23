import type { Location } from '../../../../model/location.ts'
import type { ClientKind } from '../../program/clients/kind.ts'
import { freeze, snapshotOf } from '../../program/clients/snapshot.ts'
import type { OptionSnapshot } from '../../program/evaluate/events.ts'
import type { ClientRecogniser } from '../../program/evaluate/frame.ts'
import { here } from '../../program/evaluate/heap.ts'
import { sourceText } from '../../program/evaluate/source.ts'
import { unknownValue } from '../../program/evaluate/value.ts'
import { AIOKAFKA } from './aiokafka.ts'
import { ANY_METHOD, topicsOfCall } from './calls.ts'
import { CONFLUENT_KAFKA } from './confluent-kafka.ts'
import { FASTSTREAM, FAUST } from './frameworks.ts'
import { gatherOptions, positionalTopics } from './gather.ts'
import { KAFKA_PYTHON } from './kafka-python.ts'
import { subscriber } from './subscriber.ts'

const KINDS: readonly ClientKind[] = [...KAFKA_PYTHON, ...AIOKAFKA, ...CONFLUENT_KAFKA, ...FAUST, ...FASTSTREAM]

const BY_PATH = new Map<string, readonly ClientKind[]>()
for (const kind of KINDS) for (const path of kind.paths) BY_PATH.set(path, [...(BY_PATH.get(path) ?? []), kind])

/** Names of clients by the module that has them. */
const EXPORTS = new Map<string, readonly string[]>()
for (const path of KINDS.flatMap((kind) => kind.paths)) {
  const dot = path.lastIndexOf('.')
  const module = path.slice(0, dot)
  EXPORTS.set(module, [...(EXPORTS.get(module) ?? []), path.slice(dot + 1)])
}

/** Where kafka-python itself defines its clients. */
const OWN_DEFINITIONS = ['kafka.consumer.group.KafkaConsumer', 'kafka.producer.kafka.KafkaProducer']

function fileOf(dotted: string): string {
  return `${dotted.split('.').slice(0, -1).join('/')}.py`
}

/** Recognises constructions of the clients of the tables, and what is called on them. */
export function newRecogniser(): ClientRecogniser {
  /** What was made at each site, to know what its methods mean. */
  const made = new Map<string, ClientKind>()

  return {
    makers: [],
    isClient: (path) => BY_PATH.has(path),
    isClientName: (name) => /kafka/i.test(name) && KINDS.some((kind) => kind.className === name),
    // `kafka` is a name that projects give their own packages; nobody does that with the others.
    isLibrary: (module) => /^(?:confluent_kafka|aiokafka|faust|faststream)(?:\.|$)/.test(module),
    ownDefinition: (path, name) =>
      OWN_DEFINITIONS.find((dotted) => dotted.endsWith(`.${name}`) && `/${path}`.endsWith(`/${fileOf(dotted)}`)),
    exportsOf: (module) => EXPORTS.get(module) ?? [],

    construct(m, frame, path, args, node, alsoKnownAs = []) {
      const kinds = BY_PATH.get(path)
      const [first] = kinds ?? []
      if (!kinds || !first) return undefined
      const key = `${frame.module.path}:${node.start}`
      made.set(key, first)
      const site = { key, chain: frame.chain }
      const { dict, start, misgiven } = gatherOptions(m, frame, first, args, node)
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
          options: { ...elsewhere(kind, snapshotOf(frame, dict, start), here(frame, node)), ...(misgiven ? { misgiven } : {}) },
          topics,
          subscribes: topics.length > 0,
          managed: kind.framework !== undefined,
          methods: kind.methods,
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
}

function elsewhere(kind: ClientKind, options: OptionSnapshot, location: Location): OptionSnapshot {
  if (kind.settingsElsewhere === undefined) return options
  return { ...options, gaps: [...options.gaps, { reason: kind.settingsElsewhere, location, order: 0, depends: [] }] }
}
