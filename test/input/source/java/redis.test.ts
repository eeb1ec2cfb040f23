import { describe, expect, it } from 'vitest'
import { parseJava } from '../../../../src/input/source/java/parse.ts'
import { JAVA_REDIS } from '../../../../src/input/source/java/redis.ts'
import { readRedis } from '../../../../src/input/source/program/redis/read.ts'
import { lineStarts } from '../../../../src/text/lines.ts'

const HEADER = `import redis.clients.jedis.Jedis;
import org.springframework.data.redis.core.StringRedisTemplate;
import com.shop.Registry;
class Locks {
  private Jedis jedis;
  private StringRedisTemplate template;
  private Registry registry;
`

function kinds(body: string) {
  const text = `${HEADER}${body}\n}`
  const { module } = parseJava(text)
  return readRedis({ path: 'A.java', folder: '', text, lines: lineStarts(text), module, dialect: JAVA_REDIS }).map(
    ({ command, expiry, purpose }) => `${command} ${expiry.kind}${purpose === 'counter' ? ' counter' : ''}`,
  )
}

describe('marks and locks in Java', () => {
  it.each([
    ['two commands of Jedis', 'void f() { if (jedis.setnx("k", "1") == 1) jedis.expire("k", 60); }', ['setnx separate']],
    [
      'parameters of SET',
      'boolean f() { return "OK".equals(jedis.set("k", "1", SetParams.setParams().nx().ex(9))); }',
      ['set(NX) with-command'],
    ],
    ['SET NX alone', 'boolean f() { return jedis.set("k", "1", new SetParams().nx()) != null; }', ['set(NX) none']],
    ['words of Jedis 2', 'boolean f() { return "OK".equals(jedis.set("k", "1", "NX", "PX", 900)); }', ['set(NX) with-command']],
    ["Spring's template", 'boolean f() { return template.opsForValue().setIfAbsent("k", "1"); }', ['setIfAbsent none']],
    [
      'with a time to live',
      'boolean f() { return template.opsForValue().setIfAbsent("k", "1", Duration.ofSeconds(9)); }',
      ['setIfAbsent with-command'],
    ],
    [
      'and a second step',
      'boolean f() { Boolean ok = template.opsForValue().setIfAbsent("k", "1"); template.expire("k", 9, TimeUnit.SECONDS); return ok; }',
      ['setIfAbsent separate'],
    ],
    [
      'a key that is asked for first',
      'boolean f() { return template.boundValueOps("k").setIfAbsent("1"); }',
      ['setIfAbsent none'],
    ],
    ['a transaction', 'void f() { Transaction t = jedis.multi(); t.setnx("k", "1"); t.expire("k", 9); t.exec(); }', []],
    ["another class's method of that name", 'boolean f() { return registry.setIfAbsent("k", "1"); }', []],
    [
      'a lock that is given back by the same class',
      'boolean lock(String key) { return jedis.setnx(key, "1") == 1; } void unlock(String key) { jedis.del(key); }',
      ['setnx none'],
    ],
    ['a key of the caller', 'boolean f(String key) { return jedis.setnx(key, "1") == 1; }', ['setnx unknown']],
    [
      'a helper with the key',
      'boolean f(String key) { return take(key + ":lock"); } boolean take(String k) { boolean ok = jedis.setnx(k, "1") == 1; if (ok) jedis.expire(k, 9); return ok; }',
      ['setnx separate'],
    ],
  ])('%s', (_name, body, expected) => {
    expect(kinds(body)).toEqual(expected)
  })
})
