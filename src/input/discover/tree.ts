import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, posix, resolve, sep } from 'node:path'
import { isNeverSource, looksLikeOutput, marksItselfAsMade, mayBeOutput } from './folders.ts'
import { compilePatterns, type IgnoreRules, isIgnored } from './ignored.ts'

/** What stands in a folder: by name. */
export type Listing = ReadonlyMap<string, 'file' | 'folder'>

/**
 * The root's folders as the audit sees them, asked for one at a time: what they hold, and whether they are left out. All paths are relative
 * to the root, with `/`, '' for the root itself.
 */
export interface Tree {
  readonly root: string
  /** The root without symbolic links. */
  readonly realRoot: string
  absolute(path: string): string
  /** Rules that hold in a folder, or 'excluded' when the folder is left out. */
  rulesIn(folder: string): Rules
  /** Fixes the rules of a folder that the walk has entered, so that they are worked out once. */
  enter(folder: string, entries: readonly Dirent[], above: IgnoreRules | undefined): IgnoreRules | undefined
  /** True when the ignore files or the configured globs leave a path out, given the rules of the folder it is in. */
  isLeftOut(rules: IgnoreRules | undefined, path: string, name: string, isFolder: boolean): boolean
  /** The names in a folder, symbolic links resolved when they stay inside the root; undefined when there is no such folder. */
  list(folder: string): Listing | undefined
}

export type Rules = { readonly rules: IgnoreRules | undefined } | 'excluded'

const IGNORE_FILES = ['.gitignore', '.semcheckignore']
/** More than any ignore file that people write; a larger one is not one. */
const LARGEST_IGNORE_FILE = 1024 * 1024

export function openTree(root: string, exclude: readonly string[]): Tree {
  const base = (sep === '/' ? root : root.replaceAll(sep, '/')).replace(/\/+$/, '')
  const absolute = (path: string) => (path === '' ? base || '/' : `${base}/${path}`)
  const realRoot = realPathOf(absolute('')) ?? base
  const excluded = exclude.length > 0 ? levelOf(0, '', exclude, undefined) : undefined
  const entered = new Map<string, Rules>()
  const listings = new Map<string, Listing | undefined>()

  function enter(folder: string, entries: readonly Dirent[], above: IgnoreRules | undefined): IgnoreRules | undefined {
    const names = entries.filter((entry) => entry.name.charCodeAt(0) === 46 && IGNORE_FILES.includes(entry.name))
    const rules =
      names.length === 0
        ? above
        : levelOf(
            folder === '' ? 0 : folder.length + 1,
            '',
            textsOf(absolute(folder), names.map((entry) => entry.name).sort()),
            above,
          )
    entered.set(folder, { rules })
    return rules
  }

  function isLeftOut(rules: IgnoreRules | undefined, path: string, name: string, isFolder: boolean): boolean {
    return (excluded !== undefined && isIgnored(excluded, path, name, isFolder)) || isIgnored(rules, path, name, isFolder)
  }

  function rulesIn(folder: string): Rules {
    const seen = entered.get(folder)
    if (seen !== undefined) return seen
    const rules = workOut(folder)
    if (!entered.has(folder)) entered.set(folder, rules)
    return entered.get(folder) as Rules
  }

  function workOut(folder: string): Rules {
    const entries = entriesOf(absolute(folder)) ?? []
    if (folder === '') return { rules: enter('', entries, rulesAbove(realRoot)) }
    const parent = parentOf(folder)
    const above = rulesIn(parent)
    if (above === 'excluded') return above
    const name = folder.slice(parent === '' ? 0 : parent.length + 1)
    const inMain = isInMain(folder)
    const inside = entries.map((entry) => entry.name)
    const made = inside.some(marksItselfAsMade)
    const output = mayBeOutput(name) && !inMain && looksLikeOutput(name, [...(list(parent)?.keys() ?? [])], inside)
    if (made || output || isNeverSource(name, inMain) || isLeftOut(above.rules, folder, name, true)) return 'excluded'
    return { rules: enter(folder, entries, above.rules) }
  }

  function list(folder: string): Listing | undefined {
    if (listings.has(folder)) return listings.get(folder)
    const entries = entriesOf(absolute(folder))
    const listing = entries && new Map<string, 'file' | 'folder'>()
    for (const entry of entries ?? []) {
      const kind = kindOfEntry(entry, absolute(folder), realRoot)
      if (kind !== undefined) listing?.set(entry.name, kind)
    }
    listings.set(folder, listing)
    return listing
  }

  return { root: base, realRoot, absolute, rulesIn, enter, isLeftOut, list }
}

function kindOfEntry(entry: Dirent, folder: string, realRoot: string): 'file' | 'folder' | undefined {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (!entry.isSymbolicLink()) return undefined
  const target = realPathOf(`${folder}/${entry.name}`)
  if (target === undefined || !isInside(realRoot, target)) return undefined
  const stats = statSync(target, { throwIfNoEntry: false })
  return stats?.isFile() ? 'file' : stats?.isDirectory() ? 'folder' : undefined
}

/** Rules of the ignore files above the root, up to the top of its repository; none when the root is in no repository. */
function rulesAbove(root: string): IgnoreRules | undefined {
  const folders: string[] = []
  let folder = root
  while (!existsSync(`${folder}/.git`)) {
    const above = dirname(folder)
    if (above === folder) return undefined
    folder = above
    folders.unshift(folder)
  }
  let rules: IgnoreRules | undefined
  for (const one of folders) {
    const texts = textsOf(one, IGNORE_FILES)
    if (texts.length > 0)
      rules = levelOf(0, `${root.slice(one === '/' ? 1 : one.length + 1).replaceAll(sep, '/')}/`, texts, rules)
  }
  return rules
}

function levelOf(strip: number, prefix: string, texts: readonly string[], parent: IgnoreRules | undefined): IgnoreRules {
  return { strip, prefix, patterns: compilePatterns(texts), parent }
}

function textsOf(folder: string, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    try {
      const text = readFileSync(`${folder}/${name}`)
      return text.length <= LARGEST_IGNORE_FILE ? [text.toString('utf8').replace(/^\uFEFF/, '')] : []
    } catch {
      return []
    }
  })
}

function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return undefined
  }
}

export function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** Below `src/main` every folder is a package or a resource, whatever it is called. */
export function isInMain(path: string): boolean {
  return `/${path}/`.includes('/src/main/')
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/** A path as given, relative to the root with `/`; undefined when it leads out of it. */
export function insideRoot(root: string, path: string): string | undefined {
  const absolute = resolve(root || '/', path)
  const base = root === '' ? '/' : resolve(root)
  if (!isInside(base, absolute)) return undefined
  return absolute
    .slice(base.length)
    .replaceAll(sep, '/')
    .replace(/^\/+|\/+$/g, '')
}

/** A relative path made plain (`a/./b/../c` → `a/c`), or undefined when it is absolute or leads out of the root. */
export function plainPath(path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\0') || /^[A-Za-z]:/.test(path)) return undefined
  const plain = posix.normalize(path).replace(/\/+$/, '')
  return plain === '..' || plain.startsWith('../') ? undefined : plain === '.' ? '' : plain
}
