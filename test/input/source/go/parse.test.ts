import { describe, expect, it } from 'vitest'
import { parseGo } from '../../../../src/input/source/go/parse.ts'
import type { Statement } from '../../../../src/input/source/program/syntax.ts'

function bodyOf(code: string, result = ''): readonly Statement[] {
  const { module, problems } = parseGo(`package a\n\nfunc f() ${result} {\n${code}\n}\n`)
  expect(problems).toEqual([])
  const found = module.body.find((one) => one.kind === 'function')
  if (found?.kind !== 'function') throw new Error('no function')
  return found.body
}

const shape = (statements: readonly Statement[]) =>
  JSON.stringify(statements, (key, value) => (key === 'start' || key === 'end' ? undefined : value))

describe('what the grammar reads in its own way', () => {
  it('lets a selector bind closer than an operator', () => {
    expect(shape(bodyOf('x := 500 * time.Millisecond'))).toContain(
      '"operator":"*","left":{"kind":"number","value":500,"float":false},"right":{"kind":"attribute","object":{"kind":"name","name":"time"},"name":"Millisecond"}',
    )
  })

  it('lets a comparison bind closer than `&&` after a longer operand', () => {
    expect(shape(bodyOf('x := a.b && c.d != nil'))).toContain('"kind":"bool","operator":"and"')
  })

  it('ends a line after true, but not a comment', () => {
    expect(bodyOf('x := true\ny := 1 // is false\nz := 2').length).toBe(3)
  })

  it('reads a range over a number', () => {
    expect(bodyOf('for range n {\n g()\n}').map(({ kind }) => kind)).toEqual(['while'])
  })

  it('tells what is no Go', () => {
    expect(parseGo('package a\nfunc f() { x = = 1 }\n').problems.length).toBeGreaterThan(0)
  })
})

describe('errors as exceptions', () => {
  it('takes a check that comes next for a catch', () => {
    const [first] = bodyOf('v, err := g()\nif err != nil {\n return err\n}\nuse(v)', 'error')
    expect(first?.kind).toBe('try')
    expect(first?.kind === 'try' && first.handlers[0]?.body.map(({ kind }) => kind)).toEqual(['raise'])
  })

  it('takes a check in the `if` itself for one', () => {
    const [first] = bodyOf('if err := g(); err != nil {\n log.Println(err)\n}')
    expect(first?.kind === 'try' && first.handlers.length).toBe(1)
  })

  it('runs the other branch where nothing failed', () => {
    const [first] = bodyOf('if err := g(); err == nil {\n a()\n} else {\n b()\n}')
    expect(first?.kind === 'try' && shape(first.otherwise)).toContain('"name":"a"')
    expect(first?.kind === 'try' && shape(first.handlers[0]?.body ?? [])).toContain('"name":"b"')
  })

  it('keeps a check that comes later apart', () => {
    expect(bodyOf('_, err := g()\nh()\nif err != nil {\n a()\n}').map(({ kind }) => kind)).toEqual(['assign', 'expression', 'if'])
  })

  it('returns nothing where the error is none, and raises a new one', () => {
    expect(shape(bodyOf('return 1, nil', '(int, error)'))).toBe(
      '[{"kind":"return","value":{"kind":"number","value":1,"float":false}}]',
    )
    expect(bodyOf('return fmt.Errorf("no")', 'error').map(({ kind }) => kind)).toEqual(['raise'])
  })
})

it('defers to the end of what follows', () => {
  const [first, second] = bodyOf('a()\ndefer b()\nc()')
  expect(first?.kind).toBe('expression')
  expect(second?.kind === 'try' && shape(second.finally)).toContain('"name":"b"')
  expect(second?.kind === 'try' && shape(second.body)).toContain('"name":"c"')
})

it('says which names of the package a function sets', () => {
  const { module } = parseGo('package a\nvar n int\nfunc init() {\n n = 1\n flag.IntVar(&m, "m", 1, "")\n x := 2\n _ = x\n}\n')
  const found = module.body.find((one) => one.kind === 'function')
  expect(found?.kind === 'function' && shape(found.body.slice(0, 1))).toBe('[{"kind":"global","names":["n","m"]}]')
})

it('makes a struct with its fields', () => {
  const { module } = parseGo('package a\ntype T struct {\n c *kafka.Conn\n}\nfunc (t *T) M() { t.c.Close() }\n')
  const found = module.body.find((one) => one.kind === 'class')
  expect(found?.kind === 'class' && found.body.map((one) => one.kind === 'function' && one.name)).toEqual([
    false,
    '__init__',
    'M',
  ])
  expect(shape(found?.kind === 'class' ? found.body.slice(2) : [])).toContain('"object":{"kind":"name","name":"this"},"name":"c"')
})
