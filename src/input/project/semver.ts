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

/** Reads a range as npm does: `^2.2.4`, `~1.2`, `1.x`, `>=1 <2 || 3`, `1.0 - 2.0`. Tags, URLs and workspace links say nothing. */
export function readNpmRange(text: string): Specifier {
  return readAlternatives(text, /\s+/)
}

/** Reads a constraint as Poetry does: as npm, with commas, and `==`, `~=`, `!=`, `1.*`. */
export function readPoetryConstraint(text: string): Specifier {
  return readAlternatives(text, /[\s,]+/)
}

function readAlternatives(text: string, between: RegExp): Specifier {
  if (text.length > LONGEST_SPECIFIER) return UNSPECIFIED
  const trimmed = text.trim()
  const plain = trimmed.replace(/^={1,2}\s*/, '')
  // a number of fewer than three parts is a range to npm, and exact to Poetry
  if (isVersion(plain) && (between.source.includes(',') || /^v?\d+\.\d+\.\d+/.test(plain))) return pin(plain.replace(/^v/, ''))
  const all: VersionRange[] = []
  for (const alternative of trimmed.split(/\|\|?/)) {
    const ranges = readAlternative(alternative.trim(), between)
    if (ranges === undefined) return UNSPECIFIED
    all.push(...ranges)
  }
  return rangeOf(all)
}

function readAlternative(text: string, between: RegExp): readonly VersionRange[] | undefined {
  const hyphen = /^(\S+)\s+-\s+(\S+)$/.exec(text)
  if (hyphen !== null) {
    const [, low = '', high = ''] = hyphen
    if (!isVersion(low) || !isVersion(high)) return undefined
    const parts = high.split('.').length
    return [
      { from: bare(low), until: parts < 3 ? bump(bare(high), parts - 1) : (comparison('<=', bare(high))?.[0]?.until as string) },
    ]
  }
  const comparators = text
    .replace(/(\^|~=?|[<>]=?|[!=]=?=?)\s+/g, '$1')
    .split(between)
    .filter((part) => part !== '')
  if (comparators.length === 0) return undefined
  const parts: (readonly VersionRange[])[] = []
  for (const comparator of comparators) {
    const part = readComparator(comparator)
    if (part === undefined) return undefined
    parts.push(part)
  }
  return conjunction(parts)
}

function readComparator(text: string): readonly VersionRange[] | undefined {
  const [, operator = '', written = ''] = /^(\^|~=|~>|~|[<>]=?|!=|={0,3})(.*)$/.exec(text) ?? []
  const prefix = wildcardPrefix(written)
  const version = bare(prefix ?? written)
  if (!isVersion(version)) return undefined
  const parts = (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.')
  switch (operator) {
    case '^': {
      const first = parts.findIndex((part) => Number(part) > 0)
      return [{ from: version, until: bump(version, first < 0 ? parts.length - 1 : first) }]
    }
    case '~':
    case '~>':
      return [{ from: version, until: bump(version, Math.min(1, parts.length - 1)) }]
    case '~=':
      return [{ from: version, until: bump(version, Math.max(0, parts.length - 2)) }]
    case '':
    case '=':
    case '==':
      return [
        prefix !== undefined || parts.length < 3
          ? startingWith(parts.join('.'))
          : (comparison('==', version)?.[0] as VersionRange),
      ]
    case '!=':
      return prefix !== undefined
        ? [{ until: version }, { from: startingWith(version).until as string }]
        : comparison(operator, version)
    case '>':
      return prefix !== undefined || parts.length < 3 ? [{ from: bump(version, parts.length - 1) }] : comparison('>', version)
    case '<=':
      return prefix !== undefined || parts.length < 3 ? [{ until: bump(version, parts.length - 1) }] : comparison('<=', version)
    default:
      return comparison(operator, version)
  }
}

function bare(version: string): string {
  return version.replace(/^v/, '')
}
