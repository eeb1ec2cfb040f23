import type { FileSource } from '../files.ts'
import { composeReferences } from './compose.ts'
import type { ConfigDocument } from './document.ts'
import { refersToConfigMaps } from './kubernetes.ts'
import { applicationOf, isSpringFile, stemOf } from './spring-application.ts'

/** A file that some document leads to, and how it is read. */
export interface Reference {
  readonly path: string
  readonly as: 'env' | 'own-kind'
}

/** What must be parsed, beyond the files chosen, before a document can be recognised. Only files that exist. */
export function referencesOf(document: ConfigDocument, source: FileSource): readonly Reference[] {
  const found: Reference[] = composeReferences(document).map((path) => ({ path, as: 'env' }))
  if (refersToConfigMaps(document))
    for (const { path, kind } of neighbours(document, source)) if (kind === 'yaml') found.push({ path, as: 'own-kind' })
  if (isSpringFile(document)) for (const path of springFamily(document, source)) found.push({ path, as: 'own-kind' })
  return found.filter(({ path }) => source.exists(path))
}

function neighbours({ folder }: ConfigDocument, source: FileSource) {
  const start = folder === '' ? '' : `${folder}/`
  return source.files.filter(({ path }) => path.startsWith(start) && !path.slice(start.length).includes('/'))
}

const SPRING_EXTENSIONS = ['yml', 'yaml', 'properties'] as const

/** The base file that a profile's file adds to, whatever is in it, and the profiles' files of a base that name Kafka at all. */
function springFamily(document: ConfigDocument, source: FileSource): readonly string[] {
  const start = document.folder === '' ? '' : `${document.folder}/`
  const { stem, profile } = applicationOf(document.name, new Set())
  const base = profile === undefined ? [] : SPRING_EXTENSIONS.map((extension) => `${start}${stem}.${extension}`)
  const others = neighbours(document, source)
    .filter(({ kind }) => kind === 'yaml' || kind === 'properties')
    .map(({ path }) => path)
    .filter((path) => stemOf(path.slice(start.length)).startsWith(`${stem}-`))
  return [...base, ...others]
}
