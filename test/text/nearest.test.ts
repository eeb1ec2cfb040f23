import { expect, test } from 'vitest'
import { didYouMean, nearest } from '../../src/text/nearest.ts'

const RULES = ['auto-commit', 'offset-reset', 'weak-acks', 'group-shared', 'redis-setnx-expire', 'redis-key-without-ttl']

test.each([
  ['auto-comit', 'auto-commit'],
  ['autocommit', 'auto-commit'],
  ['AUTO_COMMIT', 'auto-commit'],
  ['ofset-reste', 'offset-reset'],
  ['weakacks', 'weak-acks'],
  ['offset', 'offset-reset'],
  ['acks', 'weak-acks'],
])('%s is taken for %s', (typed, meant) => {
  expect(nearest(typed, RULES)).toBe(meant)
})

test.each([['no-such-thing'], ['redis'], ['x'], ['']])('%j is near nothing, or near more than one', (typed) => {
  expect(nearest(typed, RULES)).toBeUndefined()
})

test('the hint is empty when nothing is near', () => {
  expect(didYouMean('auto-comit', RULES)).toBe(' (did you mean "auto-commit"?)')
  expect(didYouMean('zzzzzzzz', RULES)).toBe('')
})
