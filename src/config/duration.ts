const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/

/** Milliseconds of `500ms`, `5s`, `30m`, `12h`, `3d`, `2w`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text)
  if (!match) return undefined
  const milliseconds = Number(match[1]) * (UNITS[match[2] as string] as number)
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined
}
