import { describe, expect, it } from 'vitest'
import { lineStarts, lineText, positionAt } from '../../src/text/lines.ts'

describe('lines', () => {
  const text = 'a=1\r\nbb=2\rccc=3\n'
  const starts = lineStarts(text)

  it('ends lines at \\n, \\r\\n and a lone \\r', () => {
    expect(starts).toEqual([0, 5, 10, 16])
    expect([1, 2, 3, 4, 9].map((line) => lineText(text, starts, line))).toEqual(['a=1', 'bb=2', 'ccc=3', '', ''])
  })

  it('counts lines and columns from 1', () => {
    expect(positionAt(starts, 0)).toEqual({ line: 1, column: 1 })
    expect(positionAt(starts, 7)).toEqual({ line: 2, column: 3 })
    expect(positionAt(starts, text.length)).toEqual({ line: 4, column: 1 })
  })
})
