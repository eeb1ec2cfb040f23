import type { ClientRecogniser, Frame } from '../evaluate/frame.ts'
import { here } from '../evaluate/heap.ts'
import { sourceText } from '../evaluate/source.ts'
import { type ClientValue, type Site, unknownValue } from '../evaluate/value.ts'
import type { Expression } from '../syntax.ts'
import type { Library, Made, NewClient } from './library.ts'
import { freeze } from './snapshot.ts'

/** Makes recognisers of what makes clients of the libraries, and of what is called on them. `makers`: methods of factories that make clients. */
export function libraryRecogniser(libraries: readonly Library[], makers: readonly string[]): () => ClientRecogniser {
  const byPath = new Map(libraries.flatMap((library) => [...library.paths].map((path): [string, Library] => [path, library])))
  /** Names of what makes clients, by the module that has them. */
  const exported = new Map<string, readonly string[]>()
  for (const path of byPath.keys()) {
    const dot = path.lastIndexOf('.')
    const module = path.slice(0, dot)
    exported.set(module, [...(exported.get(module) ?? []), path.slice(dot + 1)])
  }
  return () => recogniser(byPath, exported, makers)
}

function recogniser(
  byPath: ReadonlyMap<string, Library>,
  exported: ReadonlyMap<string, readonly string[]>,
  makers: readonly string[],
): ClientRecogniser {
  // `kafkajs.default` offers what `kafkajs` does
  const modules = new Set([...exported.keys()].flatMap((module) => [module, module.replace(/\.default$/, '')]))
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
    if (client.escapes !== undefined) frame.run.escapes.push({ site, reason: client.escapes, how: 'lost' })
    return { kind: 'client', site }
  }

  return {
    makers,
    isClient: (path) => byPath.has(path),
    isClientName: (name) => /kafka/i.test(name) && [...byPath.keys()].some((path) => path.endsWith(`.${name}`)),
    isLibrary: (module) => modules.has(module),
    ownDefinition: () => undefined,
    exportsOf: (module) => exported.get(module) ?? [],

    construct(m, frame, path, args, node) {
      const library = byPath.get(path)
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
