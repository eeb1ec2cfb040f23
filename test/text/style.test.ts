import { expect, test } from 'vitest'
import { colorLevel, PLAIN, styleFor } from '../../src/text/style.ts'

test.each([
  ['auto', {}, true, 1],
  ['auto', {}, false, 0],
  ['auto', { NO_COLOR: '1' }, true, 0],
  ['auto', { NO_COLOR: '' }, true, 1],
  ['auto', { FORCE_COLOR: '1' }, false, 1],
  ['auto', { FORCE_COLOR: '3' }, false, 3],
  ['auto', { FORCE_COLOR: '0' }, true, 0],
  ['auto', { FORCE_COLOR: '' }, false, 1],
  ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, 0],
  ['auto', { TERM: 'dumb' }, true, 0],
  ['never', { FORCE_COLOR: '1' }, true, 0],
  ['always', { NO_COLOR: '1' }, false, 1],
  ['auto', { CI: 'true', GITHUB_ACTIONS: 'true' }, false, 0],
] as const)('--color %s with %j, terminal %s: level %i', (choice, env, isTTY, level) => {
  expect(colorLevel(choice, env, isTTY)).toBe(level)
})

test('level 0 draws nothing, level 1 draws', async () => {
  expect(await styleFor(0)).toBe(PLAIN)
  expect((await styleFor(1)).red('x')).toBe('\x1b[31mx\x1b[39m')
})
