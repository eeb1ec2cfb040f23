import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Skipped } from '../../model/document.ts'
import { compareText } from '../../model/location.ts'
import type { FileKind, FileSource } from '../files.ts'
import { interestOf } from './filter.ts'
import { isTestFolder } from './folders.ts'
import { isCompose, kindOf } from './kinds.ts'
import { codeOf, decode, encodingOf, isUtf16, type Read, readShared } from './read.ts'
import { binary, encoding, tooLarge, unreadable } from './skipped.ts'
import { createSource, type Found } from './source.ts'
import { insideRoot, openTree, parentOf, type Tree } from './tree.ts'
import { type Candidate, walk } from './walk.ts'

export interface DiscoverOptions {
  /** Absolute; every path in the result is relative to it. */
  readonly root: string
  /** Absolute files and folders that the user named, inside the root: read whatever excludes them. */
  readonly paths: readonly string[]
  /** Globs in the syntax of .gitignore, from the configuration. */
  readonly exclude: readonly string[]
  readonly includeTests: boolean
}

export interface Discovery {
  readonly source: FileSource
  /** Sorted by path when `discover` returns; grows when a file that is opened later cannot be read. */
  readonly skipped: readonly Skipped[]
  /** Files chosen for reading, sorted: what --list-files shows. Manifests are not among them: only those of clients' folders are opened. */
  readonly files: readonly string[]
}

/**
 * Finds what to read below the paths: by name, then by what the bytes hold, then by the ignore files, in the order of what they cost.
 * Never throws; whatever cannot be read is told in `skipped`.
 */
export function discover({ root, paths, exclude, includeTests }: DiscoverOptions): Discovery {
  const tree = openTree(root, exclude)
  const skipped: Skipped[] = []
  const found = new Map<string, Found>()
  const folders: { path: string; tests: boolean }[] = []
  const visit = (candidate: Candidate) => look(candidate, false)

  function look(candidate: Candidate, named: boolean): void {
    if (found.has(candidate.path)) return
    const one = examine(tree, candidate, named, skipped)
    if (one !== undefined) found.set(candidate.path, one)
  }

  for (const given of [...paths].sort(compareText)) {
    const path = insideRoot(tree.root, given)
    if (path === undefined) {
      const hint = 'run the audit from a folder that holds it'
      skipped.push({ path: given, kind: 'unreadable', reason: `lies outside ${tree.root || '/'}`, hint })
      continue
    }
    try {
      const stats = statSync(tree.absolute(path))
      if (stats.isDirectory()) folders.push({ path, tests: includeTests || isBelowTests(path, given) })
      else if (stats.isFile()) {
        // what stands beside a named file may be imported by it, whatever excludes their folder
        if (tree.rulesIn(parentOf(path)) === 'excluded') tree.enter(parentOf(path), [], undefined)
        look(namedFile(path), true)
      } else skipped.push({ path, kind: 'unreadable', reason: 'neither a file nor a folder', hint: 'name a regular file' })
    } catch (error) {
      skipped.push(unreadable(path, codeOf(error), 'file'))
    }
  }
  walk(folders, { tree, skipped, visit })

  const chosen = promoteCompose([...found.values()].sort((a, b) => compareText(a.path, b.path)))
  skipped.sort((a, b) => compareText(a.path, b.path) || compareText(a.kind, b.kind))
  const source = createSource(tree, chosen, skipped)
  return { source, skipped, files: chosen.map(({ path }) => path) }
}

/** A compose file that does not name Kafka says how often a service runs and with which environment: worth reading where there is a client. */
function promoteCompose(files: readonly Found[]): readonly Found[] {
  if (!files.some(({ interest }) => interest === 'read')) return files
  return files.map((file) =>
    file.interest === 'pool' && isCompose(file.path.slice(file.path.lastIndexOf('/') + 1)) ? { ...file, interest: 'read' } : file,
  )
}

/** True when the user names tests: the folder itself, whatever the root, or one of those it is in. */
function isBelowTests(path: string, given: string): boolean {
  const segments = path.split('/')
  return isTestFolder(basename(given), '') || segments.some((name, i) => isTestFolder(name, segments[i - 1] ?? ''))
}

function namedFile(path: string): Candidate {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { path, name, kind: kindOf(name) ?? 'script', rules: undefined }
}

function examine(tree: Tree, { path, name, kind, rules }: Candidate, named: boolean, skipped: Skipped[]): Found | undefined {
  if (kind === 'manifest') return { path, kind, interest: 'pool' }
  const read = readShared(tree.absolute(path))
  if (read.kind === 'failed') {
    const gone = read.code === 'ENOENT' && !named
    if (!gone && kind !== 'script' && !leftOut()) skipped.push(unreadable(path, read.code, 'file'))
    else if (named) skipped.push(unreadable(path, read.code, 'file'))
    return undefined
  }
  const fileKind = kind === 'script' ? scriptKind(read) : kind
  if (fileKind === undefined) {
    if (named) skipped.push(unknownKind(path))
    return undefined
  }
  const utf16 = isUtf16(read.bytes)
  const bytes = utf16 ? Buffer.from(decode(read.bytes, encodingOf(fileKind, read.bytes)), 'utf8') : read.bytes
  const interest = named ? 'read' : interestOf(fileKind, name, bytes)
  if (interest === undefined || (!named && leftOut())) return undefined
  if (read.kind === 'part') {
    if (interest === 'read') skipped.push(tooLarge(path, read.size))
    return undefined
  }
  if (!utf16 && read.bytes.includes(0)) {
    if (interest === 'read') skipped.push(binary(path))
    return undefined
  }
  const { note } = encodingOf(fileKind, read.bytes)
  if (interest === 'read' && note !== undefined) skipped.push(encoding(path, note))
  return { path, kind: fileKind, interest, bytes: Buffer.from(read.bytes) }

  function leftOut(): boolean {
    return tree.isLeftOut(rules, path, name, false)
  }
}

/** A file without a known extension is read when its first line starts Python. */
function scriptKind(read: Exclude<Read, { kind: 'failed' }>): FileKind | undefined {
  if (read.bytes[0] !== 35 || read.bytes[1] !== 33) return undefined
  return /^#![^\n]*\bpython/.test(read.bytes.toString('latin1', 0, Math.min(read.bytes.length, 200))) ? 'python' : undefined
}

function unknownKind(path: string): Skipped {
  return {
    path,
    kind: 'unreadable',
    reason: 'not a kind of file that is read',
    hint: 'Python sources and .properties, YAML, JSON, TOML, .env and INI files are',
  }
}
