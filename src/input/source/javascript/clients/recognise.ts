import { freeze } from '../../program/clients/snapshot.ts'
import type { ClientRecogniser, Frame } from '../../program/evaluate/frame.ts'
import { here } from '../../program/evaluate/heap.ts'
import { sourceText } from '../../program/evaluate/source.ts'
import { type ClientValue, type Site, unknownValue } from '../../program/evaluate/value.ts'
import type { Expression } from '../../program/syntax.ts'
import { CONFLUENT_KAFKAJS } from './confluent.ts'
import { KAFKA_NODE } from './kafka-node.ts'
import { KAFKAJS } from './kafkajs.ts'
import type { Library, Made, NewClient } from './library.ts'
import { CONFLUENT_CALLBACKS, NODE_RDKAFKA } from './node-rdkafka.ts'

const LIBRARIES: readonly Library[] = [KAFKAJS, CONFLUENT_KAFKAJS, NODE_RDKAFKA, CONFLUENT_CALLBACKS, KAFKA_NODE]

const BY_PATH = new Map(LIBRARIES.flatMap((library) => [...library.paths].map((path): [string, Library] => [path, library])))

/** Names of what makes clients, by the module that has them. */
const EXPORTS = new Map<string, readonly string[]>()
for (const path of BY_PATH.keys()) {
  const dot = path.lastIndexOf('.')
  const module = path.slice(0, dot)
  EXPORTS.set(module, [...(EXPORTS.get(module) ?? []), path.slice(dot + 1)])
}

const PACKAGES = new Set([...BY_PATH.keys()].map((path) => /^(?:@[^/]+\/)?[^./]+/.exec(path)?.[0]))

/** Recognises what makes clients of the libraries above, and what is called on them. */
export function newRecogniser(): ClientRecogniser {
  /** What was made at each site. One call can be seen in several ways, all of the same library. */
  const made = new Map<string, Made>()
  const factories = new WeakMap<Site, Made>()

  function declare(frame: Frame, library: Library, node: Expression, client: NewClient, part: number): ClientValue {
    const site: Site = { key: `${frame.module.path}:${node.start}${part === 0 ? '' : `:${part}`}`, chain: frame.chain }
    const { role, className, options } = client
    made.set(site.key, { library, role, className })
    frame.run.events.push({
      site,
      role,
      libraries: library.libraries,
      className,
      module: frame.module,
      span: { start: node.start, end: node.end },
      scope: frame.info?.qualified ?? '',
      options,
      topics: client.topics ?? [],
      subscribes: client.subscribes ?? false,
      managed: client.managed ?? false,
      methods: library.methods(role),
      ...(client.completedBy === undefined ? {} : { completedBy: client.completedBy }),
      alsoKnownAs: [],
    })
    return { kind: 'client', site }
  }

  return {
    makers: ['consumer', 'producer'],
    isClient: (path) => BY_PATH.has(path),
    isClientName: (name) => /kafka/i.test(name) && [...BY_PATH.keys()].some((path) => path.endsWith(`.${name}`)),
    isLibrary: (module) => PACKAGES.has(module),
    ownDefinition: () => undefined,
    exportsOf: (module) => EXPORTS.get(module) ?? [],

    construct(m, frame, path, args, node) {
      const library = BY_PATH.get(path)
      if (!library || frame.flow.dead) return undefined
      const result = library.construct({ m, frame, args, node }, path)
      if (!('factory' in result)) {
        const clients = result.map((client, i) => declare(frame, library, node, client, i))
        return clients[0]
      }
      const site: Site = { key: `${frame.module.path}:${node.start}`, chain: frame.chain }
      const factory: Made = { library, role: 'factory', className: result.className, options: result.factory }
      made.set(site.key, factory)
      factories.set(site, factory)
      return { kind: 'client', site }
    },

    readsArguments: () => true,

    method(m, frame, client, name, args, node) {
      const what = factories.get(client.site) ?? made.get(client.site.key)
      if (frame.flow.dead) return unknownValue('it is never reached')
      const making = { m, frame, args, node }
      if (what?.role === 'factory') {
        const next = what.library.make?.(making, what, name)
        return next
          ? declare(frame, what.library, node, next, 0)
          : unknownValue(`the result of ${sourceText(frame, node)} is not known`)
      }
      const given = what?.library.given?.(making, what, name) ?? {}
      frame.run.uses.push({
        site: client.site,
        method: name,
        location: here(frame, node),
        arguments: args.map((arg, i) => ({ name: String(i), value: freeze(frame, arg.value).value })),
        ...given,
      })
      return what?.library.result?.(making, client, name) ?? unknownValue(`the result of ${sourceText(frame, node)} is not known`)
    },
  }
}
