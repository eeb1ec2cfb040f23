import type { Statement } from '../syntax.ts'
import { factsOf, mentionedIn } from './facts.ts'
import type { ModuleFile } from './modules.ts'
import { type ClassNeeds, changers, cut, NO_NEEDS, needsOfClass, type Slice, sliceOf } from './slice.ts'
import type { ClassInfo, FunctionInfo } from './symbols.ts'

/** What of a module has to do with clients, by the names that lead to them. */
export interface ModuleRelevance {
  readonly file: ModuleFile
  /** Identifiers that stand for clients, what makes them, and what holds them. */
  readonly names: ReadonlySet<string>
  readonly functions: ReadonlySet<FunctionInfo>
  /** Classes that derive from a client, or from something that may. */
  readonly derived: ReadonlySet<ClassInfo>
}

/**
 * Finds what leads to clients in a module: `seeds` are names of clients and of what makes them elsewhere. A function that mentions one is
 * relevant, and so is what mentions that function.
 */
export function relevanceOf(file: ModuleFile, seeds: ReadonlySet<string>): ModuleRelevance {
  const names = new Set(seeds)
  const functions = new Set<FunctionInfo>()
  const derived = new Set<ClassInfo>()
  let before = -1
  for (let round = 0; round < 10 && before !== names.size; round++) {
    before = names.size
    for (const info of file.symbols.functions) {
      const ids = mentionedIn(info.node)
      if (!functions.has(info) && !meets(ids, names)) continue
      functions.add(info)
      if (info.cls) names.add(info.cls.name)
      if (!info.cls || (!info.name.startsWith('__') && givesRelevant(info.node.body, names))) names.add(info.name)
      passOn(info.node.body, names, (name) => file.symbols.globalWrites.get(name)?.includes(info) === true)
    }
    for (const cls of file.symbols.classes)
      for (const base of cls.node.bases) {
        const name = base.kind === 'name' || base.kind === 'attribute' ? base.name : ''
        if (!names.has(name)) continue
        names.add(cls.name)
        for (const method of cls.methods.values()) functions.add(method)
        if (seeds.has(name) || [...derived].some((one) => one.name === name)) derived.add(cls)
      }
    passOn(file.syntax.body, names, () => true)
    for (const cls of file.symbols.classes) passOn(cls.node.body, names, () => true)
  }
  return { file, names, functions, derived }
}

/** Attributes and module-level names that a relevant value is assigned to carry it on; local names are left to the slice of their function. */
function passOn(body: readonly Statement[], names: Set<string>, shared: (name: string) => boolean): void {
  for (const statement of body) {
    const facts = factsOf(statement)
    for (const { targets, from } of facts.passes)
      if (meets(from, names)) for (const target of targets) if (shared(target) || facts.selfWrites.has(target)) names.add(target)
    for (const block of facts.blocks) passOn(block, names, shared)
  }
}

/** True for a body that returns or yields something relevant as it is. */
function givesRelevant(body: readonly Statement[], names: ReadonlySet<string>): boolean {
  const known = new Set(names)
  let found = false
  const visit = (statements: readonly Statement[]) => {
    for (const statement of statements) {
      const facts = factsOf(statement)
      for (const { targets, from } of facts.passes) if (meets(from, known)) for (const target of targets) known.add(target)
      if (meets(facts.given, known)) found = true
      for (const block of facts.blocks) visit(block)
    }
  }
  visit(body)
  return found
}

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  for (const one of small) if (large.has(one)) return true
  return false
}

/** Slices of the functions of modules that are known to have to do with clients. */
export interface Slices {
  /** The slice of a function; `handed` are parameters that are given a client or a dict. Undefined where nothing can be left out. */
  ofFunction(info: FunctionInfo, handed: readonly string[]): Slice | undefined
  /** The slice of a module's top level for the names that are wanted of it. */
  ofModule(file: ModuleFile, wanted: ReadonlySet<string>): { slice: Slice; needed: ReadonlySet<string> }
  add(relevance: ModuleRelevance): void
  isRelevant(info: FunctionInfo): boolean
  /** True for a method that sets attributes of its object to something that may matter. */
  changesSelf(info: FunctionInfo): boolean
  /** True when further names would make further functions of a module relevant. */
  wouldMatter(path: string, names: readonly string[]): boolean
  /** True for a name that leads to clients in a module that was marked. */
  isRelevantName(path: string, name: string): boolean
  /** True for a name that leads to clients in a module, and for modules of which all is evaluated. */
  isKnown(path: string, name: string): boolean
}

export function newSlices(): Slices {
  const modules = new Map<string, ModuleRelevance>()
  const functions = new Map<string, Slice>()
  const setters = new Map<ClassInfo, ReadonlySet<string>>()
  const needs = new Map<ClassInfo, ClassNeeds | undefined>()

  /** Undefined for a class that has nothing to do with clients: then it may be what their options are made of. */
  function needsOf(cls: ClassInfo, relevance: ModuleRelevance): ClassNeeds | undefined {
    if (!needs.has(cls)) {
      // Methods of a class of the same file may be called on objects of a class that derives from it.
      const family = familyOf(cls, relevance.file)
      needs.set(cls, family.some((method) => relevance.functions.has(method)) ? needsOfClass(family) : undefined)
    }
    return needs.get(cls)
  }

  return {
    add(relevance) {
      modules.set(relevance.file.path, relevance)
    },
    isRelevant: (info) => modules.get(info.path)?.functions.has(info) === true,
    changesSelf(info) {
      const relevance = modules.get(info.path)
      if (!relevance || !info.cls) return true
      let names = setters.get(info.cls)
      if (!names) {
        names = changers(familyOf(info.cls, relevance.file), (facts) => facts.selfSets.size > 0)
        setters.set(info.cls, names)
      }
      return names.has(info.name)
    },
    wouldMatter(path, names) {
      const known = modules.get(path)
      return (
        known !== undefined && relevanceOf(known.file, new Set([...known.names, ...names])).functions.size > known.functions.size
      )
    },
    isRelevantName: (path, name) => modules.get(path)?.names.has(name) === true,
    isKnown: (path, name) => modules.get(path)?.names.has(name) ?? true,
    ofFunction(info, handed) {
      const relevance = modules.get(info.path)
      if (!relevance) return undefined
      // What has nothing to do with clients is only evaluated for what it gives: all of it may matter for that.
      const needs = info.cls ? needsOf(info.cls, relevance) : relevance.functions.has(info) ? NO_NEEDS : undefined
      if (!needs) return undefined
      const key = `${info.path}:${info.node.start}:${handed.join()}`
      let slice = functions.get(key)
      if (!slice) {
        const relevant = new Set([...relevance.names, ...handed])
        // In a class that derives from a client, `self` is one.
        const self = info.cls && relevance.derived.has(info.cls) ? info.node.parameters[0]?.name : undefined
        if (self !== undefined) relevant.add(self)
        slice = sliceOf(info.node.body, { relevant, wanted: sharedNames(info, relevance.file), gives: true, ...needs })
        functions.set(key, slice)
      }
      return slice
    },
    ofModule(file, wanted) {
      const relevance = modules.get(file.path)
      const relevant = relevance?.names ?? new Set<string>()
      return cut(file.syntax.body, { relevant, wanted, gives: false, ...NO_NEEDS })
    },
  }
}

/** Names outside a function that it assigns, or whose dicts it changes. */
function sharedNames(info: FunctionInfo, { symbols }: ModuleFile): string[] {
  const names: string[] = []
  for (const [name, writers] of symbols.globalWrites) if (writers.includes(info)) names.push(name)
  for (const [name, changes] of symbols.globalChanges) if (changes.some((change) => change.by === info)) names.push(name)
  return names
}

function familyOf(cls: ClassInfo, file: ModuleFile): FunctionInfo[] {
  const family = new Set([cls])
  for (let round = 0; round < 4; round++)
    for (const other of file.symbols.classes)
      for (const base of other.node.bases) {
        if (base.kind !== 'name') continue
        const parent = file.symbols.classes.find((one) => one.name === base.name)
        if (parent && family.has(parent)) family.add(other)
        if (parent && family.has(other)) family.add(parent)
      }
  return [...family].flatMap((one) => [...one.methods.values()])
}
