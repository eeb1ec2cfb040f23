import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseWithGrammar } from '../../../../src/input/source/python/parse.ts'
import { parsePlain } from '../../../../src/input/source/python/quick/parse.ts'

const AGREED = [
  'x = 1\n',
  'a, *b = c = d, e\nx: int = 3\ny: str\na += 1, 2\na **= b\n',
  'x = ()\ny = (a,)\nz = a,\nw = [a, *b]\nv = {a, b}\nu = {}\nt = {"a": 1, **b, c: d}\n',
  '-a ** -b ** c\nnot a\nnot (a) and b\nnot a == b and c\na < b <= c is not d not in e\na if b else c, d\n',
  'a or b and c | d ^ e & f << g + h * i @ j\n(a or b) and c\nx = (yield)\ny = yield a, b\nyield from z\n',
  'a and not b or c\na or not b or c\na or not b and c or d\na and not b and c or d and e\na or not (b or c) and d\n(a) and not not b or c\na and not b == c or not d or e\nnot a and b or not c and d\n',
  'await a + b\nawait a() * b - await c ** d\nx = 1 + await a * 2\nawait a == b | await c\nawait (a + b)\nawait a(b + c) & d\n',
  'await a.b(c)[d]\nlambda a, *b, c=1, **d: a\nlambda: 0\n(n := f(x))\nf(n := 1, *a, k=v, **kw)\n',
  'sum(x for x in y)\n[a for a, b in c if d if e]\n{k: v async for k, v in z}\n{a for a in b for c in d}\n(x for x in (y if z else w))\n',
  'a[1]\na[1:2, 3]\na[:]\na[::2]\na[1,]\na[..., None]\n',
  "'a' \"b\" '''c\n'''\nb'a' b'b'\nr'\\d'\nu'\\u00e9\\n'\n'it\\'s'\n'a\\\nb'\n",
  'f"a{b}c{{}}{d!r:>{w}}{e=}{f[\'x\']:%Y-%m}"\nf""\n\'x\' f\'{a}\' rf\'\\d{b}\'\nf"""{\n  a\n}"""\n',
  '1 1_000 0x1F 0o17 0b1 1.5e3 .5 2j 0777\n'.replaceAll(' ', '\n'),
  'x = 2.\ny = 1.5.is_integer()\n',
  'import a.b.c, d as e\nfrom . import x\nfrom ...a.b import (c as d, e,)\nfrom m import *\n',
  'del a, b[c]\ndel (a, b)\nraise\nraise A from b\nassert a, b\nassert (a, b)\nglobal x, y\nprint\nprint(a)\nprint = 1\n',
  'def f(a, /, b: int = 2, *c, d=1, **e) -> x: pass\ndef g(a, /): ...\ndef h(*, a): return\nasync def i():\n  await j\n',
  '@a.b(c)\n@d\nclass E(F, metaclass=G):\n    """doc"""\n    x = 1; y = 2\n\n    # said\n    def f(self):\n        return self.x\n\n\nz = 1\n',
  'if a: b; c\nelif d:\n\te\nelse:\n  f\nfor x in a, b: pass\nelse: pass\nfor *a, b in c:\n  break\nwhile x:\n  continue\n',
  'try:\n  a\nexcept (A, B) as e:\n  b\nexcept C:\n  pass\nexcept:\n  c\nelse:\n  d\nfinally:\n  e\n',
  'with a as b, c() as d.e:\n  pass\nwith f: pass\nasync def g():\n  async with h as i: pass\n  async for j in k: pass\n',
  'with (a as b, c.d() as e): pass\nwith (a as b,\n  c,\n): pass\nwith (a): pass\nwith (a) as b: pass\nwith (a, b): pass\nwith a as (b, c): pass\n',
  'match a.b:\n  case (c, d): pass\n  case E(f=g, h=1) if i: pass\n  case "x" | None: pass\n  case {"k": v, **w}:\n    pass\n  case [j, *k]: pass\n  case l.m: pass\n  case _:  # else\n    pass\nn = 1\n',
  'x = (  # one\n  1,\n\n  2 # two\n)\n## three\ny = a \\\n  + b\n',
  'if a:\r\n  b\r\n\r\nc\r\n',
  'if a:\n  b',
  'if a:\n  b # c',
  'match = a\nmatch(b)\ntype = 1\nclass é: pass\n',
  '',
  '\n\n# only a comment\n',
]

const LEFT = [
  'print "a"\n',
  'match a, b:\n  case 1: pass\n',
  'with a as b[0]: pass\n',
  'def f(:\n  pass\n',
  'x = (1,\n',
  "x = 'a\n",
  'if a:\n    b\n  c\n',
  'type X = int\n',
  'f"{a:=^3}"\n',
  '\ufeffx = 1\n',
  'x = 1 $ 2\n',
  'exec "a"\n',
  `x = ${'('.repeat(5000)}1${')'.repeat(5000)}\n`,
  `x = ${'-'.repeat(100_000)}1\n`,
  `x = ${'a + '.repeat(5000)}1\n`,
  'return return\n',
]

describe('the reader of plain Python', () => {
  test.each(AGREED)('reads as the grammar does: %j', (text) => {
    const plain = parsePlain(text)
    const { module, comments, problems } = parseWithGrammar(text)
    expect(problems).toEqual([])
    expect(plain).toEqual({ module, comments })
  })

  test.each(LEFT)('leaves to the grammar: %.60j', (text) => {
    expect(parsePlain(text)).toBeUndefined()
  })

  test('reads the project’s Python as the grammar does', () => {
    const root = fileURLToPath(new URL('../../../..', import.meta.url))
    let read = 0
    for (const folder of ['examples', 'test'])
      for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
        if (!path.endsWith('.py')) continue
        const text = readFileSync(join(root, folder, path), 'utf8')
        const plain = parsePlain(text)
        if (!plain) continue
        const { module, comments } = parseWithGrammar(text)
        expect(plain, path).toEqual({ module, comments })
        read++
      }
    expect(read).toBeGreaterThan(0)
  })

  test('negates one operand only', () => {
    const [statement] = parsePlain('not a and b or c\n')?.module.body ?? []
    expect(statement).toMatchObject({
      value: { kind: 'bool', operator: 'or', left: { operator: 'and', left: { kind: 'unary' } }, right: { name: 'c' } },
    })
  })
})
