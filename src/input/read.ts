import type { Declarations, Input } from './declarations.ts'
import { type Discovery, discover } from './discover/discover.ts'
import type { FileSource } from './files.ts'
import { readProjects } from './project/read.ts'

export interface ReadOptions {
  /** Absolute path of the common ancestor of the paths; every path in the result is relative to it. */
  readonly root: string
  /** Absolute files and folders named by the user. */
  readonly paths: readonly string[]
  /** Globs in .gitignore's syntax, beside the ignore files. */
  readonly exclude: readonly string[]
  readonly includeTests: boolean
}

/** Finds the files that can matter, reads what they declare, and the versions their projects pin. Readers are loaded when a file needs them. */
export async function readInput(options: ReadOptions): Promise<Input> {
  return readDiscovered(discover(options))
}

/** `readInput`, for files that were found already, or that are held in memory. */
export async function readDiscovered({ source, skipped, files }: Discovery): Promise<Input> {
  const parts = await Promise.all(readersFor(source).map((read) => read(source)))
  const clients = parts.flatMap((p) => p.clients)
  const keyWrites = parts.flatMap((p) => p.keyWrites)
  const folders = [...new Set([...clients, ...keyWrites].map((c) => c.folder))].sort()
  const projects = folders.length === 0 ? NO_PROJECTS : await readProjects(source, folders, await interestingPackages())
  return {
    clients,
    handlers: parts.flatMap((p) => p.handlers),
    keyWrites,
    deployments: parts.flatMap((p) => p.deployments),
    documents: parts.flatMap((p) => p.documents),
    projects: projects.projects,
    // the list of discovery grows while readers open further files, so it comes last
    skipped: [...parts.flatMap((p) => p.skipped), ...projects.skipped, ...skipped],
    files,
  }
}

/** One entry per language and one for configuration files. */
const READERS: readonly {
  kinds: ReadonlySet<string>
  load: () => Promise<(source: FileSource) => Declarations | Promise<Declarations>>
}[] = [
  { kinds: new Set(['python']), load: async () => (await import('./source/python/read.ts')).readPython },
  { kinds: new Set(['java']), load: async () => (await import('./source/java/read.ts')).readJava },
  { kinds: new Set(['javascript']), load: async () => (await import('./source/javascript/read.ts')).readJavaScript },
  { kinds: new Set(['go']), load: async () => (await import('./source/go/read.ts')).readGo },
  {
    kinds: new Set(['properties', 'yaml', 'json', 'toml', 'env', 'ini']),
    load: async () => (await import('./configuration/read.ts')).readConfiguration,
  },
]

function readersFor(source: FileSource): readonly ((source: FileSource) => Promise<Declarations>)[] {
  return READERS.filter(({ kinds }) => source.files.some((f) => f.interest === 'read' && kinds.has(f.kind))).map(
    ({ load }) =>
      async (files: FileSource) =>
        (await load())(files),
  )
}

/** Packages whose versions matter. The profiles are loaded only for a tree that holds a client. */
async function interestingPackages(): Promise<ReadonlySet<string>> {
  const { PROFILES } = await import('../knowledge/profiles.ts')
  return new Set([...PROFILES.flatMap((p) => p.packages.map(({ ecosystem, name }) => `${ecosystem}:${name}`)), 'pypi:redis'])
}

const NO_PROJECTS = { projects: [], skipped: [] }
