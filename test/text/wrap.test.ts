import { expect, test } from 'vitest'
import { displayWidth } from '../../src/text/width.ts'
import { wrap } from '../../src/text/wrap.ts'

test('prose is broken at spaces', () => {
  expect(wrap('the offset is committed before the work is done', 20)).toEqual([
    'the offset is',
    'committed before the',
    'work is done',
  ])
})

test('a word that is too long stands alone, unbroken', () => {
  expect(wrap('see https://kafka.example.com/documentation now', 10)).toEqual([
    'see',
    'https://kafka.example.com/documentation',
    'now',
  ])
})

test('line breaks of the text stay', () => {
  expect(wrap('one\ntwo three', 40)).toEqual(['one', 'two three'])
})

test('wide characters count twice, combining ones not at all', () => {
  expect(displayWidth('東京')).toBe(4)
  expect(displayWidth('e\u0301')).toBe(1)
  expect(displayWidth('‹redacted›')).toBe(10)
  expect(wrap('東京 東京 東京', 9)).toEqual(['東京 東京', '東京'])
})
