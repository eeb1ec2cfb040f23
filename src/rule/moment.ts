/** `2026-01-08 00:00 UTC`, to the minute. */
export function tellMoment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** `7 days`, `90 minutes`: in the greatest unit that it is at least two of, or one whole one. */
export function tellSpan(milliseconds: number): string {
  for (const [name, size] of UNITS) {
    const count = milliseconds / size
    if (count >= 2 || count === 1) return `${Math.floor(count)} ${name}${Math.floor(count) === 1 ? '' : 's'}`
  }
  return `${milliseconds} ms`
}
