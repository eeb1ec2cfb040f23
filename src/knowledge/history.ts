import { compareVersions } from '../model/version.ts'

/** A fact that holds from a version on, until the next entry of its history. `citation` names where it was read, or that it was run. */
export interface Since<T> {
  /** First version it holds for; '0' for ever. */
  readonly since: string
  readonly value: T
  readonly citation: string
}

/** What is true of one thing over a library's versions, ascending. */
export type History<T> = readonly Since<T>[]

/** The entry that holds at a version, or undefined before the first one. */
export function entryAt<T>(history: History<T>, version: string): Since<T> | undefined {
  let found: Since<T> | undefined
  for (const entry of history) {
    if (compareVersions(entry.since, version) > 0) break
    found = entry
  }
  return found
}

/** All versions at which one of the histories changes, ascending and without repetition. */
export function boundaries(histories: Iterable<History<unknown>>): readonly string[] {
  const all: string[] = []
  for (const history of histories) for (const { since } of history) all.push(since)
  all.sort(compareVersions)
  return all.filter((version, i) => i === 0 || compareVersions(version, all[i - 1] as string) !== 0)
}
