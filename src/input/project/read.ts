import type { Skipped } from '../../model/document.ts'
import { compareLocations, compareText, locate } from '../../model/location.ts'
import type { Dependency, Project } from '../../model/project.ts'
import { type LineStarts, lineStarts, positionAt } from '../../text/lines.ts'
import type { FileSource } from '../files.ts'
import { MANIFEST_NAMES, readerOf } from './readers.ts'
import { type Statement, type Wanted, wantedFrom } from './statement.ts'

export interface Projects {
  readonly projects: readonly Project[]
  readonly skipped: readonly Skipped[]
}

/** Folders beside a manifest that belong to it. */
const MANIFEST_FOLDERS = ['requirements', 'gradle']

/** Manifests of one folder with all that they include: more than any project has. */
const MOST_READ = 200

/**
 * Reads the manifests of the folders in which clients were found, and of those above them up to the root: one project per folder that has a
 * manifest. Only packages in `interesting` (`pypi:kafka-python`, `maven:group:artifact`, …) become dependencies.
 */
export async function readProjects(
  source: Pick<FileSource, 'open' | 'exists' | 'filesIn'>,
  folders: readonly string[],
  interesting: ReadonlySet<string>,
): Promise<Projects> {
  const wanted = wantedFrom(interesting)
  const projects: Project[] = []
  const skipped = new Map<string, Skipped>()
  for (const folder of withFoldersAbove(folders)) {
    const manifests = manifestsIn(source, folder)
    if (manifests.length === 0) continue
    const dependencies = await readManifests(source, manifests, wanted, skipped)
    projects.push({ path: folder, manifests, dependencies })
  }
  return { projects, skipped: [...skipped.values()].sort((a, b) => compareText(a.path, b.path)) }
}

function withFoldersAbove(folders: readonly string[]): readonly string[] {
  const all = new Set<string>([''])
  for (const folder of folders) {
    let above = folder
    while (above !== '' && !all.has(above)) {
      all.add(above)
      above = above.includes('/') ? above.slice(0, above.lastIndexOf('/')) : ''
    }
  }
  return [...all].sort(compareText)
}

function manifestsIn(source: Pick<FileSource, 'exists' | 'filesIn'>, folder: string): readonly string[] {
  const start = folder === '' ? '' : `${folder}/`
  const found: string[] = []
  for (const inside of ['', ...MANIFEST_FOLDERS]) {
    const prefix = inside === '' ? start : `${start}${inside}/`
    const names = source.filesIn?.(prefix.slice(0, -1)) ?? MANIFEST_NAMES.filter((name) => source.exists(prefix + name))
    found.push(...names.filter((name) => readerOf(name, inside) !== undefined).map((name) => prefix + name))
  }
  return found.sort(compareText)
}

async function readManifests(
  source: Pick<FileSource, 'open'>,
  manifests: readonly string[],
  wanted: Wanted,
  skipped: Map<string, Skipped>,
): Promise<readonly Dependency[]> {
  const statements: { statement: Statement; path: string; lines: LineStarts }[] = []
  const open = (path: string) => {
    const file = source.open(path)
    return file && { path: file.path, text: file.text }
  }
  // a set is walked in the order in which it grows, so that what is included comes after, and once
  const queue = new Set(manifests)
  let read = 0
  for (const path of queue) {
    if (read++ >= MOST_READ) break
    const file = open(path)
    if (file === undefined) continue
    const slash = path.lastIndexOf('/')
    const folder = path.slice(0, Math.max(0, slash))
    const reader = readerOf(path.slice(slash + 1), folder.slice(folder.lastIndexOf('/') + 1)) ?? readerOf('requirements.txt', '')
    const reading = await reader?.({ path, text: file.text, wanted, open })
    if (reading === undefined) continue
    const lines = lineStarts(file.text)
    for (const statement of reading.statements) {
      const elsewhere = statement.in
      statements.push({ statement, path: elsewhere?.path ?? path, lines: elsewhere ? lineStarts(elsewhere.text) : lines })
    }
    for (const include of reading.includes ?? []) queue.add(include)
    const { problem } = reading
    if (problem !== undefined && !skipped.has(path)) {
      const { line } = positionAt(lines, problem.span.start)
      const hint = 'mend it; until then the versions it states may be missed'
      skipped.set(path, { path, line, kind: 'syntax', reason: problem.message, hint })
    }
  }
  const primary = new Set(statements.filter(({ statement }) => !statement.secondary).map(({ statement }) => keyOf(statement)))
  return statements
    .filter(({ statement }) => !statement.secondary || !primary.has(keyOf(statement)))
    .map(({ statement, path, lines }) => toDependency(statement, path, lines))
    .sort((a, b) => compareText(a.name, b.name) || compareLocations(a.location, b.location))
}

function keyOf({ ecosystem, name }: Statement): string {
  return `${ecosystem}:${name}`
}

function toDependency({ ecosystem, name, specifier, allows, span }: Statement, path: string, lines: LineStarts): Dependency {
  const { versions, strength, version } = allows
  return {
    ecosystem,
    name,
    specifier,
    versions,
    strength,
    ...(version !== undefined && { version }),
    location: locate(path, lines, span),
  }
}
