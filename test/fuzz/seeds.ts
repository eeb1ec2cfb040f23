import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { kindOf } from '../../src/input/discover/kinds.ts'
import type { Files } from './memory.ts'

/** Larger files take long to read and teach nothing more. */
const LARGEST = 48 * 1024
/** Files of one project that are taken along. */
const MOST_FILES = 6

/** Projects to begin with: the files of each folder below the given ones that have a reader, in the order of their paths. */
export function seedsIn(folders: readonly string[]): readonly Files[] {
  return folders.flatMap((folder) => projectsIn(folder))
}

function projectsIn(folder: string): readonly Files[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  const texts = entries.filter((entry) => entry.isFile() && isWanted(folder, entry)).slice(0, MOST_FILES)
  const own = Object.fromEntries(texts.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]))
  const below = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
    .flatMap(({ name }) => projectsIn(join(folder, name)))
  return texts.length > 0 ? [own, ...below] : below
}

function isWanted(folder: string, { name }: Dirent): boolean {
  return kindOf(name) !== undefined && statSync(join(folder, name)).size <= LARGEST
}

/** A folder as one project, with its folders. */
export function projectAt(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const files = paths.filter((path) => statSync(join(folder, path)).isFile())
  return Object.fromEntries(files.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]))
}
