import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expression, Statement } from '../../../../src/input/source/program/syntax.ts'
import { walk } from '../../../../src/input/source/program/walk.ts'
import { parsePython } from '../../../../src/input/source/python/parse.ts'

/** A tree as one line, in Python's own words, so that a table of snippets can be read. */
function show(node: Statement | Expression): string {
  const list = (nodes: readonly (Statement | Expression)[]) => nodes.map(show).join(' ')
  const block = (nodes: readonly Statement[]) => `{${nodes.map(show).join('; ')}}`
  switch (node.kind) {
    case 'name':
      return node.name
    case 'string':
      return JSON.stringify(node.value)
    case 'number':
    case 'boolean':
      return String(node.value)
    case 'none':
      return 'None'
    case 'bytes':
      return node.text
    case 'fstring':
      return `f(${node.parts.map((p) => (typeof p === 'string' ? JSON.stringify(p) : `${show(p.value)}${p.formatted ? '!' : ''}`)).join(' ')})`
    case 'attribute':
      return `${show(node.object)}.${node.name}`
    case 'subscript':
      return `${show(node.object)}[${show(node.index)}]`
    case 'slice':
      return `slice(${list(node.parts)})`
    case 'call':
      return `${show(node.callee)}(${[...node.positional.map(show), ...node.keywords.map((k) => `${k.name ?? '**'}=${show(k.value)}`)].join(' ')})`
    case 'dict':
      return `{${node.entries.map((e) => `${e.key ? show(e.key) : '**'}: ${show(e.value)}`).join(', ')}}`
    case 'list':
    case 'tuple':
    case 'set':
      return `${node.kind}(${list(node.items)})`
    case 'binary':
    case 'compare':
    case 'bool':
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`
    case 'unary':
      return `(${node.operator} ${show(node.operand)})`
    case 'conditional':
      return `(${show(node.then)} if ${show(node.test)} else ${show(node.otherwise)})`
    case 'lambda':
      return `lambda(${node.parameters.map((p) => p.name).join(' ')}: ${show(node.body)})`
    case 'comprehension':
      return `${node.type}[${node.key ? `${show(node.key)}: ` : ''}${show(node.element)} ${node.clauses.map((c) => (c.target ? `for ${show(c.target)} in ${show(c.value)}` : `if ${show(c.value)}`)).join(' ')}]`
    case 'await':
      return `await ${show(node.value)}`
    case 'yield':
      return `yield${node.from ? ' from' : ''}(${node.value ? show(node.value) : ''})`
    case 'walrus':
      return `(${show(node.target)} := ${show(node.value)})`
    case 'starred':
      return `*${show(node.value)}`
    case 'expression':
      return show(node.value)
    case 'assign':
      return `${node.targets.map(show).join(' = ')}${node.annotation ? `: ${show(node.annotation)}` : ''}${node.value ? ` = ${show(node.value)}` : ''}`
    case 'augmented':
      return `${show(node.target)} ${node.operator}= ${show(node.value)}`
    case 'return':
      return `return ${node.value ? show(node.value) : ''}`
    case 'if':
      return `if ${show(node.test)} ${block(node.body)} else ${block(node.otherwise)}`
    case 'for':
      return `${node.async ? 'async ' : ''}for ${show(node.target)} in ${show(node.iterable)} ${block(node.body)} else ${block(node.otherwise)}`
    case 'while':
      return `while ${show(node.test)} ${block(node.body)}`
    case 'try':
      return `try ${block(node.body)} ${node.handlers.map((h) => `except ${h.type ? show(h.type) : ''} as ${h.name ?? ''} ${block(h.body)}`).join(' ')} else ${block(node.otherwise)} finally ${block(node.finally)}`
    case 'with':
      return `${node.async ? 'async ' : ''}with ${node.items.map((i) => `${show(i.context)}${i.target ? ` as ${show(i.target)}` : ''}`).join(', ')} ${block(node.body)}`
    case 'import':
      return `import ${node.names.map((n) => `${n.name}${n.alias ? ` as ${n.alias}` : ''}`).join(', ')}`
    case 'import-from':
      return `from ${'.'.repeat(node.level)}${node.module} import ${node.names.map((n) => `${n.name}${n.alias ? ` as ${n.alias}` : ''}`).join(', ')}`
    case 'function':
      return `${node.decorators.map((d) => `@${show(d)} `).join('')}${node.async ? 'async ' : ''}def ${node.name}(${node.parameters.map((p) => `${p.name}:${p.type}${p.default ? `=${show(p.default)}` : ''}`).join(' ')}) ${block(node.body)}`
    case 'class':
      return `${node.decorators.map((d) => `@${show(d)} `).join('')}class ${node.name}(${list(node.bases)}${node.keywords.map((k) => ` ${k.name}=${show(k.value)}`).join('')}) ${block(node.body)}`
    case 'match':
      return `match ${show(node.subject)} ${node.cases.map((c) => `case ${c.captures.join(',')}${c.irrefutable ? '!' : ''} ${block(c.body)}`).join(' ')}`
    case 'raise':
      return `raise ${node.value ? show(node.value) : ''} from ${node.cause ? show(node.cause) : ''}`
    case 'delete':
      return `del ${list(node.targets)}`
    case 'global':
    case 'nonlocal':
      return `${node.kind} ${node.names.join(' ')}`
    default:
      return node.kind
  }
}

const read = (text: string) => parsePython(text).module.body.map(show).join('\n')

describe('parsePython', () => {
  it.each([
    ['f(1, *a, k=2, **b)', 'f(1 *a k=2 **=b)'],
    ['f(x for x in y if z)', 'f(generator[x for x in y if z])'],
    ['x = {**a, "k": 1, **b,}', 'x = {**: a, "k": 1, **: b}'],
    ['x = {"a": b if c else d, "e": lambda m: m}', 'x = {"a": (b if c else d), "e": lambda(m: m)}'],
    ["x = 'a' \"b\" r'\\n'", 'x = "ab\\\\n"'],
    ["x = '\\x41\\u00e9\\n\\q'", 'x = "Aé\\n\\\\q"'],
    ['x = b"a"', 'x = b"a"'],
    ['x = f"{{a}}-{b!r}-{c}" "t"', 'x = f("{a}-" b! "-" c "t")'],
    ['x = 1_000 + 0x10 - 2.', 'x = ((1000 + 16) - 2)'],
    ['not a and b or not c', '(((not a) and b) or (not c))'],
    ['not (a and b)', '(not (a and b))'],
    ['not a == b', '(not (a == b))'],
    ['a not in b is not c', '((a not in b) is not c)'],
    ['a.b["c"][1:2].d()', 'a.b["c"][slice(1 2)].d()'],
    ['a, *b = c = d, e', 'tuple(a *b) = c = tuple(d e)'],
    ['a: int = 5', 'a: int = 5'],
    ['a: int', 'a: int'],
    ['a |= {"k": 1}', 'a |= {"k": 1}'],
    ['if (n := f()): pass\nelif b: x\nelse: y', 'if (n := f()) {pass} else {if b {x} else {y}}'],
    ['while True:\n  break\nelse:\n  a', 'while true {break}'],
    ['async def f():\n  async for a, b in c: await d(a)', 'async def f() {async for tuple(a b) in c {await d(a)} else {}}'],
    [
      'try:\n  a\nexcept (X, Y) as e:\n  b\nexcept: c\nelse: d\nfinally: e',
      'try {a} except tuple(X Y) as e {b} except  as  {c} else {d} finally {e}',
    ],
    ['with A(x) as self.c, b as (d, e): f', 'with A(x) as self.c, b as tuple(d e) {f}'],
    ['with (\n  A() as a,  # why\n  B() as b,\n):\n  f', 'with A() as a, B() as b {f}'],
    ['async with A() as a: f', 'async with A() as a {f}'],
    ['import a.b as c, d', 'import a.b as c, d'],
    ['from ..x.y import (a as b, c)', 'from ..x.y import a as b, c'],
    ['from . import *', 'from . import *'],
    [
      'def f(a, /, b: int = 1, *args, c=2, **kw) -> int:\n  """doc"""\n  return a, *b',
      'def f(a:positional b:normal=1 args:args c:keyword=2 kw:kwargs) {"doc"; return tuple(a *b)}',
    ],
    ['def f(a, *, b): yield', 'def f(a:normal b:keyword) {yield()}'],
    ['@app.agent(topic, n=1)\n@x\nasync def f(s): pass', '@app.agent(topic n=1) @x async def f(s:normal) {pass}'],
    ['@dataclass\nclass A(B, metaclass=M):\n  a: int = 1', '@dataclass class A(B metaclass=M) {a: int = 1}'],
    ['del a["b"], c', 'del a["b"] c'],
    ['raise X("a") from e', 'raise X("a") from e'],
    ['global a, b', 'global a b'],
    ['match x:\n  case {"a": y}: b\n  case _: c', 'match x case y {b} case _! {c}'],
    ['x = yield a', 'x = yield(a)'],
    ['a; b; c', 'a\nb\nc'],
    ['{a: b for a in c}', 'dict[a: b for a in c]'],
    ['print = a.b()', 'print = a.b()'],
  ])('reads %s', (text, expected) => {
    expect(read(`${text}\n`)).toBe(expected)
    expect(parsePython(`${text}\n`).problems).toEqual([])
  })

  it('keeps what stands around broken code', () => {
    const { module, problems } = parsePython('a = 1\nb = f(\n\nc = Consumer({"x": 1})\ndef g(:\n  d = 2\ne = 3\n')
    const names: string[] = []
    walk(module, (node) => {
      if (node.kind === 'name') names.push(node.name)
      return undefined
    })
    expect(problems.length).toBeGreaterThan(0)
    expect(names).toEqual(expect.arrayContaining(['a', 'Consumer', 'd', 'e']))
  })

  it('reads Python 2 as far as it goes', () => {
    expect(read('print "a", b\nc = Consumer(d)\n')).toContain('c = Consumer(d)')
  })

  it('counts offsets in UTF-16 units, with a BOM and CRLF', () => {
    const text = '\ufeffx = "é😀"\r\nlongname = 1\r\n'
    const [, second] = parsePython(text).module.body
    expect(text.slice(second?.start, second?.end)).toBe('longname = 1')
  })

  it('collects comments without their marks', () => {
    const text = 'a = f(  # one\n  1)\n#: two\n'
    expect(parsePython(text).comments.map((c) => [c.text, text.slice(c.span.start, c.span.end)])).toEqual([
      ['one', '# one'],
      [': two', '#: two'],
    ])
  })

  it.each([
    ['brackets', `a = ${'['.repeat(10_000)}${']'.repeat(10_000)}\nb = 1\n`],
    ['open brackets', `b = 1\na = ${'('.repeat(10_000)}`],
    ['dicts in strings', `x = "${'{'.repeat(300)}"\na = ${'{1:'.repeat(1000)}1${'}'.repeat(1000)}\nb = 1\n`],
    ['additions', `a = ${'"x" + '.repeat(20_000)}"y"\nb = 1\n`],
    ['calls', `a = x${'.y()'.repeat(20_000)}\nb = 1\n`],
    ['minus signs', `a = ${'-'.repeat(20_000)}1\nb = 1\n`],
    ['blocks', `b = 1\n${Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}if a:\n`).join('')}${' '.repeat(1000)}pass\n`],
  ])('says where %s are nested too deeply, and reads the rest', (_name, text) => {
    const { module, tooDeep } = parsePython(text)
    expect(tooDeep).toBeDefined()
    expect(module.body.map(show).join('\n')).toContain('b = 1')
  })

  it('never throws, whatever is cut from a file', () => {
    const file =
      'import os\nfrom kafka import KafkaConsumer as K\nclass A(B):\n  x = {"a": 1, **c}\n  async def f(self, *, y=1):\n    with K("t", **self.x) as k:\n      for m in k:\n        print(f"{m.value!r}", "\\n")\n'
    fc.assert(
      fc.property(fc.nat(file.length), fc.nat(file.length), (from, length) => {
        const cut = file.slice(0, from) + file.slice(from + length)
        const { module } = parsePython(cut)
        walk(module, (node) => {
          expect(node.start).toBeLessThanOrEqual(node.end)
          expect(node.end).toBeLessThanOrEqual(cut.length)
          return undefined
        })
      }),
      { numRuns: 300 },
    )
  })
})
