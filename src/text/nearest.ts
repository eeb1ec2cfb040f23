/**
 * The candidate a person most likely meant, or undefined when none is near: spelling mistakes up to a third of the name (at least two
 * edits for names of five letters or more), with `-`, `_`, `.` and case taken as equal. Ties go to the first candidate.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalise(name)
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const given = normalise(candidate)
    const length = Math.max(wanted.length, given.length)
    const allowed = length < 5 ? 1 : Math.max(2, Math.floor(length / 3))
    if (Math.abs(wanted.length - given.length) > allowed) continue
    const distance = editDistance(wanted, given)
    if (distance <= allowed && distance < least) {
      least = distance
      best = candidate
    }
  }
  return best ?? holding(wanted, candidates)
}

/** ` (did you mean "x"?)`, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = nearest(name, candidates)
  return near === undefined ? '' : ` (did you mean "${near}"?)`
}

function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, '')
}

/** A name given only in part, when only one candidate holds it: `offset` is `offset-reset`, `redis` is no one's. */
function holding(wanted: string, candidates: Iterable<string>): string | undefined {
  if (wanted.length < 3) return undefined
  const matches = [...candidates].filter((candidate) => normalise(candidate).includes(wanted))
  return matches.length === 1 ? matches[0] : undefined
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, one each. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(last[j]! + 1, current[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, beforeLast[j - 2]! + 1)
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return last[b.length]!
}
