import type { Comment, SyntaxProblem } from '../../../../formats/syntax.ts'
import { type LineStarts, lineStarts } from '../../../../text/lines.ts'
import type { Span } from '../../../../text/span.ts'
import type { FileSource } from '../../../files.ts'
import { parsePython } from '../parse.ts'
import type { Module } from '../syntax.ts'
import { type ClassInfo, type ModuleSymbols, symbolsOf } from './symbols.ts'

/** One parsed file of the project. */
export interface ModuleFile {
  readonly path: string
  readonly text: string
  readonly lines: LineStarts
  readonly syntax: Module
  readonly comments: readonly Comment[]
  readonly problems: readonly SyntaxProblem[]
  readonly tooDeep?: Span
  readonly symbols: ModuleSymbols
}

/** What a dotted name stands for in the project: a module's file, a package's folder, or both for a package with `__init__.py`. */
export interface ModulePlace {
  readonly file?: string
  readonly folder?: string
}

/** The project's modules, each parsed at most once. */
export interface Modules {
  readonly source: FileSource
  load(path: string): ModuleFile | undefined
  /** Resolves `import dotted` (level 0) or `from ...dotted import` as seen from a file; undefined when it is not the project's. */
  resolve(from: string, level: number, dotted: string): ModulePlace | undefined
  /** A module or package inside a package. */
  inside(folder: string, name: string): ModulePlace | undefined
  loaded(): Iterable<ModuleFile>
  /** Classes, of the files parsed so far, that name a base so. */
  heirsOf(name: string): readonly ClassInfo[]
}

/** Standard modules that evaluation has facts about, and which no project shadows in earnest. */
const STANDARD = new Set(
  'os sys time uuid socket random datetime json copy enum dataclasses threading asyncio logging typing collections functools itertools contextlib secrets platform multiprocessing configparser pathlib concurrent abc signal atexit re'.split(
    ' ',
  ),
)

export function openModules(source: FileSource): Modules {
  const files = new Map<string, ModuleFile | undefined>()
  const places = new Map<string, ModulePlace | undefined>()
  const heirs = new Map<string, ClassInfo[]>()
  const roots = new Map<string, Map<string, readonly Root[]>>()
  /** What the imports of each file stand for: a module is evaluated anew for each name that is wanted of it. */
  const imports = new Map<string, Map<string, ModulePlace | undefined>>()

  function load(path: string): ModuleFile | undefined {
    if (files.has(path)) return files.get(path)
    const file = source.open(path)
    let module: ModuleFile | undefined
    if (file && (file.kind === 'python' || path.endsWith('.py'))) {
      const { module: syntax, comments, problems, tooDeep } = parsePython(file.text)
      module = {
        path,
        text: file.text,
        lines: lineStarts(file.text),
        syntax,
        comments,
        problems,
        ...(tooDeep ? { tooDeep } : {}),
        symbols: symbolsOf(syntax, path),
      }
      for (const info of module.symbols.classes)
        for (const base of info.node.bases) {
          const name = base.kind === 'name' || base.kind === 'attribute' ? base.name : undefined
          if (name === undefined || name === info.name) continue
          const list = heirs.get(name)
          if (list) list.push(info)
          else heirs.set(name, [info])
        }
    }
    files.set(path, module)
    return module
  }

  function at(base: string): ModulePlace | undefined {
    if (places.has(base)) return places.get(base)
    let place: ModulePlace | undefined
    const init = `${base}/__init__.py`
    if (source.isFolder(base)) {
      if (source.exists(init)) place = { file: init, folder: base }
      else if (source.exists(`${base}.py`)) place = { file: `${base}.py` }
      else place = { folder: base }
    } else if (source.exists(`${base}.py`)) place = { file: `${base}.py` }
    places.set(base, place)
    return place
  }

  /** Where a top-level name is found from a folder: there, then in each folder around it, with their source folders. */
  function holding(top: string, folder: string): readonly Root[] {
    let known = roots.get(folder)
    if (!known) {
      known = new Map()
      roots.set(folder, known)
    }
    let found = known.get(top)
    if (!found) {
      const own = [folder, ...SOURCES.map((name) => join(folder, name))].flatMap((root) => {
        const place = at(join(root, top))
        return place ? [{ root, place }] : []
      })
      const around = folder === '' ? [] : holding(top, parentOf(folder))
      found = own.length === 0 ? around : [...own, ...around]
      known.set(top, found)
    }
    return found
  }

  function absolute(from: string, dotted: string): ModulePlace | undefined {
    const [top] = dotted.split('.')
    if (top === undefined || top === '' || STANDARD.has(top)) return undefined
    const relative = dotted.replaceAll('.', '/')
    let loose: ModulePlace | undefined
    // The first part decides which root a name belongs to: cheap, and as Python does it.
    for (const { root, place: topPlace } of holding(top, parentOf(from))) {
      const place = relative === top ? topPlace : at(join(root, relative))
      if (!place) continue
      // A file that a library's name led to is not that library, but a package may name its own modules so.
      if (place.file === from) {
        loose ??= modulesOf(place)
        continue
      }
      if (topPlace.file) return place
      // A folder without __init__.py loses to any installed package of its name, and to a package nearer the root.
      loose ??= place
    }
    return loose
  }

  function relative(from: string, level: number, dotted: string): ModulePlace | undefined {
    let folder = parentOf(from)
    for (let i = 1; i < level && folder !== ''; i++) folder = parentOf(folder)
    if (dotted === '') {
      const place = at(folder) ?? { folder }
      return place.file === from ? modulesOf(place) : place
    }
    return at(join(folder, dotted.replaceAll('.', '/')))
  }

  return {
    source,
    load,
    resolve(from, level, dotted) {
      let known = imports.get(from)
      if (!known) {
        known = new Map()
        imports.set(from, known)
      }
      const name = level === 0 ? dotted : `${level}:${dotted}`
      if (known.has(name)) return known.get(name)
      const place = level === 0 ? absolute(from, dotted) : relative(from, level, dotted)
      known.set(name, place)
      return place
    },
    inside: (folder, name) => at(join(folder, name.replaceAll('.', '/'))),
    heirsOf: (name) => heirs.get(name) ?? [],
    loaded: () => [...files.values()].filter((file) => file !== undefined),
  }
}

/** A package as its own __init__.py means it: what that file would find in itself it does not have yet, its modules it has. */
function modulesOf({ folder }: ModulePlace): ModulePlace | undefined {
  return folder === undefined ? undefined : { folder }
}

/** A folder that modules are imported from, and what a name is there. */
interface Root {
  readonly root: string
  readonly place: ModulePlace
}

/** The customary source folders of a project. */
const SOURCES = ['src', 'app', 'lib', 'python']

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
