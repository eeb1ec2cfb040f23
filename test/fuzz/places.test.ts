import { expect, test } from 'vitest'
import { strayPlaceIn, straySpan } from './places.ts'

const at = (line: number, column: number, endLine = line, endColumn = column) => ({ path: 'a', line, column, endLine, endColumn })
const files = { a: 'one\ntwo\n' }

test.each([
  ['inside', at(1, 1, 2, 4), undefined],
  ['the end of the file', at(3, 1), undefined],
  ['a line too many', at(4, 1), 'a:4:1-4:1 lies outside the file'],
  ['a column too many', at(2, 6), 'a:2:6-2:6 lies outside the file'],
  ['a column before the first', at(1, 0), 'a:1:0-1:0 lies outside the file'],
  ['backwards', at(2, 1, 1, 3), 'a:2:1-1:3 ends before it begins'],
  ['another file', { ...at(1, 1), path: 'b' }, 'b:1:1-1:1 is in no file'],
])('a place %s', (_name, place, expected) => {
  expect(strayPlaceIn({ deep: [new Map([['x', { place }]])] }, files)).toBe(expected)
})

test('spans', () => {
  expect(straySpan([{ start: 0, end: 3 }], 3)).toBeUndefined()
  expect(straySpan([{ start: 0, end: 4 }], 3)).toBe('the span 0-4 lies outside a text of 3')
  expect(straySpan([{ start: 2, end: 1 }], 3)).toBe('the span 2-1 lies outside a text of 3')
})
