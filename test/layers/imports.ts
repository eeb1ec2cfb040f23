import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

export interface Import {
  /** Path of the imported file from the project's root, or the package's name. */
  readonly target: string
  readonly relative: boolean
  readonly type: boolean
  readonly dynamic: boolean
  readonly specifier: string
}

/** Every module of the product with what it imports, type imports and dynamic ones included. */
export function readModules(): ReadonlyMap<string, readonly Import[]> {
  const modules = new Map<string, readonly Import[]>()
  for (const folder of ['src', 'rules'])
    for (const name of readdirSync(`${PROJECT}/${folder}`, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue
      const path = `${folder}/${name.replaceAll('\\', '/')}`
      modules.set(path, importsOf(path, textOf(path)))
    }
  return modules
}

export function textOf(path: string): string {
  return readFileSync(`${PROJECT}/${path}`, 'utf8')
}

const STATIC = /^(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g

export function importsOf(path: string, text: string): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: string, type: boolean, dynamic: boolean) => {
    const relative = specifier.startsWith('.')
    const target = relative ? posix.join(posix.dirname(path), specifier) : packageName(specifier)
    found.push({ target, relative, type, dynamic, specifier })
  }
  for (const [, type, specifier] of text.matchAll(STATIC)) add(specifier!, type !== undefined, false)
  for (const [, specifier] of text.matchAll(DYNAMIC)) add(specifier!, false, true)
  return found
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** One cycle among the modules, as the path that closes it, or undefined. */
export function findCycle(modules: ReadonlyMap<string, readonly Import[]>): readonly string[] | undefined {
  const done = new Set<string>()
  const trail: string[] = []
  const visit = (path: string): readonly string[] | undefined => {
    const again = trail.indexOf(path)
    if (again >= 0) return [...trail.slice(again), path]
    if (done.has(path)) return undefined
    trail.push(path)
    for (const { relative, target } of modules.get(path) ?? []) {
      const cycle = relative ? visit(target) : undefined
      if (cycle) return cycle
    }
    trail.pop()
    done.add(path)
    return undefined
  }
  for (const path of modules.keys()) {
    const cycle = visit(path)
    if (cycle) return cycle
  }
  return undefined
}

/** All packages that loading a module loads, by itself or through what it imports at once; not what it only names as a type or loads later. */
export function packagesLoadedBy(entry: string, modules: ReadonlyMap<string, readonly Import[]>): ReadonlySet<string> {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { relative, target, type, dynamic } of modules.get(path) ?? []) {
      if (type || dynamic) continue
      if (relative) visit(target)
      else packages.add(target)
    }
  }
  visit(entry)
  return packages
}
