import { statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { nearest } from '../text/nearest.ts'
import { UsageError } from './io.ts'

export interface Targets {
  /** Absolute folder: the common ancestor of the paths. */
  readonly root: string
  /** Absolute. */
  readonly paths: readonly string[]
}

const COMMANDS = ['audit', 'handlers', 'trace', 'snapshot', 'explain', 'rules', 'clients', 'init', 'schema', 'completion', 'help']

/** The paths of the command line, checked; the current folder when there is none. */
export function targetsOf(named: readonly string[], cwd: string): Targets {
  const paths = (named.length === 0 ? ['.'] : named).map((path) => resolve(cwd, path))
  const folders = paths.map((path, i) => folderOf(path, named[i] ?? '.'))
  return { root: folders.reduce(commonFolder), paths }
}

function folderOf(path: string, named: string): string {
  try {
    return statSync(path).isDirectory() ? path : dirname(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw new UsageError(`${named}: cannot be read (${code})`)
    // a misspelt command is taken for a path, since audit is the default one
    const command = /[/\\.]/.test(named) ? undefined : nearest(named, COMMANDS)
    throw new UsageError(`${named}: there is no such file or folder`, command && `did you mean "semcheck ${command}"?`)
  }
}

function commonFolder(a: string, b: string): string {
  const left = a.split(sep)
  const right = b.split(sep)
  let common = 0
  while (common < left.length && common < right.length && left[common] === right[common]) common++
  return left.slice(0, common).join(sep) || sep
}

/** From one folder to another with `/`; '' for the same. */
export function relativePath(from: string, to: string): string {
  return relative(from, to).split(sep).join('/')
}

/** Two folders as segments below a common one, for rebasing patterns. */
export function segmentsBelowCommon(a: string, b: string): readonly [readonly string[], readonly string[]] {
  const common = commonFolder(a, b)
  const below = (path: string) =>
    relativePath(common, path)
      .split('/')
      .filter((segment) => segment !== '')
  return [below(a), below(b)]
}
