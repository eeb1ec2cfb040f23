import { expect, test } from 'vitest'
import { parseDuration } from '../../src/config/duration.ts'

test.each([
  ['500ms', 500],
  ['5s', 5000],
  ['1.5h', 5_400_000],
  ['30m', 1_800_000],
  ['3d', 259_200_000],
  ['2w', 1_209_600_000],
  ['0s', 0],
  ['3', undefined],
  ['3 d', undefined],
  ['d', undefined],
  ['-1d', undefined],
  ['3days', undefined],
])('%s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})
