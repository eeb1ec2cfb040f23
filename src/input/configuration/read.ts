import { parseConfig } from '../../formats/parse.ts'
import { secretSpans } from '../../formats/secrets.ts'
import type { ConfigFormat, Parsed } from '../../formats/syntax.ts'
import { looksTemplated } from '../../formats/template.ts'
import type { DeclaredClient } from '../../model/client.ts'
import type { Deployment } from '../../model/deployment.ts'
import type { Document, Skipped } from '../../model/document.ts'
import { compareLocations } from '../../model/location.ts'
import { type LineStarts, lineStarts, positionAt } from '../../text/lines.ts'
import { type Declarations, NOTHING_DECLARED } from '../declarations.ts'
import type { FileSource, InputFile } from '../files.ts'
import { merge, type Recognised } from './declare.ts'
import { type ConfigDocument, folderOf, nameOf } from './document.ts'
import { embeddedFiles, isOtherManifest } from './kubernetes.ts'
import { RECOGNISERS } from './recognisers.ts'
import { referencesOf } from './references.ts'
import { takesInMessages } from './spring-module.ts'
import type { Surroundings } from './surroundings.ts'

/** A file, parsed once, with the files embedded in it. */
interface ReadFile {
  readonly path: string
  readonly text: string
  readonly lines: LineStarts
  readonly parsed: Parsed
  readonly document: ConfigDocument
  readonly embedded: readonly { readonly document: ConfigDocument; readonly parsed: Parsed }[]
}

/** Finds the Kafka clients and deployments that configuration files declare. Each file is parsed once; none is executed or substituted. */
export async function readConfiguration(source: FileSource): Promise<Declarations> {
  const chosen = source.files.filter(isConfiguration)
  const files = new Map<string, ReadFile>()
  for (const file of chosen) files.set(file.path, await readFile(file, file.kind as ConfigFormat))
  const referred = await readReferences([...files.values()], source)
  const all = new Map([...files, ...referred])
  const beside = surroundingsIn(all, source)
  const recognised = [...all.values()].flatMap((file) => recogniseFile(file, beside(file)))
  const { clients, deployments } = merge(recognised)
  const skipped = [...files.values()].flatMap(problemOf)
  if (clients.length === 0 && deployments.length === 0) return { ...NOTHING_DECLARED, skipped }
  const shown = pathsIn(clients, deployments)
  const documents = [...all.values()].filter(({ path }) => shown.has(path)).map(documentOf)
  return { clients: numbered(clients), handlers: [], keyWrites: [], deployments, documents, skipped }
}

const FORMATS: ReadonlySet<string> = new Set<ConfigFormat>(['properties', 'yaml', 'json', 'toml', 'env', 'ini'])

/** A `.env` file concerns the code beside it whether or not it names Kafka. */
function isConfiguration(file: InputFile): boolean {
  const { kind, interest, path } = file
  if (!FORMATS.has(kind) || (interest !== 'read' && nameOf(path) !== '.env')) return false
  return kind !== 'yaml' || !isOtherManifest(file.text)
}

async function readFile({ path, text }: InputFile, format: ConfigFormat): Promise<ReadFile> {
  const parsed = await parseConfig(format, text)
  const lines = lineStarts(text)
  const { documents: roots, comments } = parsed
  const document = { path, folder: folderOf(path), name: nameOf(path), scope: '', format, lines, roots, comments }
  return { path, text, lines, parsed, document, embedded: await readEmbedded(document) }
}

async function readEmbedded(outer: ConfigDocument): Promise<ReadFile['embedded']> {
  const files = embeddedFiles(outer)
  if (files.length === 0) return []
  const { parseEmbedded } = await import('../../formats/embedded.ts')
  return files.map(({ name, scope, format, text }) => {
    const parsed = parseEmbedded(text, format)
    const { documents: roots, comments } = parsed
    return { parsed, document: { ...outer, name, scope, format, roots, comments } }
  })
}

/** Files that others lead to. A file read twice under two formats keeps the first: env_files are never also YAML. */
async function readReferences(files: readonly ReadFile[], source: FileSource): Promise<ReadonlyMap<string, ReadFile>> {
  const known = new Set(files.map(({ path }) => path))
  const folders = groupBy(source.files, ({ path }) => folderOf(path))
  const referred = new Map<string, ReadFile>()
  for (const { document } of files)
    for (const { path, as } of referencesOf(document, folders.get(document.folder) ?? [])) {
      if (known.has(path) || referred.has(path) || !source.exists(path)) continue
      const file = source.open(path)
      const format = as === 'env' ? 'env' : file?.kind
      if (file && format !== undefined && FORMATS.has(format)) referred.set(path, await readFile(file, format as ConfigFormat))
    }
  return referred
}

/** What each file is surrounded by; files of one folder share it. */
function surroundingsIn(files: ReadonlyMap<string, ReadFile>, source: FileSource): (file: ReadFile) => Surroundings {
  const documents = [...files.values()].map(({ document }) => document)
  const folders = groupBy(documents, ({ folder }) => folder)
  return ({ document: { folder } }) => ({
    siblings: folders.get(folder) ?? [],
    document: (path) => files.get(path)?.document,
    exists: (path) => source.exists(path),
    isFolder: (path) => source.isFolder(path),
    takesIn: () => takesInMessages(source, folder),
  })
}

function recogniseFile(file: ReadFile, beside: Surroundings): readonly Recognised[] {
  const recogniseIn = (documents: readonly ConfigDocument[], surroundings: Surroundings) =>
    documents.flatMap((document) => RECOGNISERS.map((recognise) => recognise(document, surroundings)))
  const embedded = file.embedded.map(({ document }) => document)
  const inside = groupBy(embedded, ({ name, scope }) => scope.slice(0, -`${name}/`.length))
  return [
    ...recogniseIn([file.document], beside),
    ...[...inside.values()].flatMap((siblings) => recogniseIn(siblings, { ...beside, siblings })),
  ]
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

/** Clients of one section are told apart by their order in the file. */
function numbered(clients: readonly DeclaredClient[]): readonly DeclaredClient[] {
  const count = new Map<string, number>()
  return [...clients]
    .sort((a, b) => compareLocations(a.location, b.location))
    .map((client) => {
      const ordinal = count.get(client.id) ?? 0
      count.set(client.id, ordinal + 1)
      return { ...client, id: `${client.id}:${ordinal}` }
    })
}

/** Every file that some fact points into. */
function pathsIn(clients: readonly DeclaredClient[], deployments: readonly Deployment[]): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const { location, related, options, topics } of clients) {
    for (const place of [location, ...related.map((r) => r.location)]) paths.add(place.path)
    for (const { location: place } of [...options.settings, ...options.gaps]) paths.add(place.path)
    if (topics.kind !== 'unknown') paths.add(topics.location.path)
  }
  for (const { location, environment } of deployments)
    for (const place of [location, ...environment.map((e) => e.location)]) paths.add(place.path)
  return paths
}

function documentOf({ path, text, lines, parsed, document, embedded }: ReadFile): Document {
  const inner = embedded.map((e) => e.parsed)
  return {
    path,
    format: document.format,
    text,
    lines,
    comments: [...parsed.comments, ...inner.flatMap((p) => p.comments)].sort((a, b) => a.span.start - b.span.start),
    secrets: [parsed, ...inner].flatMap((p) => secretSpans(p, text)).sort((a, b) => a.start - b.start),
  }
}

/** One line for each file that could not be read whole. `.conf` files have many syntaxes; of those, silence. */
function problemOf({ path, text, lines, parsed, document }: ReadFile): readonly Skipped[] {
  const [first, ...others] = parsed.problems
  if (!first || document.format === 'ini') return []
  const { line } = positionAt(lines, first.span.start)
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  if (looksTemplated(text)) {
    const hint = 'render the template and audit the result'
    return [
      {
        path,
        line,
        kind: 'template',
        reason: `the template leaves what is no ${document.format}: ${first.message}${more}`,
        hint,
      },
    ]
  }
  return [{ path, line, kind: 'syntax', reason: `${first.message}${more}`, hint: 'mend it: what follows may have been missed' }]
}
