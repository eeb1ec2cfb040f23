import { type LineStarts, positionAt } from '../text/lines.ts'
import type { Span } from '../text/span.ts'

/** A place in a file. Lines and columns are 1-based, columns in UTF-16 units, the end exclusive. `path` is relative to the report's root, with `/`. */
export interface Location {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** A place with a word on what stands there. */
export interface Related {
  readonly label: string
  readonly location: Location
}

export function locate(path: string, starts: LineStarts, span: Span): Location {
  const from = positionAt(starts, span.start)
  const to = positionAt(starts, Math.max(span.start, span.end))
  return { path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

export function compareLocations(a: Location | null, b: Location | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return (
    compareText(a.path, b.path) || a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn
  )
}

/** Code-unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
