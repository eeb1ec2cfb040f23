/**
 * Versions in one total order, good enough for PyPI, Maven and npm releases: numeric parts compared as numbers, then pre-releases before
 * the release they lead to. Build metadata is ignored.
 */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0
  const left = parse(a)
  const right = parse(b)
  const length = Math.max(left.numbers.length, right.numbers.length)
  for (let i = 0; i < length; i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0)
    if (difference !== 0) return difference < 0 ? -1 : 1
  }
  if (left.pre === right.pre) return 0
  if (left.pre === '') return 1
  if (right.pre === '') return -1
  return left.pre < right.pre ? -1 : 1
}

interface Parsed {
  readonly numbers: readonly number[]
  /** Empty for a release. */
  readonly pre: string
}

// profiles compare the same few hundred versions thousands of times
const parsed = new Map<string, Parsed>()

function parse(version: string): Parsed {
  const before = parsed.get(version)
  if (before) return before
  const match = /^[v=\s]*(\d+(?:\.\d+)*)[.-]?([^+]*)/.exec(version.trim())
  const suffix = (match?.[2] ?? '').toLowerCase()
  // "4.0.0.Final", "2.8.RELEASE", "1.0.post1", "7.5.0-ccs" are releases; a, b, c, rc, m (with a number), dev, alpha, beta, snapshot lead to one
  const pre = /^(?:(?:a|b|c|m|rc|cr|pre)[.-]?\d|rc|cr|pre|dev|alpha|beta|snapshot|preview|milestone)/.test(suffix) ? suffix : ''
  const result: Parsed = match ? { numbers: (match[1] as string).split('.').map(Number), pre } : { numbers: [0], pre: version }
  parsed.set(version, result)
  return result
}

/** A half-open interval of versions: `from` inclusive, `until` exclusive; a missing end is open. */
export interface VersionRange {
  readonly from?: string
  readonly until?: string
}

export const ANY_VERSION: readonly VersionRange[] = [{}]

/** The range that holds one version: up to the next one that could be told apart from it. */
export function exactly(version: string): VersionRange {
  const { numbers, pre } = parse(version)
  const release = numbers.join('.')
  return { from: version, until: pre === '' ? `${release}.0.0.0.1` : `${release}-${pre}.0` }
}

export function intersects(a: VersionRange, b: VersionRange): boolean {
  const startsBeforeEnd = (x: VersionRange, y: VersionRange) =>
    x.from === undefined || y.until === undefined || compareVersions(x.from, y.until) < 0
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a)
}

export function includes(range: VersionRange, version: string): boolean {
  return (
    (range.from === undefined || compareVersions(range.from, version) <= 0) &&
    (range.until === undefined || compareVersions(version, range.until) < 0)
  )
}

export function intersection(a: readonly VersionRange[], b: readonly VersionRange[]): readonly VersionRange[] {
  return a.flatMap((x) =>
    b.filter((y) => intersects(x, y)).map((y) => ({ from: later(x.from, y.from), until: earlier(x.until, y.until) })),
  )
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return compareVersions(a, b) >= 0 ? a : b
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return compareVersions(a, b) <= 0 ? a : b
}
