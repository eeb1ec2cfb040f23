/** Offsets at which each line of a text starts; `\n`, `\r\n` and a lone `\r` end a line, as in editors and SARIF. */
export type LineStarts = readonly number[]

export function lineStarts(text: string): LineStarts {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  return starts
}

/** 1-based line and column (UTF-16 units) of an offset. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function positionAt(starts: LineStarts, offset: number): Position {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 }
}

/** The text of a 1-based line, without its line ending. */
export function lineText(text: string, starts: LineStarts, line: number): string {
  const start = starts[line - 1]
  if (start === undefined) return ''
  return text.slice(start, starts[line] ?? text.length).replace(/[\r\n]+$/, '')
}
