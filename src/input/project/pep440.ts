import type { VersionRange } from '../../model/version.ts'
import {
  bump,
  comparison,
  conjunction,
  isVersion,
  LONGEST_SPECIFIER,
  pin,
  rangeOf,
  type Specifier,
  startingWith,
  UNSPECIFIED,
  wildcardPrefix,
} from './specifier.ts'

/** Reads a version specifier as pip does (PEP 440): `>=2.0,<3`, `==2.0.*`, `~=1.4.2`. What it cannot read says nothing. */
export function readPep440(text: string): Specifier {
  if (text.length > LONGEST_SPECIFIER) return UNSPECIFIED
  const clauses = text
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
  if (clauses.length === 0) return UNSPECIFIED
  const parts: (readonly VersionRange[])[] = []
  for (const clause of clauses) {
    const [, operator = '', version = ''] = /^(===|==|~=|!=|<=|>=|<|>)\s*(\S+)$/.exec(clause) ?? []
    const exact = (operator === '==' || operator === '===') && isVersion(version)
    if (exact && clauses.length === 1) return pin(version)
    const part = readClause(operator, version)
    if (part === undefined) return UNSPECIFIED
    if (exact) return conjunction([...parts, part]).length > 0 ? pin(version) : rangeOf([])
    parts.push(part)
  }
  return rangeOf(conjunction(parts))
}

function readClause(operator: string, version: string): readonly VersionRange[] | undefined {
  const prefix = wildcardPrefix(version)
  if (prefix !== undefined) {
    const range = startingWith(prefix)
    if (operator === '==') return [range]
    return operator === '!=' ? [{ until: range.from }, { from: range.until }] : undefined
  }
  if (!isVersion(version)) return undefined
  if (operator !== '~=') return comparison(operator, version)
  const length = (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').length
  return length < 2 ? undefined : [{ from: version, until: bump(version, length - 2) }]
}

/** A requirement with its hashes cut off is far shorter; beyond it, patterns would take long for nothing. */
const LONGEST_REQUIREMENT = 2000

/** One requirement: name, what it allows, and where name and specifier stand in the text given. */
export interface Requirement {
  /** Normalised (PEP 503). */
  readonly name: string
  /** As written, without extras and markers. */
  readonly specifier: string
  readonly end: number
  readonly allows: Specifier
}

/** Reads a requirement as PEP 508 and pip have it: `name[extra] >=1,<2 ; marker`, `name @ url`. Undefined for what is none. */
export function readRequirement(text: string): Requirement | undefined {
  if (text.length > LONGEST_REQUIREMENT) return undefined
  const match = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*/.exec(text)
  if (match === null) return undefined
  const name = normaliseName(match[1] as string)
  const rest = text.slice(match[0].length)
  const end = match[0].trimEnd().length
  if (rest.startsWith('@')) return { name, specifier: '', end, allows: UNSPECIFIED }
  const written = /^[^;#]*?(?=\s*(?:;|\s#|\s--|\\|$))/.exec(rest)?.[0] ?? ''
  if (written !== '' && !/^\(?\s*(?:===?|~=|!=|[<>]=?)/.test(written)) return undefined
  return { name, specifier: written, end: written === '' ? end : match[0].length + written.length, allows: readPep440(written) }
}

/** PEP 503: runs of `-`, `_` and `.` are one dash, and case does not count. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
