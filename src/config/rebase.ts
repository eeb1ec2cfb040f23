/**
 * Patterns are written relative to one folder (that of semcheck.yaml, or the current one) and used relative to another, the root of an audit.
 * `from` and `to` are the two folders as segments below a common one. Returns undefined for a pattern that cannot meet anything below `to`.
 */
export function rebasePattern(pattern: string, from: readonly string[], to: readonly string[]): string | undefined {
  const negated = pattern.startsWith('!')
  const bare = negated ? pattern.slice(1) : pattern
  const rebased = rebase(bare, from, to)
  return rebased === undefined ? undefined : `${negated ? '!' : ''}${rebased}`
}

function rebase(pattern: string, from: readonly string[], to: readonly string[]): string | undefined {
  // as in .gitignore: without a slash before its end it speaks of any depth
  const anchored = pattern.replace(/\/$/, '').includes('/')
  if (!anchored) return pattern
  const segments = pattern.replace(/^\//, '').split('/')
  let common = 0
  while (common < from.length && common < to.length && from[common] === to[common]) common++
  const above = from.slice(common)
  if (above.length > 0) return to.length > common ? undefined : `/${[...above, ...segments].join('/')}`
  for (const folder of to.slice(common)) {
    const [first, ...rest] = segments
    if (first === undefined || first === '') return '/**'
    if (first === '**') return segments.join('/')
    if (!segmentMatches(first, folder)) return undefined
    segments.splice(0, segments.length, ...rest)
  }
  return segments.length === 0 || segments.join('') === '' ? '/**' : `/${segments.join('/')}`
}

function segmentMatches(glob: string, name: string): boolean {
  const expression = glob
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 's').test(name)
}
