import { jsonValue } from '../../../formats/json-value.ts'
import type { FileSource } from '../../files.ts'
import { parentOf } from '../program/evaluate/modules.ts'
import type { ModulePlace, Resolver } from '../program/evaluate/source-language.ts'

const EXTENSIONS = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts']
/** TypeScript imports its own files by the names they are compiled to. */
const COMPILED: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
}

/** What a tsconfig.json says of names that are no paths. */
interface Mapping {
  /** The folder that plain names start from. */
  readonly base?: string
  /** Patterns with at most one `*`, and what they stand for, relative to the root. */
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[]
}

const NO_MAPPING: Mapping = { paths: [] }

/** Finds what JavaScript's imports name: files by path, names by the mappings of tsconfig.json, and packages of the same repository. */
export function javascriptResolver(source: FileSource): Resolver {
  const mappings = new Map<string, Mapping>()
  let packages: ReadonlyMap<string, string> | undefined

  function fileAt(base: string): string | undefined {
    const dot = base.lastIndexOf('.')
    const compiled = dot > base.lastIndexOf('/') ? COMPILED[base.slice(dot)] : undefined
    for (const extension of compiled ?? []) {
      const path = `${base.slice(0, dot)}${extension}`
      if (source.exists(path)) return path
    }
    if (/\.[cm]?tsx?$/.test(base) && source.exists(base)) return base
    for (const extension of EXTENSIONS) if (source.exists(`${base}${extension}`)) return `${base}${extension}`
    if (!source.isFolder(base === '' ? '.' : base)) return undefined
    for (const extension of EXTENSIONS) {
      const path = join(base, `index${extension}`)
      if (source.exists(path)) return path
    }
    return undefined
  }

  /** The mapping of the tsconfig.json of a folder, or of the nearest one around it. */
  function mappingOf(folder: string): Mapping {
    const known = mappings.get(folder)
    if (known) return known
    const own = readMapping(join(folder, 'tsconfig.json'), 0)
    const found = own ?? (folder === '' ? NO_MAPPING : mappingOf(parentOf(folder)))
    mappings.set(folder, found)
    return found
  }

  function readMapping(path: string, depth: number): Mapping | undefined {
    if (depth > 5 || !source.exists(path)) return undefined
    const text = source.open(path)?.text
    if (text === undefined) return undefined
    const config = jsonValue(text) as {
      extends?: unknown
      compilerOptions?: { baseUrl?: unknown; paths?: unknown }
    } | null
    const folder = parentOf(path)
    const above =
      typeof config?.extends === 'string' && config.extends.startsWith('.')
        ? readMapping(
            normalise(folder, config.extends.endsWith('.json') ? config.extends : `${config.extends}.json`) ?? '',
            depth + 1,
          )
        : undefined
    const options = config?.compilerOptions
    const base = typeof options?.baseUrl === 'string' ? normalise(folder, options.baseUrl) : above?.base
    const from = base ?? folder
    const paths =
      options?.paths && typeof options.paths === 'object'
        ? Object.entries(options.paths).map(([pattern, targets]) => ({
            pattern,
            targets: (Array.isArray(targets) ? targets : [])
              .filter((target) => typeof target === 'string')
              .flatMap((target) => normalise(from, target) ?? []),
          }))
        : (above?.paths ?? [])
    return { ...(base === undefined ? {} : { base }), paths }
  }

  /** The project's own packages, by name: those of a monorepo import each other so. */
  function packageFolder(name: string): string | undefined {
    packages ??= new Map(
      source.files
        .filter((file) => file.path.endsWith('package.json') && file.kind === 'manifest')
        .flatMap((file): readonly [string, string][] => {
          const named = /"name"\s*:\s*"([^"]+)"/.exec(file.text)?.[1]
          return named === undefined ? [] : [[named, parentOf(file.path)]]
        }),
    )
    return packages.get(name)
  }

  function mapped(from: string, name: string): string | undefined {
    const { base, paths } = mappingOf(parentOf(from))
    for (const { pattern, targets } of paths) {
      const star = pattern.indexOf('*')
      const [head, tail] = star < 0 ? [pattern, ''] : [pattern.slice(0, star), pattern.slice(star + 1)]
      const fits =
        star < 0 ? name === pattern : name.startsWith(head) && name.endsWith(tail) && name.length >= head.length + tail.length
      if (!fits) continue
      const middle = star < 0 ? '' : name.slice(head.length, name.length - tail.length)
      for (const target of targets) {
        const file = fileAt(target.replace('*', middle))
        if (file !== undefined) return file
      }
    }
    return base === undefined ? undefined : fileAt(join(base, name))
  }

  function inPackages(name: string): string | undefined {
    const parts = name.split('/')
    const length = name.startsWith('@') ? 2 : 1
    const folder = packageFolder(parts.slice(0, length).join('/'))
    if (folder === undefined) return undefined
    const rest = parts.slice(length).join('/')
    return fileAt(join(folder, rest)) ?? fileAt(join(folder, join('src', rest)))
  }

  return {
    resolve(from, level, name) {
      const path = level > 0 ? normalise(name.startsWith('/') ? '' : parentOf(from), name) : undefined
      const file = level > 0 ? (path === undefined ? undefined : fileAt(path)) : (mapped(from, name) ?? inPackages(name))
      return file === undefined || file === from ? undefined : { file }
    },
    inside: () => undefined,
  } satisfies { resolve: (from: string, level: number, name: string) => ModulePlace | undefined; inside: Resolver['inside'] }
}

function join(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`
}

/** A path relative to a folder, without dots; undefined when it leaves the root. */
function normalise(folder: string, name: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}
