import { describe, expect, it } from 'vitest'
import { readRedis } from '../../../../../src/input/source/program/redis/read.ts'
import { parsePython } from '../../../../../src/input/source/python/parse.ts'
import { PYTHON_REDIS } from '../../../../../src/input/source/python/redis.ts'
import { lineStarts } from '../../../../../src/text/lines.ts'

function read(source: string, header = 'import redis\nr = redis.Redis()\n') {
  const text = header + source
  const { module } = parsePython(text)
  const shift = header.split('\n').length - 1
  return readRedis({ path: 'a.py', folder: '', text, lines: lineStarts(text), module, dialect: PYTHON_REDIS }).map((w) => ({
    ...w,
    line: w.location.line - shift,
  }))
}

const kinds = (source: string, header?: string) => read(source, header).map((w) => `${w.command} ${w.expiry.kind}`)

describe('marks and what becomes of their time to live', () => {
  it.each([
    ['two commands', 'if r.setnx("k", 1):\n    r.expire("k", 60)\n', ['setnx separate']],
    ['the key in a variable', 'key = f"a:{x}"\nok = r.setnx(key, 1)\nr.pexpire(key, 60000)\n', ['setnx separate']],
    ['set with nx and no expiry, then expire', 'if r.set(k, 1, nx=True):\n    r.expire(k, 9)\n', ['set(nx=True) separate']],
    ['set with nx and ex', 'ok = r.set(k, 1, nx=True, ex=60)\n', ['set(nx=True) with-command']],
    ['set with px as third option', 'ok = r.set(k, 1, None, 500, True)\n', ['set(nx=True) with-command']],
    ['an explicit None is no expiry', 'ok = r.set(k, 1, nx=True, ex=None)\n', ['set(nx=True) none']],
    ['no expiry at all', 'def f():\n    return r.set(k, 1, nx=True)\n', ['set(nx=True) none']],
    ['another key expires', 'if r.setnx(a, 1):\n    r.expire(b, 60)\n', ['setnx none']],
    ['setex afterwards', 'if r.setnx(k, 1):\n    r.setex(k, 60, 1)\n', ['setnx separate']],
    ['a counter and its expiry', 'n = r.incr(k)\nif n == 1:\n    r.expire(k, 60)\n', ['incr separate']],
    ['a counter that is meant to stay', 'r.incr("visits")\n', []],
    [
      'one transaction',
      'with r.pipeline() as pipe:\n    pipe.setnx(k, 1)\n    pipe.expire(k, 60)\n    ok = pipe.execute()\n',
      [],
    ],
    ['a chained transaction', 'ok = r.pipeline().incr(k).expire(k, 60).execute()\n', []],
    ['the deadline in the value', 'if not r.setnx(k, now()):\n    old = r.getset(k, now())\n', ['setnx unknown']],
    ['a plain set', 'r.set(k, 1, ex=60)\n', []],
    ['initialising a default', 'r.setnx("config", "a")\n', []],
    ['options spread into the call', 'ok = r.set(k, 1, nx=True, **options)\n', ['set(nx=True) unknown']],
    [
      'a parameter that defaults to None',
      'def lock(k, ttl=None):\n    return r.set("l", 1, nx=True, ex=ttl)\n',
      ['set(nx=True) unknown'],
    ],
    ['awaited', 'async def f():\n    if await r.setnx(k, 1):\n        await r.expire(k, 5)\n', ['setnx separate']],
    ['a lock object without timeout', 'with r.lock("job"):\n    pass\n', ['lock none']],
    ['a lock object with timeout', 'with r.lock("job", timeout=5):\n    pass\n', ['lock with-command']],
    ['a thread lock', 'with threading.lock("job"):\n    pass\n', []],
  ])('%s', (_, source, expected) => {
    expect(kinds(source)).toEqual(expected)
  })

  it('tells a transaction from a plain pipeline', () => {
    const [write] = read('pipe = r.pipeline(transaction=False)\nn = pipe.incr(k)\npipe.expire(k, 60)\npipe.execute()\n')
    expect(write?.expiry).toMatchObject({ kind: 'separate', pipeline: true })
  })

  it('follows helpers of the module with their arguments', () => {
    const helpers = 'def mark(key):\n    return r.setnx(key, 1)\ndef keep(key, ttl):\n    r.expire(key, ttl)\n'
    const [write] = read(`${helpers}def handle(m):\n    k = "seen:" + m.id\n    if mark(k):\n        keep(k, 60)\n`)
    expect(write).toMatchObject({ line: 2, expiry: { kind: 'separate', command: 'expire' } })
    expect(kinds(`${helpers}def handle(m):\n    return mark("seen:" + m.id)\n`)).toEqual(['setnx none'])
  })

  it('follows methods of the same class', () => {
    const source =
      'class Lock:\n    def __init__(self):\n        self.redis = redis.Redis()\n    def acquire(self):\n        if self.redis.setnx(self.key, 1):\n            self._limit()\n            return True\n    def _limit(self):\n        self.redis.expire(self.key, 10)\n'
    expect(kinds(source)).toEqual(['setnx separate'])
  })

  it('says nothing of a wrapper whose caller may set the time to live', () => {
    expect(kinds('class Client:\n    def setnx(self, key, value):\n        return self.conn.setnx(key, value)\n')).toEqual([
      'setnx unknown',
    ])
  })

  it('does not claim what another function of the module may do', () => {
    expect(kinds('def take():\n    return r.setnx("job", 1)\ndef refresh():\n    r.expire("job", 60)\n')).toEqual([
      'setnx unknown',
    ])
  })

  it('keeps ids stable when lines move', () => {
    const source = 'def take():\n    return r.setnx("job", 1)\n'
    expect(read(`\n\n${source}`)[0]?.id).toBe(read(source)[0]?.id)
  })
})
