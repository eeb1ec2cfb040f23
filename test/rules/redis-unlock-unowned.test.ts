import { expect, it } from 'vitest'
import rule from '../../rules/redis-unlock-unowned.ts'
import { linesOf } from './handlers.ts'

const KEY = 'f"lock:{name}"'
const lines = (release: string, take = `r.set(${KEY}, token, nx=True, ex=30)`) =>
  linesOf(
    rule,
    `import redis\nr = redis.Redis()\n\ndef work(name, token):\n    if not ${take}:\n        return\n    try:\n        do_it()\n    finally:\n${release}`,
  )

it('flags a lock that is deleted whoever holds it', async () => {
  expect(await lines(`        r.delete(${KEY})\n`)).toEqual(['10 warning medium'])
})

it.each([
  ['a look at the token first', `        if r.get(${KEY}) == token:\n            r.delete(${KEY})\n`, undefined],
  [
    'a script that compares',
    `        r.eval("if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end", 1, ${KEY}, token)\n`,
    undefined,
  ],
  ['a lock that never expires', `        r.delete(${KEY})\n`, `r.set(${KEY}, token, nx=True)`],
  ['a mark that is taken back', '        r.delete(f"seen:{name}")\n', 'r.set(f"seen:{name}", token, nx=True, ex=30)'],
])('is silent on %s', async (_name, release, take) => {
  expect(await lines(release, take)).toEqual([])
})
