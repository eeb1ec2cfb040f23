import { parseConfig } from '../../../src/formats/parse.ts'
import type { ConfigFormat } from '../../../src/formats/syntax.ts'
import { type ConfigDocument, folderOf, nameOf } from '../../../src/input/configuration/document.ts'
import type { Surroundings } from '../../../src/input/configuration/surroundings.ts'
import type { FileKind, FileSource, InputFile } from '../../../src/input/files.ts'
import type { DeclaredClient } from '../../../src/model/client.ts'
import type { Location } from '../../../src/model/location.ts'
import { showValue } from '../../../src/model/value.ts'
import { lineStarts } from '../../../src/text/lines.ts'

const KINDS: readonly [RegExp, ConfigFormat][] = [
  [/\.properties$|\.config$/, 'properties'],
  [/\.ya?ml$/, 'yaml'],
  [/\.json$/, 'json'],
  [/\.toml$/, 'toml'],
  [/\.(ini|conf)$/, 'ini'],
  [/\.env$/, 'env'],
]

export function formatOf(path: string): ConfigFormat {
  const kind = KINDS.find(([name]) => name.test(path))
  if (!kind) throw new Error(`no format for ${path}`)
  return kind[1]
}

/** A file parsed as the reader would. */
export async function documentOf(path: string, text: string): Promise<ConfigDocument> {
  const format = formatOf(path)
  const { documents: roots, comments } = await parseConfig(format, text)
  return { path, folder: folderOf(path), name: nameOf(path), scope: '', format, lines: lineStarts(text), roots, comments }
}

/** Several files, as the surroundings of each other. */
export async function surroundingsOf(files: Readonly<Record<string, string>>, folders: readonly string[] = []) {
  const documents = await Promise.all(Object.entries(files).map(([path, text]) => documentOf(path, text)))
  const document = (path: string) => documents.find((d) => d.path === path)
  const surroundings = (of: ConfigDocument): Surroundings => ({
    siblings: documents.filter((d) => d.folder === of.folder),
    document,
    exists: (path) => path in files,
    isFolder: (path) => folders.includes(path),
  })
  return { documents, document: (path: string) => document(path) as ConfigDocument, surroundings }
}

/** Files in memory. Names ending in `?` are of interest `pool`, those ending in `!` are not chosen at all. */
export function sourceOf(files: Readonly<Record<string, string>>, folders: readonly string[] = []): FileSource {
  const all = Object.entries(files).map(([name, text]) => {
    const path = name.replace(/[?!]$/, '')
    const file: InputFile = { path, kind: formatOf(path) as FileKind, text, interest: name.endsWith('?') ? 'pool' : 'read' }
    return { file, chosen: !name.endsWith('!') }
  })
  const find = (path: string) => all.find(({ file }) => file.path === path)?.file
  return {
    files: all.filter(({ chosen }) => chosen).map(({ file }) => file),
    open: find,
    exists: (path) => find(path) !== undefined,
    isFolder: (path) => folders.includes(path),
  }
}

/** Settings as `key=value`, for comparisons that read well. */
export function settingsOf(client: DeclaredClient | undefined): readonly string[] {
  return client?.options.settings.map(({ key, value }) => `${key}=${showValue(value)}`) ?? []
}

export function placeOf({ line, column, endLine, endColumn }: Location): string {
  return `${line}:${column}-${endLine}:${endColumn}`
}
