import { expect, it } from 'vitest'
import rule from '../../rules/redis-ttl-refreshed-by-loser.ts'
import { linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, `import redis\nr = redis.Redis()\n\ndef acquire(name, token):\n${body}`)
const KEY = 'f"lock:{name}"'
const script = (text: string) => `    return r.eval("""\n${text}\n""", 1, ${KEY}, token)  # a lock\n`

it.each([
  [
    'SETNX and EXPIRE in one MULTI',
    `    with r.pipeline() as pipe:\n        pipe.setnx(${KEY}, token)\n        pipe.expire(${KEY}, 30)\n        return pipe.execute()[0]\n`,
    ['6 warning medium'],
  ],
  [
    'a script that does not look at the answer',
    script("-- lock\nlocal got = redis.call('SETNX', KEYS[1], ARGV[1])\nredis.call('EXPIRE', KEYS[1], 30)\nreturn got"),
    ['7 warning medium'],
  ],
])('flags %s', async (_name, body, expected) => {
  expect(await lines(body)).toEqual(expected)
})

it.each([
  ['one command', `    return r.set(${KEY}, token, nx=True, ex=30)\n`],
  [
    'a script that looks at the answer',
    script(
      "-- lock\nif redis.call('SETNX', KEYS[1], ARGV[1]) == 1 then\n  redis.call('EXPIRE', KEYS[1], 30)\n  return 1\nend\nreturn 0",
    ),
  ],
  [
    'a script that keeps the answer and looks at it',
    script(
      "-- lock\nlocal got = redis.call('SETNX', KEYS[1], ARGV[1])\nif got == 1 then redis.call('EXPIRE', KEYS[1], 30) end\nreturn got",
    ),
  ],
  [
    'a mark of a message, which has no contenders',
    `    with r.pipeline() as pipe:\n        pipe.setnx(f"seen:{name}", token)\n        pipe.expire(f"seen:{name}", 30)\n        return pipe.execute()[0]\n`.replace(
      'acquire',
      'first',
    ),
  ],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
