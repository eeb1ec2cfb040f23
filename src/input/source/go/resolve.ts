import type { FileSource } from '../../files.ts'
import { parentOf } from '../program/evaluate/modules.ts'
import type { Resolver } from '../program/evaluate/source-language.ts'

/** What a line at the top of a Go file declares. */
const DECLARES = /^(?:func|type|var|const)\s+(\w+)|^(?:\t|\s{2,4})(\w+)(?:\s+[\w.*[\]]+)?\s*=/gm

/** Finds what Go's imports name: folders by the module paths of the go.mod files, and what the files of one package declare. */
export function goResolver(source: FileSource): Resolver {
  /** Folders of modules by their paths, longest first. */
  let modules: readonly (readonly [path: string, folder: string])[] | undefined
  const declared = new Map<string, ReadonlyMap<string, string>>()
  let byFolder: ReadonlyMap<string, readonly string[]> | undefined

  function modulePaths(): readonly (readonly [string, string])[] {
    modules ??= source.files
      .filter(({ path }) => path === 'go.mod' || path.endsWith('/go.mod'))
      .flatMap(({ path, text }): (readonly [string, string])[] => {
        const name = /^module\s+"?([^\s"]+)/m.exec(text)?.[1]
        return name === undefined ? [] : [[name, parentOf(path)]]
      })
      .sort(([a], [b]) => b.length - a.length)
    return modules
  }

  /** The files of a folder that can be read, without tests. */
  function filesIn(folder: string): readonly string[] {
    if (!byFolder) {
      const found = new Map<string, string[]>()
      for (const { path, kind } of source.files) {
        if (kind !== 'go' || path.endsWith('_test.go')) continue
        const list = found.get(parentOf(path))
        if (list) list.push(path)
        else found.set(parentOf(path), [path])
      }
      byFolder = found
    }
    return byFolder.get(folder) ?? []
  }

  /** Files by the names that they declare at their top. */
  function declarations(folder: string): ReadonlyMap<string, string> {
    let known = declared.get(folder)
    if (!known) {
      const found = new Map<string, string>()
      for (const path of filesIn(folder))
        for (const match of source.open(path)?.text.matchAll(DECLARES) ?? []) {
          const name = match[1] ?? match[2]
          if (name !== undefined && !found.has(name)) found.set(name, path)
        }
      known = found
      declared.set(folder, known)
    }
    return known
  }

  return {
    resolve(from, level, name) {
      if (level > 0) {
        const file = declarations(parentOf(from)).get(name)
        return file === undefined || file === from ? undefined : { file }
      }
      for (const [path, home] of modulePaths())
        if (name === path || name.startsWith(`${path}/`)) {
          const rest = name.slice(path.length + 1)
          const folder = home === '' ? rest : rest === '' ? home : `${home}/${rest}`
          return filesIn(folder).length > 0 ? { folder } : undefined
        }
      return undefined
    },
    inside: () => undefined,
    member: (folder, name) => declarations(folder).get(name),
  }
}
