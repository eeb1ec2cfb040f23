import type { ClientCall, DeclaredClient, Topics, Usage } from '../../../model/client.ts'
import { compareLocations, type Location, locate, type Related } from '../../../model/location.ts'
import type { ClientEscape, ClientEvent, ClientUse, OptionSnapshot, TopicNames } from './evaluate/events.ts'
import { type Modules, parentOf } from './evaluate/modules.ts'
import { plainName } from './evaluate/symbols.ts'
import type { CallSite, Site } from './evaluate/value.ts'
import { type Lifted, liftClients } from './lift.ts'
import { mergeSnapshots, optionSet } from './options.ts'

/** Everything that evaluation saw of clients. */
export interface Seen {
  readonly events: readonly ClientEvent[]
  readonly uses: readonly ClientUse[]
  readonly escapes: readonly ClientEscape[]
}

/** Turns what was seen into clients: one per construction, or per outermost call that supplies its options. */
export function declareClients(modules: Modules, seen: Seen): readonly DeclaredClient[] {
  const bySite = new Map<string, ClientEvent[]>()
  for (const event of seen.events) push(bySite, `${event.site.key}:${event.role}:${event.className}`, event)
  const usesOf = new Map<string, ClientUse[]>()
  for (const use of seen.uses) push(usesOf, use.site.key, use)
  const escapesOf = new Map<string, ClientEscape[]>()
  for (const departure of seen.escapes) push(escapesOf, departure.site.key, departure)

  const found: { client: DeclaredClient; scope: string }[] = []
  for (const events of bySite.values()) {
    for (const lifted of liftClients(events)) {
      const keys = [lifted.event.site.key, ...lifted.event.alsoKnownAs]
      const uses = keys.flatMap((key) => usesOf.get(key) ?? []).filter((use) => related(use.site, lifted))
      const escapes = keys.flatMap((key) => escapesOf.get(key) ?? []).filter((departure) => related(departure.site, lifted))
      const declared = declare(modules, lifted, uses, escapes, events)
      if (declared) found.push(declared)
    }
  }
  return numbered(found)
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** True when a use was seen on a path that is part of, or contains, the one a client was declared on. */
function related(site: Site, { chain }: Lifted): boolean {
  const [short, long] = site.chain.length < chain.length ? [site.chain, chain] : [chain, site.chain]
  return short.every((call, i) => sameCall(call, long[long.length - short.length + i]))
}

function sameCall(a: CallSite, b: CallSite | undefined): boolean {
  return a.path === b?.path && a.start === b.start
}

function declare(
  modules: Modules,
  lifted: Lifted,
  uses: readonly ClientUse[],
  escapes: readonly ClientEscape[],
  events: readonly ClientEvent[],
): { client: DeclaredClient; scope: string } | undefined {
  const { event, chain } = lifted
  const construction = locate(event.module.path, event.module.lines, event.span)
  const [outermost] = chain
  const file = outermost ? modules.load(outermost.path) : undefined
  const location = outermost && file ? locate(outermost.path, file.lines, outermost) : construction
  const scope = outermost ? scopeAt(modules, outermost) : event.scope
  const related: Related[] = outermost ? [{ label: 'constructed here', location: construction }] : []
  const { methods } = event
  const followed =
    event.managed || !escapes.some((departure) => departure.how === 'lost' || !(departure.entry && hasCaller(departure, events)))
  const sends = uses.some((use) => methods.send.has(use.method))
  // A broker that nothing is published through is no producer.
  if (event.managed && event.role === 'producer' && event.className !== 'App' && !sends) return undefined
  const options = optionSet(withUses(lifted.options, uses, event, followed))
  const calls = callsOf(uses)
  return {
    scope,
    client: {
      id: '',
      role: event.role,
      libraries: event.libraries,
      name: `${event.className} in ${modules.language.moduleName(location.path)}${scope ? `.${plainName(scope)}` : ''}`,
      location,
      related,
      options,
      topics: topicsOf(event, uses, methods),
      usage:
        event.role === 'consumer'
          ? usageOf(event, uses, methods, followed)
          : sends || !followed || event.managed
            ? 'unknown'
            : 'none',
      folder: parentOf(event.module.path),
      language: modules.language.id,
      calls,
      followed,
      ...(event.provisional ? { provisional: true as const } : {}),
      confidence: 'high',
    },
  }
}

/** The options of a construction with those that calls on the client give. A call that is not seen may give any. */
function withUses(options: OptionSnapshot, uses: readonly ClientUse[], event: ClientEvent, followed: boolean): OptionSnapshot {
  const byMethod = new Map<string, Map<string, OptionSnapshot>>()
  for (const { method, location, options: given } of uses) {
    if (!given) continue
    const places = byMethod.get(method) ?? new Map<string, OptionSnapshot>()
    places.set(`${location.path}:${location.line}:${location.column}`, given)
    byMethod.set(method, places)
  }
  const added = [...byMethod.values()].map((places) => mergeSnapshots([...places.values()]))
  const { completedBy } = event
  const gaps =
    completedBy === undefined || byMethod.has(completedBy) || followed
      ? []
      : [{ reason: `${completedBy}() is called where it is not followed`, location: lineOfEvent(event), order: 0, depends: [] }]
  return {
    ...options,
    settings: [...options.settings, ...added.flatMap((one) => one.settings)],
    gaps: [...options.gaps, ...added.flatMap((one) => one.gaps), ...gaps],
  }
}

function lineOfEvent(event: ClientEvent): Location {
  return locate(event.module.path, event.module.lines, event.span)
}

/** A client that an evaluated function returns is followed where some caller of it was evaluated too. */
function hasCaller(departure: ClientEscape, events: readonly ClientEvent[]): boolean {
  const { chain } = departure.site
  return events.some((event) => {
    const call = event.site.chain[event.site.chain.length - chain.length - 1]
    return call !== undefined && call.callee === departure.entry
  })
}

function usageOf(event: ClientEvent, uses: readonly ClientUse[], methods: ClientEvent['methods'], followed: boolean): Usage {
  if (event.subscribes || event.managed) return event.subscribes || event.className === 'App' ? 'subscribes' : 'assigns'
  if (uses.some((use) => methods.subscribe.has(use.method))) return 'subscribes'
  if (uses.some((use) => methods.assign.has(use.method))) return 'assigns'
  return followed ? 'none' : 'unknown'
}

function topicsOf(event: ClientEvent, uses: readonly ClientUse[], methods: ClientEvent['methods']): Topics {
  const named = event.role === 'consumer' ? methods.subscribe : methods.send
  const all: TopicNames[] = [...event.topics]
  const counted = uses.filter((use) => use.topics && (event.className === 'App' || named?.has(use.method)))
  // A call was seen from its own function and through callers: what these decide, they tell.
  const settled = new Set(counted.filter((use) => use.topics?.kind !== 'unknown').map((use) => lineOf(use.location)))
  for (const use of counted)
    if (use.topics && !(use.topics.kind === 'unknown' && use.topics.open && settled.has(lineOf(use.location))))
      all.push(use.topics)
  const unseen = all.find((topic) => topic.kind === 'unknown')
  if (unseen?.kind === 'unknown') {
    const anew = all.every((topic) => topic.kind === 'unknown' && topic.anew)
    return { kind: 'unknown', reason: unseen.reason, ...(anew ? { anew } : {}) }
  }
  const pattern = all.find((topic) => topic.kind === 'pattern')
  if (pattern) return pattern
  const names = [...new Set(all.flatMap((topic) => (topic.kind === 'known' ? topic.names : [])))]
  const [first] = all
  if (!first || names.length === 0) return { kind: 'unknown', reason: 'no topic is named where it is used' }
  return { kind: 'known', names, location: first.location }
}

function lineOf({ path, line, column }: Location): string {
  return `${path}:${line}:${column}`
}

function callsOf(uses: readonly ClientUse[]): ClientCall[] {
  const calls: ClientCall[] = []
  const seen = new Set<string>()
  for (const { method, location, arguments: args } of uses) {
    const key = `${method}:${location.path}:${location.line}:${location.column}`
    if (seen.has(key)) continue
    seen.add(key)
    calls.push({ method, location, arguments: args })
  }
  return calls.sort((a, b) => compareLocations(a.location, b.location))
}

/** The innermost function around a call. */
function scopeAt(modules: Modules, call: CallSite): string {
  let scope = ''
  for (const info of modules.load(call.path)?.symbols.functions ?? [])
    if (info.node.start <= call.start && call.end <= info.node.end) scope = info.qualified
  return scope
}

/** Gives each client its id, ordered by place so that an edit elsewhere changes none. */
function numbered(found: readonly { client: DeclaredClient; scope: string }[]): DeclaredClient[] {
  const sorted = [...found].sort(
    (a, b) => compareLocations(a.client.location, b.client.location) || compareRelated(a.client, b.client),
  )
  const counts = new Map<string, number>()
  return sorted.map(({ client, scope }) => {
    const prefix = `${client.location.path}#${client.role}:${plainName(scope)}`
    const ordinal = counts.get(prefix) ?? 0
    counts.set(prefix, ordinal + 1)
    return { ...client, id: `${prefix}:${ordinal}` }
  })
}

function compareRelated(a: DeclaredClient, b: DeclaredClient): number {
  const place = (client: DeclaredClient): Location => client.related[0]?.location ?? client.location
  return compareLocations(place(a), place(b))
}
