import type { Skipped } from '../../model/document.ts'
import type { FileKind, FileSource, InputFile } from '../files.ts'
import { kindOf } from './kinds.ts'
import { decode, encodingOf, isUtf16, LARGEST_FILE, LARGEST_MANIFEST, readOwn } from './read.ts'
import { binary, encoding, tooLarge, unreadable } from './skipped.ts'
import { isInside, parentOf, plainPath, realPathOf, type Tree } from './tree.ts'

/** A chosen file; without bytes, it is read again when its text is asked for. */
export interface Found {
  readonly path: string
  readonly kind: FileKind
  readonly interest: InputFile['interest']
  readonly bytes?: Buffer
}

/** Above this many bytes in all, files are read a second time when they are needed: a second read is cheap, memory is not. */
const KEEP = 48 * 1024 * 1024

/** The files of one audit: those chosen, and whatever of the rest is asked for. `skipped` takes what then cannot be read. */
export function createSource(tree: Tree, chosen: readonly Found[], skipped: Skipped[]): FileSource {
  let kept = 0
  const files = chosen.map(({ path, kind, interest, bytes }) => {
    kept += bytes?.length ?? 0
    const held = bytes !== undefined && kept <= KEEP ? bytes : undefined
    return lazyFile(path, kind, interest, () =>
      held ? decode(held, encodingOf(kind, held)) : (readText(tree, path, kind, skipped) ?? ''),
    )
  })
  const byPath = new Map<string, InputFile | undefined>(files.map((file) => [file.path, file]))

  const inside = new Map<string, boolean>()

  function open(asked: string): InputFile | undefined {
    const path = plainPath(asked)
    if (path === undefined) return undefined
    if (!byPath.has(path)) byPath.set(path, openOther(path))
    return byPath.get(path)
  }

  function openOther(path: string): InputFile | undefined {
    if (!exists(path)) return undefined
    const name = path.slice(path.lastIndexOf('/') + 1)
    // whoever opens a file of no known kind knows what it is: an env_file, a requirements file of any name
    const kind = kindOf(name) ?? 'env'
    const text = readText(tree, path, kind, skipped)
    return text === undefined ? undefined : { path, kind, text, interest: 'pool' }
  }

  function exists(asked: string): boolean {
    const path = plainPath(asked)
    if (path === undefined || path === '') return false
    const known = byPath.get(path)
    if (known !== undefined) return true
    const folder = parentOf(path)
    const name = path.slice(folder === '' ? 0 : folder.length + 1)
    if (tree.list(folder)?.get(name) !== 'file') return false
    const rules = tree.rulesIn(folder)
    return rules !== 'excluded' && !tree.isLeftOut(rules.rules, path, name, false) && staysInside(folder)
  }

  function isFolder(asked: string): boolean {
    const path = plainPath(asked)
    if (path === undefined) return false
    if (path === '') return true
    const parent = parentOf(path)
    return (
      tree.list(parent)?.get(path.slice(parent === '' ? 0 : parent.length + 1)) === 'folder' && tree.rulesIn(path) !== 'excluded'
    )
  }

  /** A folder may be reached through a symbolic link; what lies outside the root is then not the project's. */
  function staysInside(folder: string): boolean {
    let stays = inside.get(folder)
    if (stays === undefined) {
      const real = realPathOf(tree.absolute(folder))
      stays = real !== undefined && isInside(tree.realRoot, real)
      inside.set(folder, stays)
    }
    return stays
  }

  function namesIn(asked: string, wanted: 'file' | 'folder'): readonly string[] {
    const folder = plainPath(asked)
    if (folder === undefined || (folder !== '' && !isFolder(folder))) return []
    if (tree.rulesIn(folder) === 'excluded') return []
    return [...(tree.list(folder) ?? [])].flatMap(([name, kind]) => (kind === wanted ? [name] : [])).sort()
  }

  const filesIn = (folder: string) => namesIn(folder, 'file')
  const foldersIn = (folder: string) => namesIn(folder, 'folder')
  return { files, open, exists, isFolder, filesIn, foldersIn }
}

function readText(tree: Tree, path: string, kind: FileKind, skipped: Skipped[]): string | undefined {
  const limit = kind === 'manifest' ? LARGEST_MANIFEST : LARGEST_FILE
  const read = readOwn(tree.absolute(path), limit)
  if (read.kind === 'failed') {
    skipped.push(unreadable(path, read.code, 'file'))
    return undefined
  }
  if (read.kind === 'part') {
    skipped.push(tooLarge(path, read.size, limit))
    return undefined
  }
  const found = encodingOf(kind, read.bytes)
  if (!isUtf16(read.bytes) && read.bytes.includes(0)) {
    skipped.push(binary(path))
    return undefined
  }
  if (found.note !== undefined) skipped.push(encoding(path, found.note))
  return decode(read.bytes, found)
}

function lazyFile(path: string, kind: FileKind, interest: InputFile['interest'], load: () => string): InputFile {
  let text: string | undefined
  return {
    path,
    kind,
    interest,
    get text() {
      text ??= load()
      return text
    },
  }
}
