import { expect, test } from 'vitest'
import { lookUp } from '../../src/text/table.ts'

test('a table has its own entries only', () => {
  expect(lookUp({ a: 1 }, 'a')).toBe(1)
  expect(lookUp({ a: 1 }, 'b')).toBeUndefined()
  expect(lookUp<unknown>({ a: 1 }, 'constructor')).toBeUndefined()
})
