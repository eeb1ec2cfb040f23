import { describe, expect, it } from 'vitest'
import { parseToml } from '../../src/formats/toml.ts'
import { at, cpuSeconds, keys, mapping, plain, sequence, sourceOf } from './tree.ts'

function values(text: string): unknown {
  return plain(parseToml(text).documents[0])
}

describe('parseToml', () => {
  it('nests tables, dotted keys and arrays of tables', () => {
    const text = `title = "x"
a.b.c = 1
a."d.e" = 2
[tool.poetry.dependencies]
kafka-python = { version = "^2.0", extras = ["crc32c"] }
[[package]]
name = "one"
[package.source]
url = "u"
[[package]]
name = "two"
`
    const parsed = parseToml(text)
    expect(plain(parsed.documents[0])).toEqual({
      title: 'x',
      a: { b: { c: 1 }, 'd.e': 2 },
      tool: { poetry: { dependencies: { 'kafka-python': { version: '^2.0', extras: ['crc32c'] } } } },
      package: [{ name: 'one', source: { url: 'u' } }, { name: 'two' }],
    })
    expect(sourceOf(text, at(parsed, 'tool', 'poetry', 'dependencies', 'kafka-python', 'version'))).toBe('"^2.0"')
    expect(parsed.problems).toEqual([])
  })

  it('types scalars', () => {
    expect(
      values(
        'a = 1_000\nb = 0xff\nc = -1.5e3\nd = true\ne = 1979-05-27T07:32:00Z\nf = 07:32:00\ng = inf\nh = 12345678901234567890',
      ),
    ).toEqual({
      a: 1000,
      b: 255,
      c: -1500,
      d: true,
      e: '1979-05-27T07:32:00Z',
      f: '07:32:00',
      g: Infinity,
      h: '12345678901234567890',
    })
  })

  it('reads all four kinds of string', () => {
    expect(values(`a = "x\\t\\u00e9"\nb = 'C:\\x'\nc = """\none\\\n   two\n"three"""""\nd = '''\nl1\nl2'''`)).toEqual({
      a: 'x\té',
      b: 'C:\\x',
      c: 'onetwo\n"three""',
      d: 'l1\nl2',
    })
  })

  it('reads arrays over lines with comments', () => {
    const parsed = parseToml('deps = [\n  "a", # first\n  "b",\n]\nnext = 1 # end\n')
    expect(plain(parsed.documents[0])).toEqual({ deps: ['a', 'b'], next: 1 })
    expect(parsed.comments.map((comment) => comment.text)).toEqual(['first', 'end'])
  })

  it('keeps everything but the broken statement', () => {
    const text = '[a]\nx = 1\ny = nonsense here\nz = "open\nw = 2\n[b]\nq = [1,\n  2\nr = 3\n[c]\ns = 4\n'
    const parsed = parseToml(text)
    expect(plain(parsed.documents[0])).toEqual({ a: { x: 1, w: 2 }, b: { r: 3 }, c: { s: 4 } })
    expect(parsed.problems.map((problem) => text.slice(0, problem.span.start).split('\n').length)).toEqual([3, 4, 9])
  })

  it('keeps duplicate keys', () => {
    expect(keys(parseToml('a = 1\na = 2').documents[0])).toEqual(['a', 'a'])
  })

  it('refuses deep nesting with a problem, not an overflow', () => {
    for (const text of [
      `a = ${'['.repeat(100_000)}`,
      `a = ${'{b='.repeat(100_000)}`,
      `${'a.'.repeat(10_000)}b = 1`,
      `[${'a.'.repeat(400)}b]\n${'a.'.repeat(400)}b = 1`,
    ]) {
      expect(parseToml(text).problems.length).toBeGreaterThan(0)
    }
  })

  it('is linear in unclosed multi-line strings', () => {
    expect(cpuSeconds(() => parseToml('a = """x\n'.repeat(100_000)))).toBeLessThan(5)
  })

  it('marks templated strings', () => {
    expect(at(parseToml('[kafka]\nacks = "{{ acks }}"\nretries = {{ retries }}\n'), 'kafka', 'retries')).toMatchObject({
      value: '{{ retries }}',
      templated: true,
    })
  })

  it('gives the spans of arrays of tables', () => {
    const text = '[[a]]\nx = 1\n[[a]]\nx = 22\n'
    const parsed = parseToml(text)
    expect(sequence(at(parsed, 'a')).items.map((item) => sourceOf(text, item))).toEqual(['x = 1', 'x = 22'])
    expect(mapping(parsed.documents[0]).span).toEqual({ start: 2, end: text.length - 1 })
  })
})
