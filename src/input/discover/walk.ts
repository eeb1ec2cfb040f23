import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import type { Skipped } from '../../model/document.ts'
import type { FileKind } from '../files.ts'
import { isNeverSource, isTestFile, isTestFolder, looksLikeOutput, marksItselfAsMade, mayBeOutput } from './folders.ts'
import type { IgnoreRules } from './ignored.ts'
import { kindOf, mayBeScript } from './kinds.ts'
import { codeOf } from './read.ts'
import { unreadable } from './skipped.ts'
import { isInMain, isInside, parentOf, type Tree } from './tree.ts'

/** A file whose name may matter. `script`: only when its first line says so. */
export interface Candidate {
  readonly path: string
  readonly name: string
  readonly kind: FileKind | 'script'
  readonly rules: IgnoreRules | undefined
}

export interface Walk {
  readonly tree: Tree
  readonly skipped: Skipped[]
  visit(candidate: Candidate): void
}

interface Link {
  readonly path: string
  readonly name: string
  readonly rules: IgnoreRules | undefined
}

interface State extends Walk {
  readonly links: Link[]
  /** Folders that were walked, by path: what overlapping paths share is read once. */
  readonly walked: Set<string>
}

/** Deeper nesting than any project has; a loop of mounts, or a trap. */
const DEEPEST = 200

/** Visits every file below the folders whose name may matter, in no particular order. Symbolic links are visited last. */
export function walk(folders: readonly { readonly path: string; readonly tests: boolean }[], options: Walk): void {
  const state: State = { ...options, links: [], walked: new Set() }
  for (const { path, tests } of folders) {
    const entries = read(state, path, true)
    if (entries === undefined) continue
    // what the user names is read, whatever excludes it; the rules that exclude it then do not hold below it either
    const known = state.tree.rulesIn(path)
    const rules = known === 'excluded' ? state.tree.enter(path, entries, undefined) : known.rules
    walkFolder(state, path, entries, rules, tests, isInMain(path), 0)
  }
  visitLinks(state)
}

function walkFolder(
  state: State,
  folder: string,
  entries: readonly Dirent[],
  rules: IgnoreRules | undefined,
  tests: boolean,
  inMain: boolean,
  depth: number,
): void {
  if (state.walked.has(folder)) return
  state.walked.add(folder)
  const start = folder === '' ? '' : `${folder}/`
  const parent = folder.slice(folder.lastIndexOf('/') + 1)
  for (const entry of entries) {
    const { name } = entry
    if (entry.isFile()) {
      const kind = kindOf(name) ?? (mayBeScript(name) ? 'script' : undefined)
      if (kind !== undefined && kind !== 'manifest' && (tests || !isTestFile(name)))
        state.visit({ path: start + name, name, kind, rules })
    } else if (entry.isDirectory()) {
      if (isNeverSource(name, inMain) || (!tests && isTestFolder(name, parent))) continue
      enterFolder(state, start + name, name, entries, rules, tests, inMain || (parent === 'src' && name === 'main'), depth)
    } else if (entry.isSymbolicLink() && (tests || !(isTestFile(name) || isTestFolder(name, parent)))) {
      if (!isNeverSource(name, inMain)) state.links.push({ path: start + name, name, rules })
    }
  }
}

function enterFolder(
  state: State,
  path: string,
  name: string,
  beside: readonly Dirent[],
  above: IgnoreRules | undefined,
  tests: boolean,
  inMain: boolean,
  depth: number,
): void {
  if (state.tree.isLeftOut(above, path, name, true)) return
  if (depth >= DEEPEST) {
    state.skipped.push({
      path,
      kind: 'too-deep',
      reason: `folders nest deeper than ${DEEPEST} levels`,
      hint: 'exclude the folder, or name the deeper one as a path to audit',
    })
    return
  }
  const entries = read(state, path, false)
  if (entries === undefined || entries.some((entry) => marksItselfAsMade(entry.name))) return
  if (mayBeOutput(name) && !inMain && looksLikeOutput(name, beside.map(nameOf), entries.map(nameOf))) return
  walkFolder(state, path, entries, state.tree.enter(path, entries, above), tests, inMain, depth + 1)
}

function nameOf(entry: Dirent): string {
  return entry.name
}

function read(state: State, path: string, named: boolean): Dirent[] | undefined {
  try {
    return readdirSync(state.tree.absolute(path), { withFileTypes: true })
  } catch (error) {
    const code = codeOf(error)
    // a folder that went away while the walk was under way is no loss
    if (named || code !== 'ENOENT') state.skipped.push(unreadable(path, code, 'folder'))
    return undefined
  }
}

/** Links to files are read once, under the link's name, unless the walk came to the file itself; links to folders are not followed. */
function visitLinks(state: State): void {
  const { tree } = state
  const targets = new Set<string>()
  state.links.sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const link of state.links) {
    let target: string
    try {
      target = realpathSync(tree.absolute(link.path))
    } catch (error) {
      if (codeOf(error) === 'ELOOP') state.skipped.push(loop(link.path, 'the symbolic link leads to itself'))
      continue
    }
    const stats = statSync(target, { throwIfNoEntry: false })
    if (stats?.isDirectory() && isInside(target, realpathSync(tree.absolute(parentOf(link.path))))) {
      state.skipped.push(loop(link.path, 'the symbolic link leads to a folder above it'))
      continue
    }
    if (!stats?.isFile() || !isInside(tree.realRoot, target) || targets.has(target)) continue
    targets.add(target)
    const real = target.slice(tree.realRoot.length + 1).replaceAll('\\', '/')
    const kind = kindOf(link.name)
    const realKind = kindOf(real.slice(real.lastIndexOf('/') + 1))
    if (kind === undefined || kind === 'manifest' || (realKind === kind && state.walked.has(parentOf(real)))) continue
    state.visit({ ...link, kind })
  }
}

function loop(path: string, reason: string): Skipped {
  return { path, kind: 'symlink-loop', reason, hint: 'nothing is lost: the folder it leads to is read in its own place' }
}
