import type { Machine } from './evaluate/frame.ts'
import type { ModuleFile } from './evaluate/modules.ts'
import { type ModuleRelevance, relevanceOf } from './evaluate/relevance.ts'
import { WHOLE } from './syntax.ts'
import { walk } from './walk.ts'

/** A name that a module imports, and from where. */
interface Imported {
  readonly module: string
  readonly level: number
  /** Empty for `import module`. */
  readonly name: string
  readonly bound: string
}

function importsOf(file: ModuleFile): Imported[] {
  const found: Imported[] = []
  walk(file.syntax, (node) => {
    if (node.kind === 'import')
      for (const one of node.names) found.push({ module: one.name, level: 0, name: '', bound: one.alias ?? one.name })
    else if (node.kind === 'import-from')
      for (const one of node.names)
        found.push({ module: node.module, level: node.level, name: one.name, bound: one.alias ?? one.name })
    // Imports are statements: no expression holds one.
    return node.kind === 'expression' || node.kind === 'assign' || node.kind === 'return' ? false : undefined
  })
  return found
}

/** Names under which other modules reach what leads to a client in this one. */
function exportsOf({ file, names }: ModuleRelevance): ReadonlySet<string> {
  const own = new Set<string>()
  for (const info of file.symbols.functions) if (!info.cls && !info.parent) own.add(info.name)
  for (const info of file.symbols.classes) own.add(info.name)
  for (const statement of file.syntax.body)
    if (statement.kind === 'assign') for (const target of statement.targets) if (target.kind === 'name') own.add(target.name)
  return new Set([...own].filter((name) => names.has(name)))
}

/** Marks, in modules that may touch clients, what has to do with them; across the modules, since one uses what another offers. */
export function markRelevant(
  m: Machine,
  files: readonly ModuleFile[],
  holders: ReadonlyMap<string, ReadonlySet<string>>,
  offered: ReadonlySet<string> = new Set(),
): void {
  const imports = new Map(files.map((file) => [file, importsOf(file)]))
  let known = new Map<ModuleFile, ModuleRelevance>()
  const seeded = new Map<ModuleFile, ReadonlySet<string>>()
  for (let round = 0; round < 5; round++) {
    const exported = new Map<string, Set<string>>()
    const all = new Set(offered)
    for (const relevance of known.values()) {
      const names = exportsOf(relevance)
      for (const name of names) all.add(name)
      exported.set(
        m.language.moduleName(relevance.file.path),
        new Set([...(exported.get(m.language.moduleName(relevance.file.path)) ?? []), ...names]),
      )
    }
    let changed = false
    const next = new Map<ModuleFile, ModuleRelevance>()
    for (const file of files) {
      const seeds = seedsOf(m, file, imports.get(file) ?? [], all, exported, offered)
      const before = known.get(file)
      const same = before && equal(seeds, seeded.get(file))
      const relevance = same
        ? before
        : relevanceOf(file, new Set([...seeds, ...(seeds.size > 0 ? m.clients.makers : []), ...(holders.get(file.path) ?? [])]))
      seeded.set(file, seeds)
      if (!before || before.names.size !== relevance.names.size) changed = true
      next.set(file, relevance)
    }
    known = next
    if (!changed) break
  }
  for (const relevance of known.values()) m.slices.add(relevance)
}

function equal(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean {
  return b !== undefined && a.size === b.size && [...a].every((one) => b.has(one))
}

function seedsOf(
  m: Machine,
  file: ModuleFile,
  imports: readonly Imported[],
  all: ReadonlySet<string>,
  exported: ReadonlyMap<string, ReadonlySet<string>>,
  offered: ReadonlySet<string>,
): ReadonlySet<string> {
  const seeds = new Set<string>()
  for (const { module, level, name, bound } of imports) {
    const path = name === '' || name === WHOLE ? module : `${module}.${name}`
    if (level === 0 && m.clients.isClient(path)) seeds.add(bound)
    if (level > 0 && name === WHOLE) for (const one of exported.get(m.language.stem(module)) ?? []) seeds.add(one)
    // `import kafka`, `from confluent_kafka import avro`, `from kafka import *`: the classes are named as attributes.
    for (const className of m.clients.exportsOf(level === 0 ? (name === '*' ? module : path) : '')) seeds.add(className)
    if (name !== '' && all.has(name)) seeds.add(bound)
    // Re-exported by a module of the project.
    if (m.clients.isClientName(name) && m.modules.resolve(file.path, level, module)) seeds.add(bound)
    const stem = m.language.stem(name === '' || name === WHOLE ? module : name)
    for (const one of exported.get(stem) ?? []) seeds.add(one)
    if (name === '*') for (const one of exported.get(m.language.stem(module)) ?? []) seeds.add(one)
    // A module that offers something is imported as a whole: what it offers is named as its attribute.
    if (name === '' || name === WHOLE || !all.has(name)) for (const one of offered) seeds.add(one)
  }
  return seeds
}
