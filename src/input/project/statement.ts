import type { Ecosystem } from '../../model/project.ts'
import type { Span } from '../../text/span.ts'
import { type Specifier, single } from './specifier.ts'

/** What one place of a manifest says about a package. */
export interface Statement {
  readonly ecosystem: Ecosystem
  readonly name: string
  /** As written; empty where no version is given. */
  readonly specifier: string
  readonly allows: Specifier | Locked
  /** The place, in the manifest's text. */
  readonly span: Span
  /** The manifest it stands in, when that is another one than the one read: a parent pom. */
  readonly in?: { readonly path: string; readonly text: string }
  /** For development, tests or documentation only: it counts where nothing else names the package. */
  readonly secondary?: boolean
}

export interface Locked extends Omit<Specifier, 'strength'> {
  readonly strength: 'lock'
}

export function lock(version: string): Locked {
  return { versions: [single(version)], strength: 'lock', version }
}

/** A manifest being read, and what its reader may ask. */
export interface Manifest {
  readonly path: string
  readonly text: string
  /** The packages that anything is known of: only these are worth a statement. */
  readonly wanted: Wanted
  /** Another file of the project, by its path from the root; undefined when there is none. */
  open(path: string): { readonly path: string; readonly text: string } | undefined
}

export interface Reading {
  readonly statements: readonly Statement[]
  /** What could not be read, told once and gone past. */
  readonly problem?: { readonly message: string; readonly span: Span }
  /** Further manifests that this one takes in, by their path from the root. */
  readonly includes?: readonly string[]
}

export type ManifestReader = (manifest: Manifest) => Reading | Promise<Reading>

/** Package names by ecosystem. */
export interface Wanted {
  has(ecosystem: Ecosystem, name: string): boolean
  names(ecosystem: Ecosystem): readonly string[]
  /** True when the text may name one of the ecosystem's packages, however PyPI spells it: asked before anything is parsed. */
  mentionedIn(ecosystem: Ecosystem, text: string): boolean
  /** Matches one of the names, as a group of its own; for patterns over large lock files. */
  pattern(ecosystem: Ecosystem): string
}

/** From `ecosystem:name` keys; PyPI names normalised. */
export function wantedFrom(keys: ReadonlySet<string>): Wanted {
  const byEcosystem = new Map<string, string[]>()
  for (const key of keys) {
    const colon = key.indexOf(':')
    const ecosystem = key.slice(0, colon)
    byEcosystem.set(ecosystem, [...(byEcosystem.get(ecosystem) ?? []), key.slice(colon + 1)])
  }
  const names = (ecosystem: Ecosystem): readonly string[] => byEcosystem.get(ecosystem) ?? []
  const pattern = (ecosystem: Ecosystem): string => {
    const spelled = [...names(ecosystem)]
      .sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    if (spelled.length === 0) return '((?!))'
    return `(${(ecosystem === 'pypi' ? spelled.map((name) => name.replaceAll('-', '[-_.]+')) : spelled).join('|')})`
  }
  const mentions = new Map<Ecosystem, RegExp>()
  return {
    has: (ecosystem, name) => keys.has(`${ecosystem}:${name}`),
    names,
    pattern,
    mentionedIn(ecosystem, text) {
      const known =
        mentions.get(ecosystem) ??
        new RegExp(mentionPattern(ecosystem, names(ecosystem), pattern), ecosystem === 'pypi' ? 'i' : '')
      mentions.set(ecosystem, known)
      return known.test(text)
    },
  }
}

/** A Maven name stands in two elements, so that only its artifact can be looked for. */
function mentionPattern(ecosystem: Ecosystem, names: readonly string[], pattern: (ecosystem: Ecosystem) => string): string {
  if (ecosystem !== 'maven') return pattern(ecosystem)
  const artifacts = names.map((name) => name.slice(name.indexOf(':') + 1).replace(/[.]/g, '\\.'))
  return artifacts.length === 0 ? '(?!)' : `${artifacts.join('|')}|spring-boot|org\\.springframework\\.boot|kafka[.-]?version`
}

const SECONDARY =
  /(?:^|[-_./])(?:dev|develop|development|tests?|testing|docs?|lint|linting|format|formatters?|typing|types|mypy|ci|build|e2e|bench|benchmarks?|tox|nox|sphinx|release)(?:$|[-_./])/i

/** True for the name of a group, extra or file that serves development only. */
export function isSecondary(name: string): boolean {
  return SECONDARY.test(name)
}
