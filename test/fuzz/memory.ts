import { kindOf } from '../../src/input/discover/kinds.ts'
import type { FileSource, InputFile } from '../../src/input/files.ts'

/** A project held in memory: its texts by their paths, relative to its root. */
export type Files = Readonly<Record<string, string>>

/** Every file that has a reader is read, whatever its bytes promise: a file whose import was cut off is to be survived too. */
export function sourceOf(texts: Files): FileSource {
  const all = new Map<string, InputFile>()
  const names = new Map<string, Set<string>>()
  const folders = new Map<string, Set<string>>()
  for (const [path, text] of Object.entries(texts)) {
    const parts = path.split('/')
    const name = parts.at(-1) as string
    all.set(path, { path, kind: kindOf(name) ?? 'env', text, interest: 'read' })
    for (let depth = 0; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/')
      const into = depth === parts.length - 1 ? names : folders
      into.set(folder, (into.get(folder) ?? new Set()).add(parts[depth] as string))
    }
  }
  return {
    files: [...all.values()].filter(({ kind }) => kind !== 'manifest').sort((a, b) => (a.path < b.path ? -1 : 1)),
    open: (path) => all.get(path),
    exists: (path) => all.has(path),
    isFolder: (path) => path === '' || names.has(path) || folders.has(path),
    filesIn: (folder) => [...(names.get(folder) ?? [])].sort(),
    foldersIn: (folder) => [...(folders.get(folder) ?? [])].sort(),
  }
}
