import type { FileSource } from '../../files.ts'
import { parentOf } from '../program/evaluate/modules.ts'
import type { Resolver } from '../program/evaluate/source-language.ts'

/** Finds what Java's imports name: files by their packages, wherever their source folders lie, and the neighbours of a file. */
export function javaResolver(source: FileSource): Resolver {
  /** By the class's own name. */
  let byName: ReadonlyMap<string, readonly string[]> | undefined

  function named(name: string): readonly string[] {
    if (!byName) {
      const found = new Map<string, string[]>()
      for (const { path } of source.files)
        if (path.endsWith('.java')) {
          const stem = path.slice(path.lastIndexOf('/') + 1, -'.java'.length)
          found.set(stem, [...(found.get(stem) ?? []), path])
        }
      byName = found
    }
    return byName.get(name) ?? []
  }

  /** The source folder of a file whose package is known by where the file lies: what stands before the part that two dotted names share. */
  function besides(from: string, dotted: string): string | undefined {
    const relative = `${dotted.replaceAll('.', '/')}.java`
    for (let folder = parentOf(from); ; folder = parentOf(folder)) {
      const path = folder === '' ? relative : `${folder}/${relative}`
      if (source.exists(path)) return path
      if (folder === '') return undefined
    }
  }

  return {
    resolve(from, level, name) {
      if (level > 0) {
        const folder = parentOf(from)
        const path = folder === '' ? `${name}.java` : `${folder}/${name}.java`
        return source.exists(path) ? { file: path } : undefined
      }
      const near = besides(from, name)
      if (near !== undefined) return near === from ? undefined : { file: near }
      const tail = `/${name.replaceAll('.', '/')}.java`
      const file = named(name.slice(name.lastIndexOf('.') + 1)).find((path) => `/${path}`.endsWith(tail))
      return file === undefined || file === from ? undefined : { file }
    },
    inside: () => undefined,
  }
}
