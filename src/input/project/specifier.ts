import { ANY_VERSION, compareVersions, exactly, intersection, type VersionRange } from '../../model/version.ts'

/** What a version specifier allows, and how much it settles. */
export interface Specifier {
  readonly versions: readonly VersionRange[]
  readonly strength: 'pin' | 'range' | 'none'
  /** The version of a pin. */
  readonly version?: string
}

/** Nothing is said of the version: no specifier, a URL, a tag that moves, a variable nobody sets. */
export const UNSPECIFIED: Specifier = { versions: ANY_VERSION, strength: 'none' }

/** Longer than any that people write; a longer text is not read at all. */
export const LONGEST_SPECIFIER = 300

export function pin(written: string): Specifier {
  const version = written.replace(/^v/, '')
  return { versions: [single(version)], strength: 'pin', version }
}

export function rangeOf(versions: readonly VersionRange[]): Specifier {
  return { versions, strength: 'range' }
}

/** The range of one version. A suffix that does not count (`.Final`, `.post1`, `-ccs`) must not make it empty. */
export function single(version: string): VersionRange {
  const range = exactly(version)
  return compareVersions(version, range.until as string) < 0 ? range : { from: version, until: justAfter(version) }
}

/** The least version above a given one, in the order of `compareVersions`. */
export function justAfter(version: string): string {
  const after = exactly(version).until as string
  return compareVersions(version, after) < 0 ? after : `${/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? version}.0.0.0.1`
}

/** What a comparison alone allows; undefined for an operator that is none. */
export function comparison(operator: string, written: string): readonly VersionRange[] | undefined {
  const version = written.replace(/^v/, '')
  switch (operator) {
    case '=':
    case '==':
    case '===':
      return [single(version)]
    case '>=':
      return [{ from: version }]
    case '>':
      return [{ from: justAfter(version) }]
    case '<=':
      return [{ until: justAfter(version) }]
    case '<':
      return [{ until: version }]
    case '!=':
      return [{ until: version }, { from: justAfter(version) }]
    default:
      return undefined
  }
}

/** All of them at once. */
export function conjunction(parts: readonly (readonly VersionRange[])[]): readonly VersionRange[] {
  return parts.reduce<readonly VersionRange[]>((all, part) => intersection(all, part), ANY_VERSION).map(tidy)
}

function tidy({ from, until }: VersionRange): VersionRange {
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) }
}

/** `1.2.3` with its part at `index` one higher and the rest cut off: `1.3` for 1. */
export function bump(version: string, index: number): string {
  const parts = (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number)
  return Array.from({ length: index + 1 }, (_, i) => (parts[i] ?? 0) + (i === index ? 1 : 0)).join('.')
}

/** `1.2` for `1.2.*`, `1.2.x`; undefined without a wildcard or for a bare one. */
export function wildcardPrefix(version: string): string | undefined {
  return /^v?(\d+(?:\.\d+)*)\.[*xX+](?:\.[*xX])*$/.exec(version)?.[1]
}

/** Every version that begins with a prefix. */
export function startingWith(prefix: string): VersionRange {
  return { from: prefix, until: bump(prefix, prefix.split('.').length - 1) }
}

/** A version number that the order understands: digits first. */
export function isVersion(text: string): boolean {
  return text.length < 100 && /^v?\d(?:[-_.+]?[0-9A-Za-z])*$/.test(text)
}
