import { expect, test } from 'vitest'
import { rebasePattern } from '../../src/config/rebase.ts'

test.each([
  // without a slash a pattern speaks of any depth, wherever it was written
  ['*.bak', ['a'], [], '*.bak'],
  ['legacy/', [], ['services'], 'legacy/'],
  // written above the root: what leads to the root falls away
  ['services/orders/old', [], ['services'], '/orders/old'],
  ['/services/orders/old', [], ['services'], '/orders/old'],
  ['serv*/orders/', [], ['services'], '/orders/'],
  ['billing/old', [], ['services'], undefined],
  ['services/**', [], ['services', 'orders'], '**'],
  ['**/old/x.py', [], ['services'], '**/old/x.py'],
  ['/services', [], ['services'], '/**'],
  ['/services/', [], ['services', 'orders'], '/**'],
  // written below the root: it speaks of that folder only
  ['old/x.py', ['services'], [], '/services/old/x.py'],
  ['old/x.py', ['services'], ['billing'], undefined],
  ['!services/orders/keep', [], ['services'], '!/orders/keep'],
  ['a/b', ['x'], ['x'], '/a/b'],
])('%s from %j to %j is %s', (pattern, from, to, expected) => {
  expect(rebasePattern(pattern, from, to)).toBe(expected)
})
