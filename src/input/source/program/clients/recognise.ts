import type { Location } from '../../../../model/location.ts'
import type { OptionSnapshot } from '../evaluate/events.ts'
import type { Argument, ClientRecogniser, Frame, Machine } from '../evaluate/frame.ts'
import { here } from '../evaluate/heap.ts'
import { sourceText } from '../evaluate/source.ts'
import { type Abstract, type ClientValue, unknownValue } from '../evaluate/value.ts'
import type { Expression } from '../syntax.ts'
import { ANY_METHOD, topicsOfCall } from './calls.ts'
import { gatherOptions, positionalTopics } from './gather.ts'
import type { ClientKind } from './kind.ts'
import { freeze, snapshotOf } from './snapshot.ts'
import { topicsIn } from './topics.ts'

/** What a language adds to its table of clients. */
export interface TableExtras {
  isLibrary(module: string): boolean
  ownDefinition(path: string, name: string): string | undefined
  /** A method that means more than its kind says; undefined for all others. */
  method?(
    m: Machine,
    frame: Frame,
    kind: ClientKind | undefined,
    client: ClientValue,
    name: string,
    args: readonly Argument[],
    node: Expression,
  ): Abstract | undefined
}

/** Makes recognisers of the clients of a table: each knows what it has seen being made. */
export function tableRecogniser(kinds: readonly ClientKind[], extras: TableExtras): () => ClientRecogniser {
  const byPath = new Map<string, readonly ClientKind[]>()
  for (const kind of kinds) for (const path of kind.paths) byPath.set(path, [...(byPath.get(path) ?? []), kind])
  // names of clients by the module that has them
  const exported = new Map<string, readonly string[]>()
  for (const path of kinds.flatMap((kind) => kind.paths)) {
    const dot = path.lastIndexOf('.')
    const module = path.slice(0, dot)
    exported.set(module, [...(exported.get(module) ?? []), path.slice(dot + 1)])
  }
  return () => recogniser(kinds, byPath, exported, extras)
}

/** Recognises constructions of the clients of the tables, and what is called on them. */
function recogniser(
  kinds: readonly ClientKind[],
  byPath: ReadonlyMap<string, readonly ClientKind[]>,
  exported: ReadonlyMap<string, readonly string[]>,
  extras: TableExtras,
): ClientRecogniser {
  /** What was made at each site, to know what its methods mean. */
  const made = new Map<string, ClientKind>()

  return {
    makers: [],
    isClient: (path) => byPath.has(path),
    isClientName: (name) => /kafka/i.test(name) && kinds.some((kind) => kind.className === name),
    isLibrary: extras.isLibrary,
    ownDefinition: extras.ownDefinition,
    exportsOf: (module) => exported.get(module) ?? [],

    construct(m, frame, path, args, node, alsoKnownAs = []) {
      const kinds = byPath.get(path)
      const [first] = kinds ?? []
      if (!kinds || !first) return undefined
      const key = `${frame.module.path}:${node.start}`
      made.set(key, first)
      const site = { key, chain: frame.chain }
      const { dict, start, misgiven } = gatherOptions(m, frame, first, args, node)
      const named = args.filter(({ name }) => name !== undefined && name === first.topicsKeyword)
      const topics =
        first.positional === 'topics'
          ? positionalTopics(m, frame, args)
          : named.map(({ value, location }) => topicsIn(m, frame, [value], location))
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
          // a container subscribes for its listeners
          subscribes: topics.length > 0 || kind.framework === 'spring',
          managed: kind.framework !== undefined,
          methods: kind.methods,
          ...(kind.provisional ? { provisional: true as const } : {}),
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
      const more = extras.method?.(m, frame, kind, client, name, args, node)
      if (more) return more
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
