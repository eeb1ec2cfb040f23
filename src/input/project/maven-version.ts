import type { VersionRange } from '../../model/version.ts'
import {
  isVersion,
  justAfter,
  LONGEST_SPECIFIER,
  pin,
  rangeOf,
  type Specifier,
  single,
  startingWith,
  UNSPECIFIED,
  wildcardPrefix,
} from './specifier.ts'

/** Reads a version as Maven does: a plain one is taken, `[1.0,2.0)` is a range, `[1.0]` exactly that. `LATEST` and variables say nothing. */
export function readMavenVersion(text: string): Specifier {
  const version = text.trim()
  if (isVersion(version)) return pin(version)
  if (!/^[[(]/.test(version) || version.length > LONGEST_SPECIFIER) return UNSPECIFIED
  const ranges: VersionRange[] = []
  for (const [, open, low = '', comma, high = '', close] of version.matchAll(
    /([[(])\s*([^,\])]*?)\s*(?:(,)\s*([^,\])]*?)\s*)?([\])])/g,
  )) {
    if ((low !== '' && !isVersion(low)) || (high !== '' && !isVersion(high))) return UNSPECIFIED
    if (comma === undefined) {
      if (low === '') return UNSPECIFIED
      ranges.push(single(low))
      continue
    }
    ranges.push({
      ...(low !== '' && { from: open === '[' ? low : justAfter(low) }),
      ...(high !== '' && { until: close === ']' ? justAfter(high) : high }),
    })
  }
  if (ranges.length === 0) return UNSPECIFIED
  const exact = /^\[([^,\]]+)\]$/.exec(version)?.[1]
  return exact === undefined ? rangeOf(ranges) : pin(exact.trim())
}

/** Reads a version as Gradle does: Maven's forms, `2.8.+`, `2.8.0!!`; `+` and `latest.release` say nothing. */
export function readGradleVersion(text: string): Specifier {
  const version = text.trim().replace(/!!.*$/, '')
  const prefix = wildcardPrefix(version)
  if (prefix !== undefined) return rangeOf([startingWith(prefix)])
  // Gradle also writes open ends with the bracket turned round: `]1.0,2.0[`
  const turned = /^([[\](])(.*)([[\])])$/.exec(version)
  if (turned === null) return readMavenVersion(version)
  return readMavenVersion(`${turned[1] === '[' ? '[' : '('}${turned[2]}${turned[3] === ']' ? ']' : ')'}`)
}
