import type { Span } from '../text/span.ts'
import type { Scalar } from './syntax.ts'

type Mapping = NonNullable<Scalar['mapping']>

/** Maps the value of a block scalar (`|` or `>`; `range` starts at the indicator) back to the file, line by line. */
export function blockMapping(text: string, range: Span, value: string, folded: boolean): Mapping {
  const header = text.indexOf('\n', range.start)
  if (header < 0 || header >= range.end || value === '') return [{ at: 0, source: range.end }]
  const indent = Math.max(
    0,
    leadingSpaces(firstFilledLine(text, header + 1, range.end)) - leadingSpaces(firstFilledLine(value, 0, value.length)),
  )
  const pairs: { at: number; source: number }[] = []
  let at = 0
  for (let start = header + 1; start < range.end && at < value.length; ) {
    const newline = text.indexOf('\n', start)
    const next = newline < 0 || newline >= range.end ? range.end : newline + 1
    const end = newline >= 0 && newline < range.end ? newline : range.end
    const source = Math.min(start + indent, end)
    const content = text.slice(source, text[end - 1] === '\r' ? Math.max(source, end - 1) : end)
    if (folded) {
      // lines are joined by a space or some line feeds: the content is the next thing in the value
      const found = content === '' ? at : value.indexOf(content, at)
      if (found < 0) break
      at = found
    }
    const last = pairs[pairs.length - 1]
    if (last === undefined || last.source - last.at !== source - at) pairs.push({ at, source })
    at += content.length + (folded ? 0 : 1)
    start = next
  }
  return pairs
}

function firstFilledLine(text: string, from: number, to: number): string {
  let start = from
  while (start < to) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 || newline > to ? to : newline
    const line = text.slice(start, end)
    if (line.trim() !== '') return line
    start = end + 1
  }
  return ''
}

function leadingSpaces(line: string): number {
  let count = 0
  while (line[count] === ' ') count++
  return count
}
