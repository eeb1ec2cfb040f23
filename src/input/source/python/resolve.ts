import type { FileSource } from '../../files.ts'
import { parentOf } from '../program/evaluate/modules.ts'
import type { ModulePlace, Resolver } from '../program/evaluate/source-language.ts'

/** Standard modules that evaluation has facts about, and which no project shadows in earnest. */
const STANDARD = new Set(
  'os sys time uuid socket random datetime json copy enum dataclasses threading asyncio logging typing collections functools itertools contextlib secrets platform multiprocessing configparser pathlib concurrent abc signal atexit re'.split(
    ' ',
  ),
)

/** Finds what Python's imports name: in the importing file's folder, the folders around it and their source folders, as people run programs. */
export function pythonResolver(source: FileSource): Resolver {
  const places = new Map<string, ModulePlace | undefined>()
  const roots = new Map<string, Map<string, readonly Root[]>>()

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
    resolve: (from, level, dotted) => (level === 0 ? absolute(from, dotted) : relative(from, level, dotted)),
    inside: (folder, name) => at(join(folder, name.replaceAll('.', '/'))),
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

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
