import { describe, expect, it } from 'vitest'
import { parseJava } from '../../../../src/input/source/java/parse.ts'

describe('what the grammar reads in its own way', () => {
  it('takes a class as an argument for its name', () => {
    const { module, problems } = parseJava('class A { void f() { put(KEY, StringDeserializer.class); } }')
    expect(problems).toEqual([])
    expect(JSON.stringify(module)).toContain('"kind":"string","value":"StringDeserializer"')
  })

  it('tells what is no Java', () => {
    expect(parseJava('class A { void f() { x = = 1; } }').problems.length).toBeGreaterThan(0)
  })
})
