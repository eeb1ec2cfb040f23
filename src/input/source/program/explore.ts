import { markRelevant } from './candidates.ts'
import type { Seen } from './declare.ts'
import { lineageOf } from './evaluate/classes.ts'
import type { ClientEscape, ClientEvent, ClientUse } from './evaluate/events.ts'
import { mentionedIn } from './evaluate/facts.ts'
import type { Flow } from './evaluate/flow.ts'
import type { ClientRecogniser, Language, Machine, Run } from './evaluate/frame.ts'
import { newMachine, summarise } from './evaluate/machine.ts'
import type { ModuleFile, Modules } from './evaluate/modules.ts'
import { get, ownOf } from './evaluate/store.ts'
import type { ClassInfo, FunctionInfo } from './evaluate/symbols.ts'
import { CLIENT } from './evaluate/uses.ts'
import { type Abstract, optionsOf } from './evaluate/value.ts'

/** Rounds of evaluation, each knowing what the one before has learnt. */
const MAX_ROUNDS = 4
/** Rounds of looking for callers: deeper chains than this are not written to be read. */
const CALLER_ROUNDS = 4
/** Files parsed because they name something that leads to a client. */
const MAX_CALLERS = 400

/** What evaluation teaches of names, by which it is decided which statements matter. */
interface Knowledge {
  /** Attributes that hold a client, by the file of their class. */
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>
  /** Names under which files offer what leads to a client. */
  readonly offered: ReadonlySet<string>
}

/** Evaluates every file that touches a client, then whatever calls or uses what those files offer. */
export function explore(modules: Modules, language: Language, recogniser: () => ClientRecogniser): Seen {
  let knowledge: Knowledge = { holders: new Map(), offered: new Set() }
  for (let round = 1; ; round++) {
    const last = round === MAX_ROUNDS
    const { seen, learnt } = exploreOnce(modules, language, recogniser(), knowledge, last)
    // What is learnt changes which statements matter: evaluated anew, until nothing is learnt.
    if (!learnt || last) return seen
    knowledge = learnt
  }
}

/** Finds attributes that hold clients among the objects that an evaluation left, unless their name says so already. */
function collectHolders(m: Machine, flow: Flow, held: Map<string, Set<string>>): void {
  for (const object of ownOf(flow.heap).values()) {
    if (object.kind !== 'instance') continue
    for (const [name, value] of object.attributes) {
      if (!holdsClient(value) || name === CLIENT) continue
      for (const at of lineageOf(m, object.info).classes) {
        // Where the text does not have the name, nothing changes by knowing it.
        if (m.slices.isKnown(at.path, name) || !m.modules.load(at.path)?.text.includes(name)) continue
        const names = held.get(at.path) ?? new Set()
        held.set(at.path, names.add(name))
      }
    }
  }
}

function exploreOnce(
  modules: Modules,
  language: Language,
  recogniser: ClientRecogniser,
  knowledge: Knowledge,
  last: boolean,
): { seen: Seen; learnt?: Knowledge } {
  const m = newMachine(modules, language, recogniser)
  const held = new Map<string, Set<string>>()
  const runs = new Set<Run>()
  const escapes: ClientEscape[] = []
  const evaluated = new Set<FunctionInfo>()
  const visited = new Set<string>()
  const among = modules.source.files.filter((file) => file.kind === language.kind)
  const chosen = new Map(among.map((file) => [file.path, file]))

  const evaluateFile = (file: ModuleFile) => {
    visited.add(file.path)
    m.stateOf(file.path)
    for (const info of calleesFirst(file.symbols.functions.filter((one) => m.slices.isRelevant(one)))) {
      if (evaluated.has(info) || (info.parent && !info.cls)) continue
      evaluated.add(info)
      const summary = m.summaryOf(info)
      if (!summary) continue
      for (const client of optionsOf(summary.value).filter((option) => option.kind === 'client'))
        escapes.push({ site: client.site, reason: `${info.qualified} returns it`, how: 'returned', entry: info })
      runs.add(summary.run)
      completeInstances(m, summary.run, summary.flow)
      collectHolders(m, summary.flow, held)
    }
  }
  const evaluateAll = (paths: readonly string[], offered: ReadonlySet<string>) => {
    const files = paths.map((path) => modules.load(path)).filter((file) => file !== undefined)
    markRelevant(m, files, knowledge.holders, offered)
    for (const file of files) evaluateFile(file)
  }

  /** Files not evaluated yet that hold one of the names: among those chosen, and those that imports led to. */
  const filesNaming = (pattern: RegExp) =>
    [...new Set([...among.map((file) => file.path), ...[...modules.loaded()].map((file) => file.path)])].filter((path) => {
      const text = visited.has(path) ? undefined : (chosen.get(path) ?? modules.load(path))?.text
      return text !== undefined && pattern.test(text)
    })

  const offered = new Set(knowledge.offered)
  const before = anyOf(offered)
  const first = among.filter((file) => file.interest === 'read' && language.touchesClient(file.text)).map((file) => file.path)
  evaluateAll([...new Set([...first, ...(before ? filesNaming(before) : [])])], offered)
  let overlooked = false
  for (let round = 0; round < CALLER_ROUNDS; round++) {
    const names = [...carriersOf(m, modules, runs, escapes)].filter((name) => !offered.has(name))
    const pattern = anyOf(names)
    if (!pattern) break
    for (const name of names) offered.add(name)
    // A file that was evaluated without knowing a name that it imports.
    overlooked ||= [...visited].some((path) => {
      const missed = names.filter(
        (name) => !m.slices.isKnown(path, name) && language.importsName(modules.load(path)?.text ?? '', name),
      )
      return missed.length > 0 && m.slices.wouldMatter(path, missed)
    })
    // The rest would be evaluated anew as well.
    if (overlooked && !last) break
    evaluateAll(filesNaming(pattern).slice(0, MAX_CALLERS), offered)
  }
  for (const path of visited) {
    const frame = m.stateOf(path)?.frame
    if (!frame) continue
    runs.add(frame.run)
    completeInstances(m, frame.run, frame.flow)
    collectHolders(m, frame.flow, held)
  }

  const events: ClientEvent[] = []
  const uses: ClientUse[] = []
  for (const run of runs) {
    events.push(...run.events)
    uses.push(...run.uses)
    escapes.push(...run.escapes)
  }
  const seen = { events, uses, escapes }
  if (held.size === 0 && !overlooked) return { seen }
  const holders = new Map(knowledge.holders)
  for (const [path, names] of held) holders.set(path, new Set([...(holders.get(path) ?? []), ...names]))
  return { seen, learnt: { holders, offered } }
}

function anyOf(names: Iterable<string>): RegExp | undefined {
  const list = [...names]
  return list.length > 0 ? new RegExp(`\\b(?:${list.map(escapeRegExp).join('|')})\\b`) : undefined
}

/** Functions in an order in which those that others mention come before them, constructors first of all. */
function calleesFirst(functions: readonly FunctionInfo[]): readonly FunctionInfo[] {
  const byName = new Map<string, FunctionInfo[]>()
  for (const info of functions) byName.set(info.name, [...(byName.get(info.name) ?? []), info])
  const ordered = new Set<FunctionInfo>()
  const begun = new Set<FunctionInfo>()
  const visit = (info: FunctionInfo, depth: number) => {
    if (begun.has(info) || depth > 100) return
    begun.add(info)
    for (const id of mentionedIn(info.node)) for (const callee of byName.get(id) ?? []) visit(callee, depth + 1)
    ordered.add(info)
  }
  for (const info of functions) if (info.name === '__init__') visit(info, 0)
  for (const info of functions) visit(info, 0)
  for (const info of functions) ordered.add(info)
  return [...ordered]
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/**
 * Objects that hold a client, or whose class makes one, are used by whoever has them: every method is evaluated on them, so that nothing done to
 * the client there is missed.
 */
function completeInstances(m: Machine, run: Run, flow: Flow): void {
  // More may be made on the way.
  for (let i = 0; i < run.instances.length && i < 100; i++) {
    const made = run.instances[i] as Run['instances'][number]
    const object = get(flow.heap, made.id)
    if (object?.kind !== 'instance') continue
    const holds = [...object.attributes.values()].some((value) => optionsOf(value).some((option) => option.kind === 'client'))
    const methods = lineageOf(m, made.info).classes.flatMap((at) => [...at.methods.values()])
    if (!holds && !methods.some((method) => makesClient(m, method))) continue
    for (const method of methods) {
      if (method.name === '__init__') continue
      const makes = makesClient(m, method)
      if (!makes && (!holds || run.executed.has(method))) continue
      summarise(m, method, { self: { kind: 'reference', id: made.id }, flow, run, chain: made.chain })
    }
  }
}

function makesClient(m: Machine, info: FunctionInfo): boolean {
  if (!m.slices.isRelevant(info)) return false
  const summary = m.summaryOf(info)
  return summary !== undefined && summary.run.events.length > 0
}

/** Names through which other files reach a client: functions that make one, classes that hold one, module-level names. */
function carriersOf(m: Machine, modules: Modules, runs: ReadonlySet<Run>, escapes: readonly ClientEscape[]): Set<string> {
  const names = new Set<string>()
  const addFunction = (info: FunctionInfo) => {
    for (let at: FunctionInfo | undefined = info; at; at = at.parent) {
      if (at.cls) addClass(at.cls)
      else names.add(at.name)
    }
  }
  const addClass = (info: ClassInfo) => names.add(info.name)
  for (const departure of escapes) if (departure.entry) addFunction(departure.entry)
  for (const run of runs)
    for (const event of run.events) {
      const { chain } = event.site
      const calls = [...(run.entry ? [run.entry] : []), ...chain.map((call) => call.callee)]
      for (const info of calls) if (info.cls || isOpen(event)) addFunction(info)
    }
  for (const file of modules.loaded()) {
    const state = m.stateOf(file.path)
    for (const [name, value] of state ? ownOf(state.frame.flow.vars) : []) if (holdsClient(value)) names.add(name)
    for (const cls of file.symbols.classes) if (lineageOf(m, cls).outside.some((path) => m.clients.isClient(path))) addClass(cls)
  }
  for (const name of names) if (name.length < 3 || name.startsWith('__')) names.delete(name)
  return names
}

/** True when callers decide some of it. */
function isOpen(event: ClientEvent): boolean {
  const { settings, gaps } = event.options
  return settings.some((one) => one.depends.length > 0) || gaps.some((gap) => gap.depends.length > 0)
}

function holdsClient(value: Abstract): boolean {
  return optionsOf(value).some((option) => option.kind === 'client')
}
