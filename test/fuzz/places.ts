import type { Location } from '../../src/model/location.ts'
import { lineStarts } from '../../src/text/lines.ts'
import type { Span } from '../../src/text/span.ts'
import type { Files } from './memory.ts'

/** The first place in a value that lies outside the files it names, told in one line. */
export function strayPlaceIn(value: unknown, files: Files): string | undefined {
  const lengths = new Map<string, readonly number[]>()
  const lengthsOf = (path: string) => {
    const text = files[path]
    if (text === undefined) return undefined
    const known = lengths.get(path) ?? lengthsOfLines(text)
    lengths.set(path, known)
    return known
  }
  for (const place of placesIn(value)) {
    const lines = lengthsOf(place.path)
    const shown = `${place.path}:${place.line}:${place.column}-${place.endLine}:${place.endColumn}`
    if (!lines) return `${shown} is in no file`
    const isEnd = (line: number, column: number) => column >= 1 && column <= (lines[line - 1] ?? -1) + 1
    if (!isEnd(place.line, place.column) || !isEnd(place.endLine, place.endColumn)) return `${shown} lies outside the file`
    if (place.endLine < place.line || (place.endLine === place.line && place.endColumn < place.column))
      return `${shown} ends before it begins`
  }
  return undefined
}

/** Characters of each line, with what ends it: an end that is exclusive may stand after it. */
function lengthsOfLines(text: string): readonly number[] {
  const starts = lineStarts(text)
  return starts.map((start, i) => (starts[i + 1] ?? text.length) - start)
}

function placesIn(value: unknown): readonly Location[] {
  const found: Location[] = []
  const seen = new Set<unknown>([value])
  // grows while it is gone through
  for (const one of seen) {
    if (typeof one !== 'object' || one === null) continue
    if (isPlace(one)) found.push(one)
    else
      for (const inner of one instanceof Map ? one.values() : Object.values(one)) if (typeof inner === 'object') seen.add(inner)
  }
  return found
}

function isPlace(value: object): value is Location {
  return 'path' in value && 'line' in value && 'endColumn' in value && typeof value.path === 'string'
}

/** The first span that lies outside a text, or ends before it begins. */
export function straySpan(spans: readonly Span[], length: number): string | undefined {
  const stray = spans.find(({ start, end }) => !(start >= 0 && start <= end && end <= length))
  return stray && `the span ${stray.start}-${stray.end} lies outside a text of ${length}`
}
