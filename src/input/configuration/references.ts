import type { InputFile } from '../files.ts'
import { composeReferences } from './compose.ts'
import type { ConfigDocument } from './document.ts'
import { refersToConfigMaps } from './kubernetes.ts'
import { applicationOf, hasSpringKeys, isSpringFile, stemOf } from './spring-application.ts'

/** A file that some document leads to, and how it is read. */
export interface Reference {
  readonly path: string
  readonly as: 'env' | 'own-kind'
}

/** What must be parsed, beyond the files chosen, before a document can be recognised. They need not exist. */
export function referencesOf(document: ConfigDocument, neighbours: readonly InputFile[]): readonly Reference[] {
  const own = (path: string): Reference => ({ path, as: 'own-kind' })
  return [
    ...composeReferences(document).map((path): Reference => ({ path, as: 'env' })),
    ...(refersToConfigMaps(document) ? neighbours.filter(({ kind }) => kind === 'yaml').map(({ path }) => own(path)) : []),
    ...(isSpringFile(document) && hasSpringKeys(document) ? springFamily(document, neighbours).map(own) : []),
  ]
}

const SPRING_EXTENSIONS = ['yml', 'yaml', 'properties'] as const

/** The base file that a profile's file adds to, whatever is in it, and the profiles' files of a base that name Kafka at all. */
function springFamily({ folder, name }: ConfigDocument, neighbours: readonly InputFile[]): readonly string[] {
  const start = folder === '' ? '' : `${folder}/`
  const { stem, profile } = applicationOf(name, new Set())
  const base = profile === undefined ? [] : SPRING_EXTENSIONS.map((extension) => `${start}${stem}.${extension}`)
  const others = neighbours
    .filter(({ kind }) => kind === 'yaml' || kind === 'properties')
    .map(({ path }) => path)
    .filter((path) => stemOf(path.slice(start.length)).startsWith(`${stem}-`))
  return [...base, ...others]
}
