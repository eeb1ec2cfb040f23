import { describe, expect, it } from 'vitest'
import { parseGo } from '../../../../src/input/source/go/parse.ts'
import { GO_REDIS } from '../../../../src/input/source/go/redis.ts'
import { readRedis } from '../../../../src/input/source/program/redis/read.ts'
import { lineStarts } from '../../../../src/text/lines.ts'

function kinds(body: string, imports = '"github.com/redis/go-redis/v9"') {
  const text = `package a

import (
	"context"
	"time"

	${imports}
)

type Locks struct {
	rdb *redis.Client
}

${body}
`
  const { module, problems } = parseGo(text)
  expect(problems).toEqual([])
  return readRedis({ path: 'a.go', folder: '', text, lines: lineStarts(text), module, dialect: GO_REDIS }).map(
    ({ command, expiry, purpose }) => `${command} ${expiry.kind}${purpose === 'counter' ? ' counter' : ''}`,
  )
}

const method = (code: string) => `func (l *Locks) f(ctx context.Context, ttl time.Duration) error {\n${code}\n}`

describe('marks and locks in Go', () => {
  it.each([
    ['no time to live', 'return l.rdb.SetNX(ctx, "k", 1, 0).Err()', ['SetNX none']],
    ['one with the command', 'return l.rdb.SetNX(ctx, "k", 1, 30*time.Second).Err()', ['SetNX with-command']],
    ['one that is handed in', 'return l.rdb.SetNX(ctx, "k", 1, ttl).Err()', ['SetNX with-command']],
    [
      'two commands',
      'if ok, _ := l.rdb.SetNX(ctx, "k", 1, 0).Result(); ok {\n l.rdb.Expire(ctx, "k", ttl)\n}\nreturn nil',
      ['SetNX separate'],
    ],
    ['the older library without a context', 'return l.rdb.SetNX("k", 1, 0).Err()', ['SetNX none']],
    [
      'a counter',
      'n, _ := l.rdb.Incr(ctx, "k").Result()\nif n == 1 {\n l.rdb.Expire(ctx, "k", time.Minute)\n}\nreturn nil',
      ['Incr separate counter'],
    ],
    ['what only reads', 'return l.rdb.Get(ctx, "k").Err()', []],
  ])('%s', (_, code, expected) => {
    expect(kinds(method(code))).toEqual(expected)
  })

  it.each([
    [
      'words of redigo',
      'func f(c redis.Conn) (any, error) { return c.Do("SET", "k", "1", "NX", "EX", 10) }',
      ['SET NX with-command'],
    ],
    ['SETNX of redigo', 'func f(c redis.Conn) (any, error) { return c.Do("SETNX", "k", "1") }', ['SETNX none']],
  ])('%s', (_, code, expected) => {
    expect(kinds(code, '"github.com/gomodule/redigo/redis"')).toEqual(expected)
  })
})
