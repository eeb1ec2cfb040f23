import { describe, expect, it } from 'vitest'
import { parseJavaScript } from '../../../../src/input/source/javascript/parse.ts'
import { JAVASCRIPT_REDIS } from '../../../../src/input/source/javascript/redis.ts'
import { readRedis } from '../../../../src/input/source/program/redis/read.ts'
import { lineStarts } from '../../../../src/text/lines.ts'

function kinds(body: string, header = "import Redis from 'ioredis'\nconst redis = new Redis()\n") {
  const text = header + body
  const { module } = parseJavaScript(text, 'a.ts')
  return readRedis({ path: 'a.ts', folder: '', text, lines: lineStarts(text), module, dialect: JAVASCRIPT_REDIS }).map(
    ({ command, expiry, purpose }) => `${command} ${expiry.kind}${purpose === 'counter' ? ' counter' : ''}`,
  )
}

describe('marks and locks in JavaScript', () => {
  it.each([
    ['two commands', 'async function f() { if (await redis.setnx("k", 1)) await redis.expire("k", 60) }', ['setnx separate']],
    [
      'words after the value',
      'const f = async () => (await redis.set("k", 1, "EX", 60, "NX")) === "OK"',
      ['set(NX) with-command'],
    ],
    ['NX alone', 'const f = async () => (await redis.set("k", 1, "NX")) === "OK"', ['set(NX) none']],
    ['options of node-redis 4', 'const f = async () => redis.set("k", "1", { NX: true, EX: 9 })', ['set(NX) with-command']],
    ['without a time to live', 'const f = async () => redis.set("k", "1", { NX: true })', ['set(NX) none']],
    [
      'options of node-redis 5',
      'const f = async () => redis.set("k", "1", { condition: "NX", expiration: { type: "EX", value: 9 } })',
      ['set(NX) with-command'],
    ],
    ['options that are spread in', 'const f = async (o) => redis.set("k", "1", { NX: true, ...o })', ['set(NX) unknown']],
    [
      'setNX and expire',
      'const f = async () => { const ok = await redis.setNX("k", "1"); if (ok) await redis.expire("k", 9) }',
      ['setNX separate'],
    ],
    ['a transaction', 'const f = () => redis.multi().setnx("k", 1).expire("k", 9).exec()', ['setnx atomic']],
    ['a pipeline that is none', 'const f = () => redis.pipeline().setnx("k", 1).expire("k", 9).exec()', ['setnx separate']],
    ['a callback', 'function f() { redis.setnx("k", 1, (error, n) => { if (n) redis.expire("k", 9) }) }', ['setnx separate']],
    ['a promise', 'const f = () => redis.setnx("k", 1).then((n) => n && redis.expire("k", 9))', ['setnx separate']],
    [
      'a counter',
      'async function f() { const n = await redis.incr("k"); if (n === 1) await redis.expire("k", 9) }',
      ['incr separate counter'],
    ],
    ['the first value of a counter', 'async function f() { const n = await redis.setnx("k", 0); return redis.incr("k") }', []],
    ['a plain set', 'const f = () => redis.set("k", 1, "EX", 9)', []],
  ])('%s', (_name, body, expected) => {
    expect(kinds(body)).toEqual(expected)
  })
})
